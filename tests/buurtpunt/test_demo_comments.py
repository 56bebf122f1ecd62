from datetime import timedelta

import pytest

from actionplans import access, desk, talk
from actionplans.anchors import Where
from actionplans.models import Comment, CommentThread
from buurtpunt.demo import comments, plans
from buurtpunt.demo.cast import cast_of
from buurtpunt.demo.story import Story
from network import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    today = clock.today()
    cast = cast_of(today=today)
    story = Story(today)
    plans.build(story, cast)
    comments.build(story, cast)
    story.tell()
    return cast


def test_the_talk_of_the_demo_stands_in_every_state(cast):
    states = set(CommentThread.objects.values_list("state", flat=True))
    assert states == {"open", "answered", "handled", "declined", "praise"}
    drafts = Comment.objects.filter(sent_at=None)
    assert {comment.by for comment in drafts} == {cast.people["coach"]}

    placed = [one.place.where for one in talk.talks(_threads()) if one.place]
    assert set(placed) == {Where.EXACT, Where.CHANGED, Where.ORPHAN, Where.MOVED}

    left = Comment.objects.filter(by=cast.people["former_coach"])
    assert {comment.role for comment in left} == {"coach mobiliteit"}
    plan = access.plan_of(cast.villages["hoekskapelle"])
    assert not access.is_coach_of(cast.people["former_coach"].user, plan)
    assert max(comment.sent_at for comment in left) < clock.now() - timedelta(days=30)

    user = cast.people["coach"].user
    rows = {row.village.name: row for row in desk.rows(user, access.coached_villages_or_404(user))}
    assert rows["Molendonk"].tasks == ["1 antwoord om te lezen"]
    assert rows["Molendonk"].changed > 10
    assert rows["Ten Berke"].tasks == ["2 opmerkingen nog te versturen"]
    assert not rows["Wulverkerke"].waits_for_me


def _threads():
    return CommentThread.objects.select_related("revision__answer__question", "question")
