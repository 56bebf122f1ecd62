"""The demo at another size, for tests of scale."""

import pytest
from django.core.management import call_command

from buurtpunt.demo import archive
from network import access


@pytest.mark.django_db(transaction=True)
def test_the_demo_can_be_made_at_any_size(monkeypatch):
    # The archive does not grow with the villages; test_demo_data makes it.
    monkeypatch.setattr(archive, "build", lambda *args: None)
    call_command("demo_data", villages=9, verbosity=0)
    villages = access.villages_of(access.current_edition())
    assert len(villages) == 9
    assert all(village.open_coaches for village in villages)
