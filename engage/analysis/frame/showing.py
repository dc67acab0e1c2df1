"""The officer's pages of themes, as the views show them: one theme, and the words behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from engage.analysis import queries
from engage.analysis.forms import (
    DefinitionForm,
    MergeForm,
    NestForm,
    SetAsideForm,
    ThemeForm,
    ambition_choices,
    theme_choices,
)
from engage.analysis.frame import queries as frame
from engage.analysis.frame.readings import Reading
from engage.analysis.frame.still_said import words_behind
from engage.analysis.frame.words import Words
from engage.analysis.models import FoundTheme, Theme
from engage.extensions import db
from engage.people.access import Permission, may
from engage.surveys.asked import page_number
from engage.surveys.models import Survey
from engage.surveys.the_pack import the_pack

Target = FoundTheme | Theme


@dataclass
class Forms:
    """What was typed on the page of a theme, where it is shown again with what is wrong."""

    theme: ThemeForm | None = None
    aside: SetAsideForm | None = None
    definition: DefinitionForm | None = None
    merge: MergeForm | None = None
    nest: NestForm | None = None
    errors: list[tuple[str, str]] = dataclass_field(default_factory=list)
    field: str = "people"  # what an error is about, where no field of a form is
    shown: Target | None = None  # the page to show again, where it is not that of the theme


def reading_of(survey: Survey, target: Target) -> Reading:
    """A theme or a finding with its other half, and the counts as they stand."""
    run = queries.latest_run(survey.id)
    theme = target if isinstance(target, Theme) else queries.theme_of(target)
    found = target if isinstance(target, FoundTheme) else target.found
    if theme is None:
        return Reading(found, None)
    return Reading(found, theme, frame.counted(survey.id, run, [theme.id]).get(theme.id))


def target_at(survey: Survey, key: str) -> Target:
    """The theme or finding that a key such as "t12" or "f34" names. Raises NotFound."""
    kind, number = key[:1], key[1:]
    if kind not in ("t", "f") or not number.isascii() or not number.isdigit() or len(number) > 9:
        raise NotFound
    if kind == "t":
        return frame.theme(survey.id, int(number))
    found = db.session.get(FoundTheme, int(number))
    run = queries.latest_run(survey.id)
    if found is None or run is None or found.run_id != run.id:
        raise NotFound(
            _(
                "The machine has read the comments again since you opened that page. "
                "Look at the themes as they are now."
            )
        )
    return queries.theme_of(found) or found


def address_of(survey: Survey, target: Target) -> str:
    if isinstance(target, Theme):
        return url_for("frame.theme", slug=survey.slug, theme_id=target.id)
    return url_for("analysis.theme", slug=survey.slug, number=target.number)


def theme_form(reading: Reading | None = None) -> ThemeForm:
    given = {}
    if reading is not None:
        given = {"name": reading.name, "ambition": reading.ambition or ""}
    form = ThemeForm(data=given)
    form.ambition.choices = ambition_choices(the_pack())
    return form


def others(survey: Survey, target: Target) -> list[tuple[str, str]]:
    """All themes and findings but this one, by key and name: what it can be merged into."""
    return [(one.key, one.name) for one in standing(survey) if one.target is not target]


def standing(survey: Survey) -> list[Reading]:
    """Themes that are not merged, and findings nobody has decided about, by name."""
    from engage.analysis.frame.overview import readings_of  # noqa: PLC0415

    run = queries.latest_run(survey.id)
    readings = readings_of(run, queries.decided_themes(survey.id), {})
    return sorted(readings, key=lambda one: (one.name.casefold(), one.key))


def theme_page(survey: Survey, target: Target, forms: Forms | None = None) -> str:
    reading, forms = reading_of(survey, target), forms or Forms()
    theme = reading.theme
    choices = others(survey, theme or target)
    parent = f"t{theme.parent_id}" if theme and theme.parent_id else ""
    form = forms.theme or theme_form(reading)
    definition = forms.definition or DefinitionForm(
        data={"definition": theme.definition if theme else ""}
    )
    run = queries.latest_run(survey.id)
    return render_template(
        "analysis/theme.html",
        survey=survey,
        title=survey.versions[-1].title(),
        reading=reading,
        is_latest=bool(run and reading.found and reading.found.run_id == run.id),
        machine_quotes=quotes(reading.found),
        words_behind=words_behind(reading.found)
        if reading.found and may(Permission.READ_ANSWERS)
        else [],
        quotes=frame.quotes_of(theme) if theme and may(Permission.READ_ANSWERS) else None,
        merged_in=frame.merged_into(theme.id) if theme else [],
        nested=frame.nested_under(theme.id) if theme else [],
        above=db.session.get(Theme, theme.parent_id) if theme and theme.parent_id else None,
        into=db.session.get(Theme, theme.merged_into_id)
        if theme and theme.merged_into_id
        else None,
        form=form,
        aside=forms.aside or SetAsideForm(),
        definition=definition,
        merge=forms.merge or MergeForm(),
        nest=forms.nest or NestForm(data={"parent": parent}),
        choices=choices,
        ambition_pairs=[(choice.value, choice.label) for choice in form.ambition.choices],
        ambitions=ambitions(),
        page_errors=forms.errors,
    )


def quotes(found: FoundTheme | None) -> tuple[list[queries.Quoted], queries.Quoted | None]:
    if found is None or not may(Permission.READ_ANSWERS):
        return [], None
    return queries.quotes_of(found)


def choose(form: Any, name: str, survey: Survey, target: Target, *first: tuple[str, str]) -> None:
    """Which themes the select of this name offers."""
    form[name].choices = theme_choices([*first, *others(survey, target)])


def words_page(survey: Survey, heading: str, found: Sequence[Words], **more: Any) -> str:
    return render_template(
        "analysis/words.html",
        survey=survey,
        heading=heading,
        words=found[: queries.ON_A_PAGE],
        number=page_number(),
        is_last=len(found) <= queries.ON_A_PAGE,
        **more,
    )


def ambitions() -> dict[str, object]:
    return {ambition.code: ambition for ambition in the_pack().ambitions}
