"""The administrator: vocabulary, organisations and account locks, nothing of people or plans."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user
from django.urls import reverse

from network.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_only_vocabulary_organisations_and_accounts_stand_in_the_admin():
    ours = {
        model._meta.label
        for model in admin.site._registry
        if model._meta.app_label not in {"auth", "account"}
    }
    assert ours == {"network.Lens", "network.Organisation", "network.User"}


def test_an_account_is_locked_and_no_longer_signs_in(world, sign_in, client):
    marie = world.person("lead").user
    url = reverse("admin:network_user_change", args=[marie.pk])
    assert sign_in("superuser").post(url, {"_save": ""}).status_code == 302
    marie.refresh_from_db()
    assert not marie.is_active
    assert AuditEntry.objects.get(verb="account.locked").by == world.person("superuser")
    assert not get_user(sign_in("lead")).is_authenticated


def test_accounts_are_neither_made_nor_deleted_here(world, sign_in):
    client = sign_in("superuser")
    assert client.get(reverse("admin:network_user_add")).status_code == 403
    marie = world.person("lead").user
    assert client.get(reverse("admin:network_user_delete", args=[marie.pk])).status_code == 403


def test_the_sign_in_of_the_admin_is_the_one_of_the_site(client, world):
    response = client.get(reverse("admin:login"), follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("account_request_login_code"))
