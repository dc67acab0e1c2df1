"""A survey's frame as a file holds it, kept as versions, and brought in from another wave."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import numpy as np

from engage.analysis.frame import queries as frame
from engage.analysis.frame.file import FORMAT, Code, Frame, as_frame
from engage.analysis.frame.likeness import directions
from engage.analysis.frame.models import FrameVersion
from engage.analysis.frame.recording import deed
from engage.analysis.frame.still_said import said_by_enough, said_in_survey, said_in_theme
from engage.analysis.models import Theme
from engage.analysis.queries import decided_themes, latest_run
from engage.analysis.types import Vectors
from engage.analysis.vectors import model_of
from engage.errors import InvalidInputError
from engage.extensions import db
from engage.people.audit import record
from engage.people.models import Staff
from engage.responses.disclosure import HIDDEN_FROM_STAFF
from engage.surveys.models import Survey

# A word that fewer people used could be a name: it stays where it was said.
FEWEST_SAY_IT = HIDDEN_FROM_STAFF.stop
DIGITS = 4
CARRIED = ("accepted", "named")


def frame_of(survey: Survey, note: str = "") -> Frame:
    """The themes that stand, as a file holds them: no sentence of anybody."""
    run = latest_run(survey.id)
    themes = [theme for theme in decided_themes(survey.id) if theme.state in CARRIED]
    names = _names(themes)
    ways = _directions(themes)
    return Frame(
        engage_frame=FORMAT,
        survey=survey.slug,
        note=note,
        model=model_of(run),
        themes=[_code(theme, names, ways) for theme in themes],
    )


def _names(themes: Sequence[Theme]) -> dict[int, str]:
    """Each theme's name, numbered where two have the same."""
    seen: Counter[str] = Counter()
    names = {}
    for theme in themes:
        seen[theme.name.casefold()] += 1
        times = seen[theme.name.casefold()]
        names[theme.id] = theme.name if times == 1 else f"{theme.name[:190]} ({times})"
    return names


def _code(theme: Theme, names: Mapping[int, str], ways: Mapping[int, Vectors]) -> Code:
    way = ways.get(theme.id)
    return Code(
        name=names[theme.id],
        definition=theme.definition,
        parent=names.get(theme.parent_id or 0),
        ambition=theme.ambition,
        critical=theme.is_critical,
        keywords=theme.keywords or _keywords(theme),
        middle=[] if way is None else [round(float(number), DIGITS) for number in way],
    )


def _keywords(theme: Theme) -> list[str]:
    found = theme.found.keywords if theme.found else []
    return said_by_enough(found, said_in_theme(theme), FEWEST_SAY_IT) if found else []


def version_now(survey: Survey, number: int) -> Frame:
    """A kept version, without words that too few people still say. Raises NoResultFound.

    Words that came with the file of another wave stay: nobody here said them.
    """
    kept = as_frame(frame.version(survey.id, number).frame)
    brought = {word for theme in decided_themes(survey.id) for word in theme.keywords}
    own = {word for code in kept.themes for word in code.keywords} - brought
    still = set(said_by_enough(own, said_in_survey(survey.id), FEWEST_SAY_IT)) if own else set()
    themes = [
        code.model_copy(update={"keywords": [w for w in code.keywords if w in still | brought]})
        for code in kept.themes
    ]
    return kept.model_copy(update={"themes": themes})


def _directions(themes: Sequence[Theme]) -> dict[int, Vectors]:
    """How each theme differs from the middle of the survey it was found in."""
    runs = {theme.found.run_id for theme in themes if theme.found}
    found = {
        id: way for some in frame.middles(runs).values() for id, way in directions(some).items()
    }
    ways = {
        theme.id: np.frombuffer(theme.centroid, dtype=np.float32)
        for theme in themes
        if theme.centroid
    }
    rested = {t.id: found[t.found_theme_id] for t in themes if t.found_theme_id in found}
    return {**rested, **ways}


def keep_version(survey: Survey, note: str, by: Staff, now: datetime | None = None) -> FrameVersion:
    """Keep the frame as it stands now, to come back to or to hand on."""
    kept = frame_of(survey, note)
    if not kept.themes:
        raise InvalidInputError("There is no theme to keep yet: name or accept one first.")
    last = next(iter(frame.versions(survey.id)), None)
    version = FrameVersion(
        survey_id=survey.id,
        number=last.number + 1 if last else 1,
        note=note,
        frame=kept.model_dump(exclude_defaults=True),
        made_by=by,
        made_at=now or datetime.now(UTC),
    )
    db.session.add(version)
    db.session.flush()
    record(by, "kept a version of the themes", survey.slug, version=version.number, note=note)
    return version


def bring_in(
    survey: Survey, given: Frame, ambitions: Sequence[str], by: Staff, now: datetime | None = None
) -> tuple[list[Theme], list[str]]:
    """Themes of a file become themes here, to be accepted when they are found.

    Returns what is new, and the names of those that were here already and stay as they are.
    """
    unknown = [code for code in given.themes if code.ambition and code.ambition not in ambitions]
    if unknown:
        raise InvalidInputError(
            f"“{unknown[0].name}” belongs to the ambition “{unknown[0].ambition}”, "
            "which is not one of this county."
        )
    here = {theme.name.casefold(): theme for theme in decided_themes(survey.id)}
    new = [code for code in given.themes if code.name.casefold() not in here]
    known = [code.name for code in given.themes if code.name.casefold() in here]
    if not new:
        return [], known
    run = latest_run(survey.id)
    speaks = run is None or not given.model or model_of(run) in ("", given.model)
    with deed(survey.id, "imported", by, now) as step:
        made = {code.name.casefold(): step.begin(code.name, "imported") for code in new}
        for code in new:
            _fill(made[code.name.casefold()], code, speaks)
        for code in new:
            _stand_under(made[code.name.casefold()], code, {**here, **made})
    names = [code.name for code in new]
    record(by, "brought in a frame of themes", survey.slug, themes=names, came_from=given.survey)
    return list(made.values()), known


def _fill(theme: Theme, code: Code, keeps_numbers: bool) -> None:
    theme.definition, theme.ambition = code.definition, code.ambition
    theme.is_critical, theme.keywords = code.critical, list(code.keywords)
    if code.middle and keeps_numbers:
        theme.centroid = np.array(code.middle, dtype=np.float32).tobytes()


def _stand_under(theme: Theme, code: Code, by_name: Mapping[str, Theme]) -> None:
    """Under its parent, where that is here and stands under nothing itself."""
    parent = by_name.get(code.parent.casefold()) if code.parent else None
    if parent is not None and parent.parent_id is None and parent.state in CARRIED:
        theme.parent_id = parent.id
