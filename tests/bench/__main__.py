"""`make bench`: every measurement, or those that are named (`make bench ONLY=pages`)."""

import sys

from tests.bench import avif, pages, sweep

MEASUREMENTS = {
    "pages": pages.made_anew,
    "pages-cached": pages.from_the_cache,
    "sweep": sweep.idle_tick,
}
# Needs the test material beside this repository, and is for a choice that is made once.
ONLY_WHEN_NAMED = {"avif": avif.speeds}


def main(names: list[str]) -> int:
    known = MEASUREMENTS | ONLY_WHEN_NAMED
    unknown = sorted(set(names) - set(known))
    if unknown:
        print(f"no measurement {', '.join(unknown)}; there is {', '.join(known)}")
        return 2
    for name in names or list(MEASUREMENTS):
        print(known[name](), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
