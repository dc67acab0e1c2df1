"""What people do with the frame of themes beyond naming: merge, split, nest, move, mark.

Each is one step of the history, with what stood before it, and one audit row.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engage.analysis.frame.members import remake, sentences_at
from engage.analysis.frame.membership import Place
from engage.analysis.frame.models import Mention, Placement
from engage.analysis.frame.recording import Deed, Target, deed, placements, theme_at
from engage.analysis.models import Assignment, FoundTheme, Theme
from engage.analysis.operations import (
    refuse_if_merged,
    refuse_taken_name,
    standing,
    subject,
    usable_name,
)
from engage.analysis.prepare import content_key
from engage.analysis.queries import has_answers, theme_of
from engage.errors import InvalidInputError, NotReadyError
from engage.extensions import db
from engage.people.audit import record
from engage.people.models import Staff

LONGEST_DEFINITION = 2000


def merge(source: Target, into: Target, by: Staff, now: datetime | None = None) -> Theme:
    """All sentences of one theme count under the other from now on."""
    _refuse_merge(source, into)
    with deed(survey_of(into), "merged", by, now) as step:
        old, new = step.theme_for(source), step.theme_for(into)
        old.state, old.merged_into_id, old.reason = "merged", new.id, ""
        old.parent_id = None
        old.decided_by, old.decided_at = by, step.now
        if new.parent_id == old.id:
            new.parent_id = None
        _nest_children(step, old, new)
        _let_in(step, old, new)
    remake(new.survey_id, [old.id, new.id])
    _note(by, "merged two themes", new, merged=standing(old))
    return new


def _refuse_merge(source: Target, into: Target) -> None:
    one, other = theme_at(source), theme_at(into)
    if source is into or (one is not None and one is other):
        raise InvalidInputError("Choose another theme to merge this one into.")
    refuse_if_merged(one)
    refuse_if_merged(other)
    if other is not None and other.state == "set_aside":
        raise NotReadyError(f"“{other.name}” is set aside. Accept it first, or choose another.")
    if one is None or not has_answers(one):
        return
    if other is not None and has_answers(other):
        raise NotReadyError(
            "Both themes have answers, so both are kept. Put one under the other instead."
        )
    raise NotReadyError(
        f"“{one.name}” has an answer, so it is kept. Merge the other way round: "
        f"merge {called(into)} into “{one.name}”."
    )


def called(target: Target) -> str:
    theme = theme_at(target)
    return f"“{theme.name if theme else target.label}”"  # type: ignore[union-attr]


def _nest_children(step: Deed, old: Theme, new: Theme) -> None:
    """What stood under the old theme stands under the new one; themes have one level only."""
    for child in db.session.scalars(select(Theme).where(Theme.parent_id == old.id)).all():
        if child.id != new.id:
            step.touch(child)
            child.parent_id = new.parent_id or new.id


def _let_in(step: Deed, old: Theme, new: Theme) -> None:
    """What was once taken out of the new theme and stands under the old one comes with it."""
    ours = select(Mention.answer_id, Mention.sentence_key).where(Mention.theme_id == old.id)
    coming = {(answer, key) for answer, key in db.session.execute(ours)}
    out = db.session.scalars(
        select(Placement).where(Placement.theme_id == new.id, Placement.belongs.is_(False))
    )
    rows = [row for row in out if (row.answer_id, row.sentence_key) in coming]
    step.will_place([new.id], [(row.answer_id, row.sentence_key) for row in rows])
    for row in rows:
        db.session.delete(row)


def nest(target: Target, parent: Target | None, by: Staff, now: datetime | None = None) -> Theme:
    """Put a theme under another one, or under none. One level only."""
    if parent is not None:
        _refuse_nesting(target, parent)
    refuse_if_merged(theme_at(target))
    with deed(survey_of(target), "nested", by, now) as step:
        theme = step.theme_for(target)
        # The parent is only noted where it has to be made.
        above = theme_at(parent) or step.theme_for(parent) if parent is not None else None
        theme.parent_id = above.id if above else None
        theme.decided_by, theme.decided_at = by, step.now
    remake(theme.survey_id, step.theme_ids)
    _note(by, "put a theme under another", theme, under=above.name if above else None)
    return theme


def _refuse_nesting(target: Target, parent: Target) -> None:
    theme, above = theme_at(target), theme_at(parent)
    if target is parent or (theme is not None and theme is above):
        raise InvalidInputError("A theme cannot stand under itself.")
    refuse_if_merged(above)
    if above is not None and above.parent_id is not None:
        raise InvalidInputError(
            f"“{above.name}” stands under another theme already. There is one level only."
        )
    if theme is not None and _has_children(theme):
        raise InvalidInputError(
            f"Other themes stand under “{theme.name}”, so it cannot stand under one itself."
        )


def _has_children(theme: Theme) -> bool:
    under = select(Theme.id).where(Theme.parent_id == theme.id).limit(1)
    return db.session.scalar(under) is not None


def mark_critical(
    target: Target, is_critical: bool, by: Staff, now: datetime | None = None
) -> Theme:
    """To be looked at whatever the count: safety, the law, equality."""
    refuse_if_merged(theme_at(target))
    with deed(survey_of(target), "critical", by, now) as step:
        theme = step.theme_for(target)
        theme.is_critical = is_critical
        theme.decided_by, theme.decided_at = by, step.now
    remake(theme.survey_id, [theme.id])
    _note(by, "marked a theme as critical" if is_critical else "took a critical mark off", theme)
    return theme


def define(target: Target, definition: str, by: Staff, now: datetime | None = None) -> Theme:
    """Say what belongs in a theme, for those who code."""
    definition = definition.strip()
    if len(definition) > LONGEST_DEFINITION:
        raise InvalidInputError(f"Make it shorter: up to {LONGEST_DEFINITION} letters.")
    refuse_if_merged(theme_at(target))
    with deed(survey_of(target), "defined", by, now) as step:
        theme = step.theme_for(target)
        theme.definition = definition
        theme.decided_by, theme.decided_at = by, step.now
    remake(theme.survey_id, [theme.id])
    _note(by, "wrote what belongs in a theme", theme)
    return theme


def split(
    target: Target, name: str, places: Collection[Place], by: Staff, now: datetime | None = None
) -> Theme:
    """A new theme of these sentences, which leave the old one."""
    name = usable_name(name)
    if not places:
        raise InvalidInputError("Choose the sentences of the new theme.")
    refuse_if_merged(theme_at(target))
    _refuse_unknown(survey_of(target), places)
    _refuse_elsewhere(target, places)
    with deed(survey_of(target), "split", by, now) as step:
        old = step.theme_for(target)
        new = step.begin(name, "made")
        refuse_taken_name(new)
        _say(step, old, places, belongs=False)
        _say(step, new, places, belongs=True)
    remake(new.survey_id, [old.id, new.id])
    _note(by, "split a theme", new, split_off=old.name, sentences=len(places))
    return new


def move(
    source: Target | None,
    wanted: Mapping[Place, Target | None],
    by: Staff,
    now: datetime | None = None,
) -> None:
    """Each sentence leaves `source` for the theme it belongs in, or for none."""
    wanted = {place: to for place, to in wanted.items() if to is not source}
    if not wanted or (source is None and not any(wanted.values())):
        raise InvalidInputError("Nothing was changed: choose where at least one sentence belongs.")
    targets = [target for target in (source, *wanted.values()) if target is not None]
    for target in targets:
        refuse_if_merged(theme_at(target))
    survey_id = survey_of(targets[0])
    _refuse_unknown(survey_id, wanted)
    with deed(survey_id, "moved", by, now) as step:
        old = step.theme_for(source) if source is not None else None
        if old is not None:
            _say(step, old, wanted, belongs=False)
        for target in {id(to): to for to in wanted.values() if to is not None}.values():
            theme = step.theme_for(target)
            ours = [place for place, to in wanted.items() if to is target]
            _say(step, theme, ours, belongs=True)
    remake(survey_id, step.theme_ids)
    record(by, "moved sentences", subject(survey_id), sentences=len(wanted), themes=step.theme_ids)


def _refuse_unknown(survey_id: int, places: Collection[Place]) -> None:
    """Only sentences of this survey that staff may read can be placed."""
    if len(sentences_at(survey_id, set(places))) < len(set(places)):
        raise NotReadyError(
            "Some of these words are not there any more, so nothing was changed. "
            "Open the page again."
        )


def _refuse_elsewhere(target: Target, places: Collection[Place]) -> None:
    """A split that is sent twice must not make two themes of the same sentences."""
    theme = theme_at(target)
    under = (
        select(Mention.answer_id, Mention.sentence, Mention.sentence_key).where(
            Mention.theme_id == theme.id
        )
        if theme is not None
        else select(Assignment.answer_id, Assignment.sentence, Assignment.sentence_key).where(
            Assignment.found_theme_id == target.id
        )
    )
    there = {(id, key or content_key(text)) for id, text, key in db.session.execute(under)}
    if not set(places) <= there:
        raise NotReadyError(
            "Some of these sentences do not stand under this theme any more, so nothing was "
            "changed. Open the page again."
        )


def _say(step: Deed, theme: Theme, places: Collection[Place], belongs: bool) -> None:
    """Write that these sentences belong to the theme, or that they do not."""
    step.will_place([theme.id], places)
    wanted = {(theme.id, *place) for place in places}
    for row in placements(wanted):
        wanted.discard((row.theme_id, row.answer_id, row.sentence_key))
        row.belongs, row.placed_by, row.placed_at = belongs, step.by, step.now
    for theme_id, answer_id, key in sorted(wanted):
        db.session.add(
            Placement(
                theme_id=theme_id,
                answer_id=answer_id,
                sentence_key=key,
                belongs=belongs,
                placed_by=step.by,
                placed_at=step.now,
            )
        )


def rest_on(theme: Theme, found: FoundTheme, by: Staff, now: datetime | None = None) -> None:
    """A person says that the finding is this theme: its sentences count here from now on."""
    refuse_if_merged(theme)
    if theme_of(found) is not None:
        raise NotReadyError("Somebody has decided about this finding already.")
    with deed(theme.survey_id, "rested", by, now) as step:
        step.touch(theme)
        theme.found_theme_id = found.id
        theme.decided_by, theme.decided_at = by, step.now
    remake(theme.survey_id, [theme.id])
    _note(by, "said that a theme was found again", theme, machine_label=found.label)


def keep(theme: Theme, by: Staff, now: datetime | None = None) -> None:
    """The finding changed much; a person looked, and the theme still stands."""
    with deed(theme.survey_id, "kept", by, now) as step:
        step.touch(theme)
        theme.decided_by, theme.decided_at = by, step.now
    _note(by, "kept a theme after a change", theme)


def survey_of(target: Target) -> int:
    return target.survey_id if isinstance(target, Theme) else target.run.survey_id


def _note(by: Staff, what: str, theme: Theme, **detail: Any) -> None:
    record(by, what, subject(theme.survey_id), **standing(theme), **detail)


def confirm(
    theme: Theme,
    places: Collection[Place],
    belongs: bool,
    by: Staff,
    now: datetime | None = None,
) -> None:
    """A person looked at suggested sentences: they belong to the theme too, or they do not."""
    if not places:
        raise InvalidInputError("Tick at least one sentence.")
    refuse_if_merged(theme)
    _refuse_unknown(theme.survey_id, places)
    with deed(theme.survey_id, "placed" if belongs else "refused", by, now) as step:
        step.touch(theme)
        _say(step, theme, places, belongs)
    remake(theme.survey_id, [theme.id])
    _note(by, "answered suggestions", theme, sentences=len(places), belong=belongs)
