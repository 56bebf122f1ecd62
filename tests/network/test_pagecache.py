import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from network import pagecache

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(monkeypatch):
    """A public page that counts how often it was really made."""
    monkeypatch.setattr(pagecache, "LOCAL_SECONDS", 0.0)
    made = []

    @pagecache.public_page(params=("pagina",))
    def view(request):
        made.append(request.get_full_path())
        return HttpResponse(f"made {len(made)}")

    def ask(url="/", **cookies):
        request = RequestFactory().get(url)
        request.COOKIES.update(cookies)
        return view(request)

    ask.made = made
    return ask


def test_a_visitor_gets_the_kept_page(page):
    assert [page().content, page().content] == [b"made 1", b"made 1"]
    assert page()["Cache-Control"] == "public, max-age=60"


def test_with_a_session_the_page_is_made_anew_and_not_kept(page):
    page()
    response = page(sessionid="abc")
    assert response.content == b"made 2"
    assert "private" in response["Cache-Control"]
    assert page().content == b"made 1"


def test_only_known_parameters_make_another_page(page):
    page("/?pagina=1")
    page("/?pagina=2")
    page("/?pagina=2&fbclid=x")
    assert page.made == ["/?pagina=1", "/?pagina=2"]


def test_publishing_forgets_every_page(page):
    page()
    pagecache.bump()
    assert page().content == b"made 2"
    pagecache.bump()
    assert page().content == b"made 3"
