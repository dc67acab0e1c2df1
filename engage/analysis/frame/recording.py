"""Each deed of people is one step: what stood before it, what after, by whom and when."""

from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import select

from engage.analysis.frame.membership import Place
from engage.analysis.frame.models import CurationStep, Placement
from engage.analysis.frame.steps import Placing, Standing, Step, changed_only
from engage.analysis.models import FoundTheme, Theme
from engage.analysis.queries import theme_of
from engage.extensions import db
from engage.people.models import Staff

AT_ONCE = 500
LONGEST_NAME = 200
# What a person decides about a theme; when and by whom goes with it.
FIELDS = (
    "found_theme_id",
    "origin",
    "definition",
    "parent_id",
    "merged_into_id",
    "is_critical",
    "keywords",
    "name",
    "ambition",
    "state",
    "reason",
    "decided_by_id",
)


Target = FoundTheme | Theme


class Deed:
    """A step while it is being done. Themes that it makes are added to it."""

    def __init__(self, survey_id: int, what: str, by: Staff, now: datetime | None) -> None:
        self.survey_id, self.what, self.by = survey_id, what, by
        self.now = now or datetime.now(UTC)
        self.theme_ids: list[int] = []
        self._before: dict[str, dict[str, Any] | None] = {}
        self._placed: dict[Placing, bool | None] = {}

    def theme_for(self, target: Target) -> Theme:
        """The theme that is meant, noted as it stands; made where nobody has decided anything."""
        theme = theme_at(target)
        if theme is not None:
            self.touch(theme)
            return theme
        theme = self.begin(str(cast(FoundTheme, target).label)[:LONGEST_NAME])
        theme.found_theme_id = target.id
        db.session.flush()
        return theme

    def begin(self, name: str, origin: str = "found") -> Theme:
        """A new theme, still to be accepted."""
        theme = Theme(
            survey_id=self.survey_id,
            name=name,
            origin=origin,
            state="named",
            decided_by=self.by,
            decided_at=self.now,
        )
        db.session.add(theme)
        db.session.flush()
        self.made(theme)
        return theme

    def touch(self, *themes: Theme) -> None:
        """Note how these stand, before they are changed."""
        for theme in themes:
            self._note(theme.id, fields_of(theme))

    def made(self, theme: Theme) -> None:
        """This theme was not there before."""
        self._note(theme.id, None)

    def will_place(self, theme_ids: Iterable[int], places: Iterable[Place]) -> None:
        """Note what people had said of these sentences, before they say something else."""
        ids, places = list(theme_ids), list(places)
        wanted = [(id, *place) for id in ids for place in places]
        there = placed_at(where for where in wanted if where not in self._placed)
        self._placed = {**there, **self._placed}

    def _note(self, theme_id: int, fields: dict[str, Any] | None) -> None:
        if theme_id not in self.theme_ids:
            self.theme_ids.append(theme_id)
            self._before[str(theme_id)] = fields

    def finish(self) -> CurationStep:
        db.session.flush()
        before = Standing(self._before, self._placed)
        after = Standing(standing_of(self.theme_ids), placed_at(self._placed))
        before, after = changed_only(before, after)
        step = CurationStep(
            survey_id=self.survey_id,
            deed=self.what,
            themes=self.theme_ids,
            before=before.as_json(),
            after=after.as_json(),
            by=self.by,
            at=self.now,
        )
        db.session.add(step)
        db.session.flush()
        return step


def theme_at(target: Target) -> Theme | None:
    return target if isinstance(target, Theme) else theme_of(target)


@contextmanager
def deed(survey_id: int, what: str, by: Staff, now: datetime | None = None) -> Iterator[Deed]:
    """What is done inside is one step of the history."""
    doing = Deed(survey_id, what, by, now)
    yield doing
    doing.finish()


def fields_of(theme: Theme) -> dict[str, Any]:
    fields = {name: getattr(theme, name) for name in FIELDS}
    middle = b64encode(theme.centroid).decode() if theme.centroid else None
    return {**fields, "centroid": middle, "decided_at": theme.decided_at.isoformat()}


def write_fields(theme: Theme, fields: Mapping[str, Any]) -> None:
    """These fields as they stood when they were noted."""
    for name in FIELDS:
        if name in fields:
            setattr(theme, name, fields[name])
    if "centroid" in fields:
        theme.centroid = b64decode(fields["centroid"]) if fields["centroid"] else None
    if "decided_at" in fields:
        theme.decided_at = datetime.fromisoformat(fields["decided_at"])


def standing_of(theme_ids: Collection[int]) -> dict[str, dict[str, Any] | None]:
    there = {
        theme.id: theme
        for theme in db.session.scalars(select(Theme).where(Theme.id.in_(theme_ids)))
    }
    return {str(id): fields_of(there[id]) if id in there else None for id in theme_ids}


def placed_at(places: Iterable[Placing]) -> dict[Placing, bool | None]:
    """What people say of these sentences now: that they belong, that they do not, or nothing."""
    found: dict[Placing, bool | None] = dict.fromkeys(places)
    for row in placements(found):
        found[row.theme_id, row.answer_id, row.sentence_key] = row.belongs
    return found


def placements(places: Collection[Placing]) -> list[Placement]:
    """The rows at these places."""
    theme_ids = {theme for theme, _answer, _key in places}
    answer_ids = sorted({answer for _theme, answer, _key in places})
    rows: list[Placement] = []
    for start in range(0, len(answer_ids), AT_ONCE):
        wanted = select(Placement).where(
            Placement.theme_id.in_(theme_ids),
            Placement.answer_id.in_(answer_ids[start : start + AT_ONCE]),
        )
        rows += db.session.scalars(wanted)
    return [row for row in rows if (row.theme_id, row.answer_id, row.sentence_key) in places]


def step_of(row: CurationStep) -> Step:
    return Step(
        id=row.id,
        deed=row.deed,
        themes=frozenset(row.themes),
        before=Standing.from_json(row.before),
        after=Standing.from_json(row.after),
        who=row.by.name,
        at=row.at,
        is_undone=row.undone_at is not None,
    )
