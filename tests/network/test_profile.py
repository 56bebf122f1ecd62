"""What a person says about themself (network/views/profile.py)."""

import pytest
from django.urls import reverse

from network.models import AuditEntry

pytestmark = pytest.mark.django_db
GOOD = {"name": "Marie  Devos-Maes", "phone": "0470 99 88 77", "photo_preference": "no"}


def test_somebody_changes_the_own_facts(world, sign_in):
    response = sign_in("lead").post(reverse("network:profile"), GOOD)
    assert response.status_code == 303
    marie = world.person("lead")
    marie.refresh_from_db()
    assert (marie.name, marie.phone, marie.photo_preference) == (
        "Marie Devos-Maes",
        "0470 99 88 77",
        "no",
    )
    assert marie.sort_name.startswith("devos")
    assert AuditEntry.objects.get(verb="profile.changed").by == marie


def test_the_page_leads_to_password_and_mails(world, sign_in):
    page = reverse("network:profile")
    text = sign_in("lead").get(page).content.decode()
    assert reverse("account_set_password") in text and "/uitschrijven/" in text
    user = world.person("lead").user
    user.set_password("een-lange-zin-over-brood")
    user.save()
    text = sign_in("lead").get(page).content.decode()
    assert reverse("account_change_password") in text


@pytest.mark.parametrize(
    "change", [{"name": ""}, {"phone": "bel maar"}, {"photo_preference": "misschien"}]
)
def test_bad_input_changes_nothing(world, sign_in, change):
    response = sign_in("lead").post(reverse("network:profile"), {**GOOD, **change})
    assert (response.status_code, set(response.context["form"].errors)) == (422, set(change))
    marie = world.person("lead")
    marie.refresh_from_db()
    assert marie.name == "Marie Devos"
