"""Which sentences count under which theme, once people have changed what the machine found. Pure.

A theme's own sentences are those of the finding it rests on, without what people took out and with
what they put in. A merged theme's sentences count under the theme it was merged into, which may
still take any of them out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

Place = tuple[int, str]  # an answer, and the hash of the sentence in it


@dataclass(frozen=True)
class Said:
    """A sentence of an answer, and how surely it is there."""

    answer_id: int
    number: int
    text: str
    key: str
    weight: float
    by_person: bool = False

    @property
    def place(self) -> Place:
        return self.answer_id, self.key


@dataclass(frozen=True)
class Code:
    """A theme of the frame: the finding it rests on, and the theme it was merged into."""

    id: int
    found_id: int | None
    merged_into: int | None = None


@dataclass(frozen=True)
class Placed:
    """A person said that this sentence belongs to the theme, or that it does not."""

    theme_id: int
    place: Place
    belongs: bool


def heads(codes: Iterable[Code]) -> dict[int, int]:
    """For each theme, the one that its sentences count under: itself, unless it was merged."""
    into = {code.id: code.merged_into for code in codes}
    return {theme: _head(theme, into) for theme in into}


def _head(theme: int, into: Mapping[int, int | None]) -> int:
    seen = {theme}
    while (after := into.get(theme)) is not None and after not in seen:
        seen.add(after)
        theme = after
    return theme


def members(
    codes: Sequence[Code],
    found: Mapping[int, Sequence[Said]],
    placed: Sequence[Placed],
    said: Mapping[Place, Said],
) -> dict[int, list[Said]]:
    """The sentences of each theme that is not merged, each once.

    `found` holds the sentences of each finding, `said` those that people placed.
    """
    head_of = heads(codes)
    taken_out: dict[int, set[Place]] = defaultdict(set)
    put_in: dict[int, list[Place]] = defaultdict(list)
    for one in placed:
        if one.belongs:
            put_in[one.theme_id].append(one.place)
        else:
            taken_out[one.theme_id].add(one.place)
    kept: dict[int, dict[Place, Said]] = {head: {} for head in head_of.values()}
    for code in codes:
        head = head_of[code.id]
        out = taken_out[code.id] | taken_out[head]
        _add(kept[head], (s for s in found.get(code.found_id or 0, ()) if s.place not in out))
    for code in codes:
        head = head_of[code.id]
        out = taken_out[head] if head != code.id else set()
        places = [place for place in put_in[code.id] if place in said and place not in out]
        _add(kept[head], (replace(said[place], by_person=True) for place in places))
    return {head: list(sentences.values()) for head, sentences in kept.items()}


def _add(kept: dict[Place, Said], sentences: Iterable[Said]) -> None:
    """What the machine found stays as it found it; of two equal sentences the surest one stays."""
    for one in sentences:
        there = kept.get(one.place)
        if there is None or (not one.by_person and there.weight < one.weight):
            kept[one.place] = one
