"""What a step of curation changed, in words, and whether it can be undone. Pure.

A step keeps what stood before and after it: the fields of each theme it touched (nothing where the
theme was not there), and where people had placed sentences. Undoing writes back what stood before.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# Plain values, as they lie in the database: a theme's id as text, its fields by name.
Themes = Mapping[str, Mapping[str, Any] | None]
Placing = tuple[int, int, str]  # theme, answer, hash of the sentence


@dataclass(frozen=True)
class Standing:
    """How some themes stood at a moment, and what people had said of some sentences."""

    themes: Themes = field(default_factory=dict)
    placed: Mapping[Placing, bool | None] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        placed = [[*where, belongs] for where, belongs in sorted(self.placed.items())]
        return {"themes": dict(self.themes), "placed": placed}

    def without_answers(self, gone: Collection[int]) -> "Standing":
        placed = {where: says for where, says in self.placed.items() if where[1] not in gone}
        return Standing(self.themes, placed)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Standing":
        placed = {(theme, at, key): belongs for theme, at, key, belongs in kept.get("placed", ())}
        return cls(kept.get("themes", {}), placed)


@dataclass(frozen=True)
class Step:
    """One deed, as the history of the frame holds it."""

    id: int
    deed: str
    themes: frozenset[int]
    before: Standing
    after: Standing
    who: str
    at: datetime
    is_undone: bool = False


def changed_only(before: Standing, after: Standing) -> tuple[Standing, Standing]:
    """The two without what is the same in both, but with every theme that either names."""
    same = {where for where, belongs in before.placed.items() if after.placed.get(where) == belongs}
    return (
        Standing(before.themes, _without(before.placed, same)),
        Standing(after.themes, _without(after.placed, same)),
    )


def _without(
    placed: Mapping[Placing, bool | None], same: set[Placing]
) -> dict[Placing, bool | None]:
    return {where: belongs for where, belongs in placed.items() if where not in same}


def stands_in_the_way(step: Step, later: Sequence[Step]) -> Step | None:
    """The last step that must be undone before this one: it came after and touched a same theme."""
    touching = [
        other
        for other in later
        if other.id > step.id and not other.is_undone and other.themes & step.themes
    ]
    return max(touching, key=lambda other: other.id, default=None)


def named(step: Step) -> str:
    """The name of the theme a step is about, as people knew it when it was done."""
    for standing in (step.after, step.before):
        for fields in standing.themes.values():
            if fields:
                return str(fields["name"])
    return ""


def names(step: Step) -> list[str]:
    """All the themes it touched, by the names they had after it, or before where they went."""
    found = []
    for theme in {**step.before.themes, **step.after.themes}:
        fields = step.after.themes.get(theme) or step.before.themes.get(theme)
        if fields:
            found.append(str(fields["name"]))
    return found


def sentences_moved(step: Step) -> int:
    """How many sentences a step put somewhere else."""
    return len({(answer, key) for _theme, answer, key in step.after.placed})
