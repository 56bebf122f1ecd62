"""Vocabulary, organisations and account locks; no plan text ever."""

from django.contrib import admin

from network.models import Lens, Organisation, User


@admin.register(Lens)
class LensAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "position"]


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ["name", "website"]


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["email", "is_active", "is_staff"]
    fields = ["email", "is_active", "is_staff"]
    readonly_fields = ["email"]
    search_fields = ["email"]

    def has_add_permission(self, request: object) -> bool:
        """Accounts come with an invitation."""
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False
