"""Nothing is broken: the site stands, works by itself and answers. Says that the harness does."""

from network.models import Heartbeat
from tests.faults import site


def run(*, short: bool) -> None:
    with site.running() as here:
        assert here.visitor().get("/").status == 200
        assert here.signed_in("lead").get("/mijn/").status == 200
        site.wait_until(Heartbeat.objects.exists, what="a first sweep")
        assert here.kill("web") == -9
        here.start()
        assert here.visitor().get("/").status == 200
