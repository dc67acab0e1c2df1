"""Page one of a report: what was asked, who replied, what they said and how sure that is. Pure.

The order and the words for shares follow the partnership's counting rules: a percentage is of the
people who wrote a comment, is given for 30 or more, and a share has one word in every report.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engage.analysis.exploring.heard import UNKNOWN, YOUNG_PEOPLE
from engage.analysis.exploring.sizes import FEWEST_FOR_PERCENT, Size, ThemeSize
from engage.responses.disclosure import half_up

FINDINGS = 5
APART = 15  # percentage points: a smaller difference between groups is not called one

# From how many in a hundred a word is used. "One or two" and "a few" go by people.
SHARES = ((90, "nearly all"), (60, "most"), (40, "about half"), (20, "some"), (0, "a few"))
ONE_OR_TWO = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """A theme people stand behind. `people` and `percent` are None where they must be hidden."""

    theme: str
    people: int | None
    base: int
    percent: int | None
    word: str
    is_critical: bool = False


@dataclass(frozen=True, slots=True)
class Apart:
    """A theme that one group speaks of much more than another."""

    theme: str
    more: Size
    less: Size

    @property
    def points(self) -> int:
        return (self.more.percent or 0) - (self.less.percent or 0)


def word_for(people: int, base: int) -> str:
    """The one word for a share; a rare voice is counted in people and never in percent."""
    if people <= ONE_OR_TWO:
        return "one or two"
    percent = 100 * people / base
    return next(word for least, word in SHARES if percent >= least)


def findings(
    sizes: Sequence[ThemeSize], base: int, critical: Collection[str], hidden: Collection[int]
) -> list[Finding]:
    """The five themes most people speak of, and every critical one whatever its count.

    `hidden`: the counts that this reader may not see.
    """
    rare = [size for size in sizes[FINDINGS:] if size.theme in critical]
    return [
        _finding(size, base, size.theme in critical, hidden) for size in (*sizes[:FINDINGS], *rare)
    ]


def _finding(size: ThemeSize, base: int, is_critical: bool, hidden: Collection[int]) -> Finding:
    is_hidden = size.people in hidden
    percent = None
    if base >= FEWEST_FOR_PERCENT and not is_hidden:
        percent = half_up(Decimal(100) * size.people / base)
    return Finding(
        size.theme,
        None if is_hidden else size.people,
        base,
        percent,
        # One word for all that is hidden: "one or two" would say what the number may not.
        "a few" if is_hidden else word_for(size.people, base),
        is_critical,
    )


def apart(sizes: Sequence[ThemeSize]) -> list[Apart]:
    """Where groups of 30 or more differ by 15 points or more, the widest first."""
    found = []
    for size in sizes:
        known = sorted(
            (g for g in size.groups if g.percent is not None and g.group != UNKNOWN),
            key=lambda group: group.percent or 0,
        )
        if len(known) > 1:
            found.append(Apart(size.theme, known[-1], known[0]))
    wide = [each for each in found if each.points >= APART]
    return sorted(wide, key=lambda each: (-each.points, each.theme))


def young_people(sizes: Sequence[ThemeSize]) -> list[tuple[str, Size]]:
    """What children and young people speak of most, on its own."""
    said = [
        (size.theme, group)
        for size in sizes
        for group in size.groups
        if group.group == YOUNG_PEOPLE and group.people
    ]
    return sorted(said, key=lambda each: (-(each[1].people or 0), each[0]))[:FINDINGS]


def easy_lines(replies: int, found: Sequence[Finding], answers: Mapping[str, str]) -> list[str]:
    """The same in short sentences, to be read out in a minute. English, for staff to work on."""
    lines = [f"{replies} people answered."] if replies > ONE_OR_TWO else []
    for each in found:
        lines.append(f"{EASY_WORDS[each.word]} talked about this: {each.theme}.")
        if answer := answers.get(each.theme):
            lines.append(answer)
    return lines


EASY_WORDS = {
    "nearly all": "Nearly everyone",
    "most": "Most people",
    "about half": "Half of the people",
    "some": "Some people",
    "a few": "A few people",
    "one or two": "One or two people",
}
