"""Where an officer says which questions of a survey feed q, and how people were found."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.indicators.feeding import operations as setting_operations
from engage.indicators.feeding import queries as setting_queries
from engage.indicators.feeding.forms import (
    NAMES_IN_WORDS,
    Able,
    SettingsForm,
    settings_form,
    value_words,
)
from engage.indicators.feeding.playing_parts import offered
from engage.indicators.others import words
from engage.indicators.others.importing import categories
from engage.indicators.q.county import take_county_snapshot
from engage.indicators.q.feeds import INVITED
from engage.indicators.q.series import HEADLINE, PARTS, SERIES_OF_AUDIENCE
from engage.people.access import Permission, current_staff, staff_may
from engage.people.forms import mistakes
from engage.responses.queries import sent_count
from engage.responses.snapshots import checksum
from engage.surveys.asked import our_survey
from engage.surveys.models import Survey
from engage.surveys.the_pack import the_pack
from engage.web.i18n import here_and_now

bp = Blueprint("q_settings", __name__, url_prefix="/staff/surveys/<slug>/q")


@bp.get("")
@staff_may(Permission.VIEW_RESULTS)
def index(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    holds, able = _standing(survey)
    return _page(survey, holds, able, settings_form(able, holds))


@bp.post("")
@staff_may(Permission.EDIT_SURVEYS)
def save(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    setting_queries.hold(survey)
    holds, able = _standing(survey)
    form = settings_form(able, holds)
    if not (form.validate() and form.check(able, sent_count(survey.id))):
        return _page(survey, holds, able, form)
    if request.form.get("seen") != _seen(holds):
        form.form_errors.append(
            _("Somebody changed this since you opened the page. Keep yours, or go back and look.")
        )
        return _page(survey, holds, able, form)
    now = datetime.now(UTC)
    changed = setting_operations.say(survey, form.chosen(), holds, current_staff(), now)
    if HEADLINE in changed:
        # A figure that is q no more leaves what is said of the whole county at once.
        take_county_snapshot(now, the_pack().county)
    flash(_("The change is kept.") if changed else _("Nothing was changed."))
    return redirect(url_for("q_settings.index", slug=slug))


def _seen(holds: Mapping[str, str]) -> str:
    """What somebody saw when they opened the page, so that nobody undoes another's change."""
    return checksum(holds)


def _standing(survey: Survey) -> tuple[dict[str, str], Able]:
    """What holds now, and the questions that can play each part."""
    definitions = list(setting_queries.definitions_of(survey).values())
    holds = setting_queries.in_force(definitions, setting_queries.settings_of(survey))
    playing = {name: holds[name] for name in setting_queries.NAMES}
    return holds, offered(definitions, playing, categories(the_pack()))


def _page(
    survey: Survey, holds: Mapping[str, str], able: Able, form: SettingsForm
) -> ResponseReturnValue:
    newest = survey.versions[-1]
    series = SERIES_OF_AUDIENCE.get(newest.audiences[0]) if len(newest.audiences) == 1 else None
    page = render_template(
        "indicators/staff_q_settings.html",
        survey=survey,
        title=newest.title(),
        series=series,
        seen=_seen(holds),
        form=form,
        able=able,
        parts=PARTS,
        roles=[name for name in setting_queries.NAMES if name not in PARTS],
        shown=_as_it_stands(holds, able),
        changes=_changes(survey, able),
        words=words,
        page_errors=mistakes(form),
    )
    return page, 422 if form.errors else 200


def _as_it_stands(holds: Mapping[str, str], able: Able) -> list[dict[str, str]]:
    """For those who may look and not change."""
    names = {name: str(NAMES_IN_WORDS[name]) for name in holds}
    return [
        {"key": names[name], "value": value_words(name, value, able)}
        for name, value in holds.items()
        if value or name != INVITED
    ]


def _changes(survey: Survey, able: Able) -> list[list[str]]:
    return [
        [
            str(NAMES_IN_WORDS.get(each.name, each.name)),
            value_words(each.name, each.value, able),
            each.who,
            here_and_now(each.at),
        ]
        for each in setting_queries.history(survey)
    ]
