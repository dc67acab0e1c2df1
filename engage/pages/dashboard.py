"""The staff home: what needs somebody first, then the surveys and what is still to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _

from engage.clock import HERE
from engage.loop.co_lead import waiting as agreeing
from engage.loop.models import Action
from engage.pages import queries
from engage.people.access import Permission, any_staff, current_staff, may
from engage.responses.reading_queries import waiting_and_late
from engage.safeguarding.queries import open_alerts
from engage.safeguarding.states import NEW, TEST
from engage.surveys.models import Survey, SurveyVersion
from engage.surveys.queries import latest_version, surveys_of
from engage.surveys.shown import ShownVersion

bp = Blueprint("dashboard", __name__, url_prefix="/staff")

# Past this the worker has most likely stopped: it looks every second.
TOO_LONG = timedelta(minutes=5)
MOST_OWED = 6
NOON, EVENING = 12, 18


@dataclass(frozen=True, slots=True)
class Urgent:
    """One thing that cannot wait, and where it is seen to."""

    heading: str
    text: str
    link: str = ""
    link_text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One survey, and what is to do in it."""

    shown: ShownVersion
    sent: int
    to_read: int
    to_answer: int
    to_publish: int
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """An answer that promised families a day."""

    title: str
    slug: str
    action_id: int
    owner: str
    is_late: bool
    when: str


@bp.get("")
@any_staff
def home() -> ResponseReturnValue:
    now = datetime.now(UTC)
    surveys = surveys_of(current_staff().organisation_id) if may(Permission.VIEW_RESULTS) else []
    by_id = {survey.id: survey for survey in surveys}
    waiting, failed = queries.readings(by_id)
    lines = lines_of(surveys, waiting, now)
    answers = owed(queries.owed_answers(by_id), now.astimezone(HERE).date())
    unread = unread_words(now)
    urgent = [
        *need_you_first(),
        *([unread] if unread and unread.text else []),
        *stopped(waiting, by_id, now),
        *could_not_read([by_id[survey_id] for survey_id in sorted(failed)]),
        *late(answers),
        *waits_for_our_word(now.astimezone(HERE).date()),
    ]
    return render_template(
        "pages/dashboard.html",
        greeting=greeting(now, len(urgent)),
        today=now.astimezone(HERE).date(),
        urgent=urgent,
        unread=unread,
        open_lines=[line for line in lines if line.shown.is_open],
        other_lines=[line for line in lines if not line.shown.is_open],
        owed=answers[:MOST_OWED],
        closes=closes,
        has_invented=any(survey.is_invented for survey in surveys),
    )


def lines_of(
    surveys: Sequence[Survey], waiting: Mapping[int, datetime], now: datetime
) -> list[Line]:
    ids = [survey.id for survey in surveys]
    sent = queries.sent_by_survey(ids)
    to_read, to_answer = queries.themes_to_read(ids), queries.themes_to_answer(ids)
    to_publish = queries.themes_to_publish(ids)
    return [
        Line(
            shown=ShownVersion(current(survey), now),
            sent=sent.get(survey.id, 0),
            to_read=to_read.get(survey.id, 0),
            to_answer=to_answer.get(survey.id, 0),
            to_publish=to_publish.get(survey.id, 0),
            is_waiting=survey.id in waiting,
        )
        for survey in surveys
    ]


def current(survey: Survey) -> SurveyVersion:
    """The version people can answer; the newest where there is none."""
    live = (v for v in reversed(survey.versions) if v.published_at and not v.closed_at)
    return next(live, None) or latest_version(survey)


def owed(waited: Sequence[tuple[date, Action]], today: date) -> list[Owed]:
    return [
        Owed(
            title=action.theme.name,
            slug=action.theme.survey.slug,
            action_id=action.id,
            owner=action.owner,
            is_late=day < today,
            when=due(day, today),
        )
        for day, action in waited
    ]


def due(day: date, today: date) -> str:
    left = (day - today).days
    if left < 0:
        return str(ngettext("%(num)d day late", "%(num)d days late", -left))
    if left == 0:
        return str(_("Due today"))
    return str(ngettext("Due in %(num)d day", "Due in %(num)d days", left))


def closes(shown: ShownVersion, today: date) -> str:
    if shown.last_day is None:
        return str(_("No last day yet"))
    left = (shown.last_day - today).days
    if left == 0:
        return str(_("Last day today"))
    return str(ngettext("Closes in %(num)d day", "Closes in %(num)d days", left))


# ---- what needs somebody first


def unread_words(now: datetime) -> Urgent | None:
    """People's words that wait for a reader. It has a text where some have waited too long."""
    if not may(Permission.READ_ANSWERS):
        return None
    waiting, late = waiting_and_late(current_staff().organisation_id, now)
    if not waiting:
        return None
    return Urgent(
        heading=ngettext(
            "One person’s comments wait to be read.",
            "%(num)d people’s comments wait to be read.",
            waiting,
        ),
        text=ngettext(
            "One has waited longer than a working day.",
            "%(num)d have waited longer than a working day.",
            late,
        )
        if late
        else "",
        link=url_for("reading.queue"),
        link_text=_("Read what people wrote"),
    )


def need_you_first() -> list[Urgent]:
    """Alerts that are still to be dealt with, for those who may read them."""
    if not may(Permission.SAFEGUARD):
        return []
    alerts = [a for a in open_alerts(current_staff().organisation_id) if a.kind != TEST]
    if not alerts:
        return []
    new = sum(alert.state == NEW for alert in alerts)
    return [
        Urgent(
            heading=ngettext(
                "%(num)d comment needs you first",
                "%(num)d comments need you first",
                len(alerts),
            ),
            text=ngettext(
                "Somebody may not be safe. %(num)d has not been acknowledged.",
                "Somebody may not be safe. %(num)d have not been acknowledged.",
                new,
            ),
            link=url_for("safeguarding.inbox"),
            link_text=_("Open the safeguarding inbox"),
        )
    ]


def waits_for_our_word(today: date) -> list[Urgent]:
    """What other organisations cannot do before this one agrees, for those who may say so."""
    if not may(Permission.PUBLISH):
        return []
    things = len(agreeing.for_co_lead(current_staff().organisation, today))
    if not things:
        return []
    return [
        Urgent(
            heading=ngettext(
                "%(num)d thing waits for us to agree",
                "%(num)d things wait for us to agree",
                things,
            ),
            text=_("We lead surveys together with others. Before we agree they cannot go on."),
            link=url_for("co_lead.index"),
            link_text=_("Read and say"),
        )
    ]


def stopped(
    waiting: Mapping[int, datetime], surveys: Mapping[int, Survey], now: datetime
) -> list[Urgent]:
    """Every survey waits for the same worker, so this is said once."""
    late = {survey_id: since for survey_id, since in waiting.items() if now - since > TOO_LONG}
    if not late:
        return []
    oldest = min(late, key=late.__getitem__)
    since = format_datetime(late[oldest].astimezone(HERE), "H:mm, d MMMM", rebase=False)
    return [
        Urgent(
            heading=_("The machine has stopped reading comments"),
            text=_(
                "New answers are waiting to be read by the machine since %(since)s. "
                "The worker may have stopped. Answers are still being taken.",
                since=since,
            ),
            link=url_for("analysis.themes", slug=surveys[oldest].slug),
            link_text=_("See what waits"),
        )
    ]


def could_not_read(surveys: Sequence[Survey]) -> list[Urgent]:
    return [
        Urgent(
            heading=_("The machine could not read some comments"),
            text=_(
                "It tried several times to read the comments of “%(survey)s”. Ask it to try again. "
                "If it fails again, tell the people who look after Engage.",
                survey=latest_version(survey).title(),
            ),
            link=url_for("analysis.themes", slug=survey.slug),
            link_text=_("Go to the themes"),
        )
        for survey in surveys
    ]


def late(answers: Sequence[Owed]) -> list[Urgent]:
    overdue = [answer for answer in answers if answer.is_late]
    if not overdue:
        return []
    first = overdue[0]
    return [
        Urgent(
            heading=ngettext(
                "We owe families %(num)d answer that is late",
                "We owe families %(num)d answers that are late",
                len(overdue),
            ),
            text=_(
                "The oldest is “%(title)s”: %(when)s. Everyone can see that it is late. "
                "Say what happened, and give a new date.",
                title=first.title,
                when=first.when,
            ),
            link=address_of(first),
            link_text=_("Change the answer"),
        )
    ]


def address_of(answer: Owed) -> str:
    """Where the answer is changed; nowhere for those who may not."""
    if not may(Permission.CURATE):
        return ""
    return url_for("loop.edit", slug=answer.slug, id=answer.action_id)


def greeting(now: datetime, things: int) -> str:
    hour = now.astimezone(HERE).hour
    hello = _("Good evening.")
    if hour < EVENING:
        hello = _("Good afternoon.") if hour >= NOON else _("Good morning.")
    return f"{hello} {how_many(things)}"


def how_many(things: int) -> str:
    words = {
        0: _("Nothing is urgent."),
        1: _("One thing needs you first."),
        2: _("Two things need you first."),
        3: _("Three things need you first."),
        4: _("Four things need you first."),
        5: _("Five things need you first."),
    }
    return str(words.get(things) or _("%(num)s things need you first.", num=things))
