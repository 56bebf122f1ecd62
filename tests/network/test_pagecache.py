import subprocess
import sys

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from network import pagecache
from network.models import CacheVersion

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

made: list[str] = []


@pagecache.public_page(params=("pagina", "woord"))
def paged(request):
    made.append(request.get_full_path())
    return HttpResponse(f"made {len(made)}")


@pagecache.public_page()
def plain(request):
    made.append(request.get_full_path())
    return HttpResponse(f"made {len(made)}")


@pagecache.public_page()
def missing(request):
    made.append(request.get_full_path())
    return HttpResponse("not here", status=404)


urlpatterns = [path("paged/", paged), path("plain/", plain), path("missing/", missing)]


@pytest.fixture(autouse=True)
def nothing_made():
    made.clear()


def ask(url="/plain/", client=None, **headers):
    return (client or Client()).get(url, headers=headers)


def test_a_visitor_gets_the_kept_page_with_all_its_headers():
    first, second = ask(), ask()
    assert [first.content, second.content] == [b"made 1", b"made 1"]
    assert dict(first.items()) == dict(second.items())
    assert second["X-Content-Type-Options"] == "nosniff"
    assert "default-src" in second["Content-Security-Policy"]


def test_a_browser_asks_each_time_and_may_be_told_that_nothing_changed():
    first = ask()
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = ask(if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    pagecache.bump()
    assert ask(if_none_match=first["ETag"]).status_code == 200


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, "messages"])
def test_with_a_session_or_a_message_the_page_is_made_anew_and_not_kept(cookie):
    ask()
    client = Client()
    client.cookies[cookie] = "abc"
    response = ask(client=client)
    assert response.content == b"made 2"
    assert "private" in response["Cache-Control"]
    assert ask().content == b"made 1"


def test_only_known_parameters_make_another_page():
    for query in ("?pagina=1", "?pagina=2", "?pagina=2&fbclid=x", "?fbclid=y&pagina=1"):
        ask(f"/paged/{query}")
    assert made == ["/paged/?pagina=1", "/paged/?pagina=2"]


def test_a_parameter_that_the_page_does_not_know_fills_no_cache():
    ask("/plain/?utm_source=brief")
    ask("/plain/?utm_source=andere")
    assert made == ["/plain/?utm_source=brief"]
    ask("/plain/?pagina=1")
    ask("/plain/?pagina=1")
    assert made[1:] == ["/plain/?pagina=1", "/plain/?pagina=1"]


def test_an_endless_parameter_is_not_kept():
    for _ in range(2):
        ask("/paged/?woord=" + "9" * 200)
    assert len(made) == 2


def test_publishing_forgets_every_page():
    ask()
    pagecache.bump()
    assert ask().content == b"made 2"
    pagecache.bump()
    assert ask().content == b"made 3"


def test_another_process_that_publishes_is_heard_at_once():
    pagecache.bump()
    ask()
    CacheVersion.objects.update(version=99)
    assert ask().content == b"made 2"


def test_what_went_wrong_is_not_kept():
    assert [ask("/missing/").status_code for _ in range(2)] == [404, 404]
    assert len(made) == 2


def test_a_fragment_for_htmx_and_a_post_pass_by_the_cache():
    ask()
    assert ask(hx_request="true").content == b"made 2"
    assert Client().post("/plain/").content == b"made 3"


def test_secure_and_plain_are_kept_apart():
    ask()
    assert Client().get("/plain/", secure=True).content == b"made 2"


def test_a_kept_page_costs_one_query(django_assert_num_queries):
    ask()
    with django_assert_num_queries(1):
        ask()


FIRST_REQUEST = """
import buurtpunt.wsgi
from django.test import RequestFactory
from network import pagecache
page_one, page_two = RequestFactory().get("/archief/"), RequestFactory().get("/archief/?pagina=2")
print(pagecache._key(page_one) != pagecache._key(page_two))
"""


def test_the_first_request_of_a_process_knows_which_parameters_make_another_page():
    """Views say it while they are imported; a server that answers has imported them all."""
    child = subprocess.run(
        [sys.executable, "-c", FIRST_REQUEST],
        cwd=settings.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "buurtpunt.settings", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert child.stdout.strip() == "True", child.stderr


def test_the_host_is_one_host_however_it_is_written(settings):
    settings.ALLOWED_HOSTS = ["buurtpunt.example"]
    for host in ("buurtpunt.example", "BUURTPUNT.example", "buurtpunt.example:8443"):
        assert ask(host=host).content == b"made 1"


def test_a_number_of_a_page_is_one_number_however_it_is_written():
    for number in ("2", "02", "%2B2", "+2", "%202"):
        ask(f"/paged/?pagina={number}")
    for number in ("1", "0", "-3", "twee", "٢", "1_0", "9" * 90):
        ask(f"/paged/?pagina={number}")
    assert made == ["/paged/?pagina=2", "/paged/?pagina=1"]


@pytest.mark.parametrize("known", ["W/{}", '"other", W/{}', '"other",{}', "*"])
def test_weak_tags_and_lists_of_them_are_understood(known):
    etag = ask()["ETag"]
    assert ask(if_none_match=known.format(etag)).status_code == 304


@pytest.mark.parametrize("known", ['"other"', 'W/"other", "and"', "zomaar", ""])
def test_another_tag_gets_the_page(known):
    ask()
    assert ask(if_none_match=known).status_code == 200
