"""Vocabulary, organisations and account locks; no plan text ever."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest

from network import access, actions, proof
from network.models import Lens, Organisation, User

# One way in, with its codes and its rate limits.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.password_change = proof.asked_first(  # type: ignore[method-assign, assignment]
    admin.site.password_change
)


@admin.register(Lens)
class LensAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "position"]


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ["name", "website"]


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["email", "is_active", "is_staff"]
    fields = ["email", "is_active"]
    readonly_fields = ["email"]
    search_fields = ["email"]

    def has_add_permission(self, request: object) -> bool:
        """Accounts come with an invitation."""
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: object) -> None:
        actions.lock_account(account=obj, is_active=obj.is_active, by=access.person_of(request))
