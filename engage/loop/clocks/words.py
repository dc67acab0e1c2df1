"""What everyone reads of the clocks. Late is said as plainly as in time."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from engage.loop.clocks.clocks import IN_TIME, LATE, OVERDUE, WAITING, Clock, Course
from engage.surveys.models import SurveyVersion
from engage.surveys.timing import last_day
from engage.web.i18n import long_day

Words = Callable[[Clock, date], str]


def sign_of(course: Course, today: date) -> str:
    """Where the survey stands, in two or three words; the worst of its clocks decides."""
    if course.heard is None:
        return str(_("Still open"))
    if course.is_unheard(today):
        return str(_("Late: no themes yet"))
    states = {clock.state(today) for clock in (course.heard, *course.answers)}
    worst = next(each for each in (OVERDUE, LATE, WAITING, IN_TIME) if each in states)
    words = {
        OVERDUE: _("Late now"),
        LATE: _("Was late"),
        WAITING: _("Not due yet"),
        IN_TIME: _("In time"),
    }
    return str(words[worst])


def course_words(
    version: SurveyVersion, course: Course, today: date, easy_read: bool = False
) -> list[str]:
    """Sentences about one survey: when it closed, what we heard, the answers."""
    if course.heard is None or course.closed_on is None:
        return [_open(version)]
    heard = (HEARD_EASY if easy_read else HEARD)[course.heard.state(today)](course.heard, today)
    closed = _("It closed on %(day)s.", day=long_day(course.closed_on))
    again = [
        _("People could answer it again later. This day still counts for what came before it.")
    ]
    return [closed, *(again if course.is_open_again else []), heard, *_answers(course, today)]


def _open(version: SurveyVersion) -> str:
    if version.closes_at is None:
        return str(_("You can still answer it. The clocks start when it closes."))
    day = long_day(last_day(version.closes_at))
    return str(_("You can answer it until %(day)s. The clocks start then.", day=day))


def days_late(days: int) -> str:
    return str(ngettext("%(num)d day late", "%(num)d days late", days))


HEARD: dict[str, Words] = {
    IN_TIME: lambda clock, today: _(
        "What we heard was public on %(day)s. That was in time.", day=_met(clock)
    ),
    LATE: lambda clock, today: _(
        "What we heard was public on %(day)s. That was %(late)s.",
        day=_met(clock),
        late=days_late(clock.days_late(today)),
    ),
    WAITING: lambda clock, today: _(
        "What we heard has to be public by %(day)s.", day=long_day(clock.due)
    ),
    OVERDUE: lambda clock, today: _(
        "What we heard is not public yet. It is %(late)s.", late=days_late(clock.days_late(today))
    ),
}
HEARD_EASY: dict[str, Words] = {
    IN_TIME: lambda clock, today: _("We told you what we heard. That was in time."),
    LATE: lambda clock, today: _(
        "We told you what we heard. We were %(late)s.", late=days_late(clock.days_late(today))
    ),
    WAITING: lambda clock, today: _(
        "We will tell you what we heard by %(day)s.", day=long_day(clock.due)
    ),
    OVERDUE: lambda clock, today: _(
        "We have not told you what we heard. We are %(late)s.",
        late=days_late(clock.days_late(today)),
    ),
}


def _met(clock: Clock) -> str:
    return long_day(clock.met_on or clock.due)


def _answers(course: Course, today: date) -> list[str]:
    if course.is_unheard(today):
        return [_unheard(course.answers_due)]
    if not course.themes:
        return [_("No theme has been accepted and counted yet.")]
    tally = course.tally(today)
    themes = len(course.themes)
    in_time = ngettext(
        "%(done)s of %(num)d theme was answered in time.",
        "%(done)s of %(num)d themes were answered in time.",
        themes,
        done=tally[IN_TIME],
    )
    return [in_time, *_not_in_time(course, tally, today)]


def _unheard(due: date | None) -> str:
    day = long_day(due) if due else ""
    words = _(
        "People wrote to us. We have no themes of it yet. Answers were due on %(day)s.", day=day
    )
    return str(words)


def _not_in_time(course: Course, tally: Mapping[str, int], today: date) -> list[str]:
    waiting = [clock.due for clock in course.answers if clock.state(today) == WAITING]
    due = long_day(max(waiting)) if waiting else ""
    words = {
        LATE: ngettext(
            "%(num)d was answered late. It was %(late)s.",
            "%(num)d were answered late. The last was %(late)s.",
            tally[LATE],
            late=_longest(course, LATE, today),
        ),
        OVERDUE: ngettext(
            "%(num)d has no answer. It is %(late)s.",
            "%(num)d have no answer. They are %(late)s.",
            tally[OVERDUE],
            late=_longest(course, OVERDUE, today),
        ),
        WAITING: ngettext(
            "%(num)d still waits. Its answer has to be public by %(day)s.",
            "%(num)d still wait. Their answers have to be public by %(day)s.",
            tally[WAITING],
            day=due,
        ),
    }
    return [said for state, said in words.items() if tally[state]]


def _longest(course: Course, state: str, today: date) -> str:
    days = [clock.days_late(today) for clock in course.answers if clock.state(today) == state]
    return days_late(max(days, default=0))


# ---- the loop-closed rate


def rate_words(data: Mapping[str, Any], easy_read: bool = False) -> str:
    """The measure itself. A percentage only where there are themes enough."""
    if not data["base"]:
        return str(_("There is nothing to count yet."))
    counts = {"done": data["on_time"], "base": data["base"]}
    if easy_read:
        return str(_("We answered %(done)s of %(base)s things in time.", **counts))
    if data["percent"] is None:
        return str(_("%(done)s of %(base)s themes were answered in time.", **counts))
    return str(
        _(
            "%(done)s of %(base)s themes were answered in time: %(percent)s%%.",
            **counts,
            percent=data["percent"],
        )
    )


def rate_facts(data: Mapping[str, Any]) -> list[str]:
    """What stands beside the measure."""
    facts = [_median(data["median_weeks"]), _checked(data)] if data["base"] else []
    unheard = unheard_words(data)
    return [unheard, *facts] if unheard else facts


def unheard_words(data: Mapping[str, Any]) -> str:
    """The surveys that the measure cannot count, since nobody made themes of what people wrote."""
    # Rates of before this was counted do not have it.
    surveys = len(data.get("without_themes", ()))
    if not surveys:
        return ""
    return str(
        ngettext(
            "%(num)d survey with comments has no themes yet.",
            "%(num)d surveys with comments have no themes yet.",
            surveys,
        )
    )


def _median(weeks: int | None) -> str:
    if weeks is None:
        return str(_("Fewer than half of them have an answer."))
    if weeks == 0:
        return str(_("Half of them had an answer before the survey closed."))
    return str(
        ngettext(
            "Half of them had an answer within %(num)d week.",
            "Half of them had an answer within %(num)d weeks.",
            weeks,
        )
    )


def _checked(data: Mapping[str, Any]) -> str:
    if not data["done"]:
        return str(_("No answer to them says “we did”."))
    counts = {"yes": data["checked"], "done": data["done"]}
    said = _(
        "“We did” is the answer to %(done)s. Of these, families said yes to %(yes)s.", **counts
    )
    share = data["checked_percent"]
    return f"{said} ({share}%)" if share is not None else str(said)
