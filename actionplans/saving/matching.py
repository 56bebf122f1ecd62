"""Which pieces two texts have in common, in a bounded number of steps."""

from collections import Counter, deque
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

# One comparison of two texts takes at most this many steps: a third of a second or so, and more
# than twenty paragraphs need that were changed in every sentence.
MAX_STEPS = 1_000_000


class Work:
    """How much comparing may still be done; a step is one visit of a pair of equal pieces, or
    of a piece without one. `is_short` says that something stayed uncompared."""

    def __init__(self, limit: int = MAX_STEPS) -> None:
        self.limit, self.done, self.is_short = limit, 0, False

    @property
    def left(self) -> int:
        return self.limit - self.done

    def take(self, steps: int) -> bool:
        """Whether there is room for these; then they count as done."""
        if steps > self.left:
            self.is_short = True
            return False
        self.done += steps
        return True

    def set_aside(self) -> "Work":
        """A third of what is left, for later; `give_back` returns what it does not need."""
        aside = Work(self.left // 3)
        self.done += aside.limit
        return aside

    def give_back(self, aside: "Work") -> None:
        self.done -= aside.left
        self.is_short |= aside.is_short


class Match(NamedTuple):
    """old[i:i + size] equals new[j:j + size]."""

    i: int
    j: int
    size: int


def matches(old: Sequence[Hashable], new: Sequence[Hashable], work: Work) -> list[Match]:
    """The longest stretch that both have, then the longest left and right of it, and so on: what
    difflib finds. Large stretches come first; where the work runs out the rest is left alone."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    # difflib looks at every equal piece of the whole new text for each piece of the old stretch.
    often = Counter(new)
    costs = [0, *accumulate(1 + often[piece] for piece in old)]
    found: list[Match] = []
    waiting = deque([(0, len(old), 0, len(new))])
    while waiting:
        i1, i2, j1, j2 = waiting.popleft()
        if i1 == i2 or j1 == j2 or not work.take(costs[i2] - costs[i1]):
            continue
        match = Match(*matcher.find_longest_match(i1, i2, j1, j2))
        if match.size:
            found.append(match)
            waiting.append((i1, match.i, j1, match.j))
            waiting.append((match.i + match.size, i2, match.j + match.size, j2))
    return sorted(found)


def gaps(found: Sequence[Match], old: int, new: int) -> Iterator[tuple[Match, Match]]:
    """Each match with what lies before it: (where the gap begins, the match); the last match is
    empty and stands at the end."""
    i = j = 0
    for match in [*found, Match(old, new, 0)]:
        yield Match(i, j, 0), match
        i, j = match.i + match.size, match.j + match.size
