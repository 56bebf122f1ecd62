"""How a row of the access table is written. Each app keeps its rows in
tests/<app>/access_rows.py (ROWS, and `build(world)` for the objects they name)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.cast import MEMBERS, World

SIGN_IN = 302
INSIDERS = ("lead", "editor", "reader", "coach", "coordinator")


@dataclass(frozen=True)
class Row:
    """One URL name in one state of its object.

    args gives the URL's arguments; get and post map each of the cast to a status (see `only`
    and `everyone`); before(world) brings the object in the state that `state` names.
    """

    name: str
    get: dict[str, int]
    post: dict[str, int]
    args: Callable[[World], dict] = lambda world: {}
    state: str = ""
    before: Callable[[World], None] = lambda world: None
    data: Callable[[World], dict] = field(default=lambda world: {})


def everyone(status: int, **others: int) -> dict[str, int]:
    """All of the cast get this status, but for the ones named."""
    return {who: others.get(who, status) for who in MEMBERS}


def only(
    *who: str, status: int = 200, forbidden: tuple[str, ...] = (), rest: int = 404
) -> dict[str, int]:
    """These get the status, `forbidden` 403, visitors the sign-in, all others `rest`."""
    found = dict.fromkeys(MEMBERS, rest)
    found["anonymous"] = SIGN_IN
    found.update(dict.fromkeys(forbidden, 403))
    found.update(dict.fromkeys(who, status))
    return found


def signed_in(status: int) -> dict[str, int]:
    """Everyone with an account gets this status."""
    return everyone(status, anonymous=SIGN_IN)


NO_POST = everyone(405)
"""A page that only shows: POST is 405 for all (visitors too, where the page is public)."""
NO_POST_SIGNED_IN = signed_in(405)
