"""`make bench`: every measurement, or those that are named (`make bench ONLY=pages`)."""

import sys

from tests.bench import pages

MEASUREMENTS = {"pages": pages.made_anew, "pages-cached": pages.from_the_cache}


def main(names: list[str]) -> int:
    unknown = sorted(set(names) - set(MEASUREMENTS))
    if unknown:
        print(f"no measurement {', '.join(unknown)}; there is {', '.join(MEASUREMENTS)}")
        return 2
    for name in names or list(MEASUREMENTS):
        print(MEASUREMENTS[name](), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
