from datetime import timedelta

import pytest

from actionplans import access
from actionplans.models import Action, AnswerRevision
from buurtpunt.demo import plans
from buurtpunt.demo.cast import cast_of
from buurtpunt.demo.story import Story
from network import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    today = clock.today()
    cast = cast_of(today=today, extra_villages=1)
    story = Story(today)
    plans.build(story, cast)
    story.tell()
    return cast


def test_six_villages_stand_at_different_stages_and_the_large_network_has_plans_too(cast) -> None:
    plans = {key: access.plan_of(village) for key, village in cast.villages.items()}
    ready = access.progress(plans.values())
    assert {key: ready[plan.pk].ready for key, plan in plans.items()} == {
        "molendonk": 4,
        "hoekskapelle": 3,
        "wulverkerke": 6,
        "kruishoeve": 0,
        "ten_berke": 3,
        "zwaneneest": 0,
    }
    assert access.plan_of(cast.more_villages[0]) is not None

    late = [a.plan.village.name for a in Action.objects.all() if a.is_overdue(clock.today())]
    assert sorted(late) == ["Molendonk", "Ten Berke"]

    conflict = AnswerRevision.objects.get(kind="conflict")
    assert conflict.by == cast.people["editor"]
    assert "twee boeren en een imker" in conflict.text
    assert conflict.at < clock.now() - timedelta(days=2)

    last = access.last_activity(plans.values())
    assert last[plans["kruishoeve"].pk] < clock.now() - timedelta(days=60)
