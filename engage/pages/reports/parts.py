"""The sections that both reports have: who was asked, the answers, what is late or refused.

Knows no database.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.loop.board import easy_kind
from engage.loop.forms import KIND_WORDS
from engage.loop.pairs import PICTURES, reason_words
from engage.pages.reports.building import Data, Telling, easy, paragraphs
from engage.pages.reports.report import (
    Block,
    English,
    ListOf,
    Mixed,
    Pair,
    Paragraph,
    Quote,
    Section,
    Table,
    sentence,
)
from engage.web.i18n import long_day

ROUNDED = _l(
    "Numbers under 10 are hidden and the rest are rounded to 5, so that nobody can be found. One "
    "person may have answered two surveys, so they are not added up. People chose to answer: "
    "these numbers do not say who is missing."
)
EVERYONE_CAN = _l(
    "Each answer names the role that answers for it, and each “We can’t” says how to challenge "
    "it. Beside that, everyone can:"
)
COMPLAIN = _l(
    "use the council’s complaints procedure and, after it, go to the Local Government and Social "
    "Care Ombudsman"
)
WHOLE = _l(
    "A survey that was open in several years is counted as a whole: all its answers until its last "
    "count."
)
APPEAL = _l(
    "for a decision about one child’s assessment or plan, use mediation and appeal to the SEND "
    "Tribunal: the letter with the decision says by when"
)

# ---- who was asked


def who_was_asked(telling: Telling) -> Section:
    surveys = telling.data["surveys"]
    if telling.easy_read:
        blocks: list[Block] = [easy("people", *_easy_survey(each)) for each in surveys]
        heading = _("Who we asked")
    else:
        blocks = [_surveys(surveys)] if surveys else []
        blocks += [Paragraph((str(ROUNDED), str(WHOLE)), is_quiet=True)] if surveys else []
        heading = _("Who was asked, and how many answered")
    none = telling.pick(_("No survey was open in this year."), _("We did not ask this year."))
    return Section(heading, tuple(blocks or paragraphs(none)), "asked")


def _surveys(surveys: Sequence[Data]) -> Table:
    return Table(
        _("Surveys of this year"),
        (_("Survey"), _("Who asked"), _("Asked of"), _("When"), _("How many answered")),
        tuple(
            (
                each["title"]["standard"],
                each["organisation"],
                English("; ".join(each["asked"])),
                each["when"],
                _people_of(each),
            )
            for each in surveys
        ),
    )


def _people_of(survey: Data) -> str:
    if not survey["is_counted"]:
        return str(_("not counted yet"))
    if survey["people"] is None:
        return str(_("fewer than 10"))
    parts = [
        f"{name.lower()} {format_decimal(count)}"
        for name, count in survey["people_by_audience"].items()
        if count is not None
    ]
    total = str(_("about %(count)s", count=format_decimal(survey["people"])))
    return Mixed.of(total, ": ", English(", ".join(parts))) if len(parts) > 1 else total


def _easy_survey(survey: Data) -> tuple[str, ...]:
    asked = sentence(_("We asked: %(who)s."), who=English("; ".join(survey["asked_easy"])))
    if not survey["is_counted"]:
        return (survey["title"]["easy_read"], asked)
    if survey["people"] is None:
        return (survey["title"]["easy_read"], asked, _("Fewer than 10 people answered."))
    count = format_decimal(survey["people"])
    told = _("About %(count)s people answered.", count=count)
    until = _("We counted all answers until %(day)s.", day=_counted_on(survey))
    return (survey["title"]["easy_read"], asked, told, until)


def _counted_on(survey: Data) -> str:
    return long_day(date.fromisoformat(survey["counted_on"]))


# ---- what people said, and the answers


def people_words(theme: Data) -> str:
    """How many people said it, as far as that may be told."""
    if not theme["is_counted"]:
        return str(_("We will show how many people when the next count is made."))
    if theme["people"] is None:
        return str(_("Fewer than 10 people said this."))
    return str(_("About %(count)s people said this.", count=format_decimal(theme["people"])))


def pairs(telling: Telling, themes: Iterable[Data]) -> Iterator[Pair]:
    """Every public answer of these themes. Quotes stand with the first of a theme."""
    for theme in themes:
        quotes = tuple(telling.quotes.get(theme["id"], ()))
        for place, answer in enumerate(theme["answers"]):
            yield _pair(telling, theme, answer, quotes if place == 0 else ())


def _pair(telling: Telling, theme: Data, answer: Data, quotes: tuple[Quote, ...]) -> Pair:
    words = answer["easy_read" if telling.easy_read else "standard"]
    kind = answer["kind"]
    return Pair(
        title=theme["name"],
        kind=kind,
        sign=easy_kind(kind) if telling.easy_read else str(KIND_WORDS[kind]),
        you_said=tuple(words["you_said"]),
        answer=tuple(words["answer"]),
        people=people_words(theme),
        instead=words["instead"],
        challenge=words["challenge_text"],
        families=tuple(words["families"]),
        co_lead_notes=tuple(telling.co_lead_notes.get(answer["id"], ())),
        owner=answer["owner"],
        changed=long_day(date.fromisoformat(answer["changed_on"])),
        notes=words["checked"],
        quotes=quotes,
        picture_said="say" if telling.easy_read else "",
        picture_answer=PICTURES[kind] if telling.easy_read else "",
    )


def without_answer(telling: Telling, of: str, code: str | None) -> list[Block]:
    """How many themes wait. Their names are public once somebody has published an answer."""
    waiting = sum(row["themes"] for row in telling.data["unanswered"] if row[of] == code)
    if not waiting:
        return []
    text = ngettext(
        "%(num)d more theme has no answer that everyone can read yet.",
        "%(num)d more themes have no answer that everyone can read yet.",
        waiting,
    )
    short = ngettext(
        "We have not answered %(num)d more thing yet.",
        "We have not answered %(num)d more things yet.",
        waiting,
    )
    return paragraphs(telling.pick(text, short))


def what_is_late(telling: Telling) -> Section:
    late = [(theme, each) for theme, each in telling.answered if each["days_late"]]
    again = [(theme, each) for theme, each in telling.answered if each["families_say"] == "not_yet"]
    items = [_days(theme["name"], each["days_late"]) for theme, each in late]
    items += [
        sentence(
            _("%(name)s: families say that it is not done yet. We are looking at it again."),
            name=theme["name"],
        )
        for theme, _each in again
    ]
    none = telling.pick(
        _("Nothing that was promised was late on the day this report was made."),
        _("Nothing is late."),
    )
    blocks = [ListOf(tuple(items))] if items else paragraphs(none)
    heading = telling.pick(_("What is overdue, or looked at again"), _("What is late"))
    return Section(heading, tuple(blocks), "late")


def _days(name: str, days: int) -> str:
    late = ngettext("%(num)d day late", "%(num)d days late", days)
    return Mixed.of(name, f": {late}.")


def what_cannot_be_done(telling: Telling) -> Section:
    """As easy to find as what was done."""
    refused = [(theme, each) for theme, each in telling.answered if each["kind"] == "cannot"]
    items = tuple(_refusal(telling, theme, each) for theme, each in refused)
    none = telling.pick(
        _("Nothing was refused in the answers of this year."), _("There is nothing we said no to.")
    )
    blocks: Sequence[Block] = [ListOf(items)] if items else paragraphs(none)
    return Section(
        telling.pick(_("What cannot be done, and why"), _("What we cannot do")),
        tuple(blocks),
        "cannot",
    )


def _refusal(telling: Telling, theme: Data, answer: Data) -> str:
    words = answer["easy_read" if telling.easy_read else "standard"]
    parts = [theme["name"], ". ", reason_words().get(answer["reason"], "")]
    if words["instead"]:
        parts += [" ", sentence(_("Instead: %(what)s"), what=words["instead"])]
    return Mixed.of(*parts)


# ---- at the end


def how_to_challenge(telling: Telling) -> Section:
    if telling.easy_read:
        blocks: list[Block] = [
            easy(
                "talk",
                _("You can say that we are wrong."),
                _("Tell the person who answers for it."),
            ),
            easy("letter", _("You can complain to the council."), _("Someone can help you do it.")),
            easy("help", _("SENDIASS gives free advice."), _("They do not work for us.")),
        ]
        return Section(_("If you do not agree"), tuple(blocks), "challenge")
    ways = (
        _("ask the named role to look at the answer again"),
        str(COMPLAIN),
        str(APPEAL),
        _("get free and impartial advice from the SEND information and advice service"),
    )
    blocks = [Paragraph((str(EVERYONE_CAN),)), ListOf(ways)]
    return Section(_("How to challenge an answer"), tuple(blocks), "challenge")


def about(telling: Telling, *more: str) -> Section:
    """How it was made, and what it does not hold."""
    texts = [
        telling.pick(
            _("A person published this report. It holds nothing that says who somebody is."),
            _("There are no names of people in this report."),
        ),
        *more,
    ]
    if telling.taken_down:
        texts.append(_taken_down(telling.taken_down))
    if telling.easy_read:
        texts.append(_("Pictures: OpenMoji 17.0.0, CC BY-SA 4.0."))
    heading = telling.pick(_("About this report"), _("About this page"))
    return Section(heading, tuple(paragraphs(*texts)), "about")


def _taken_down(answers: int) -> str:
    words: str = ngettext(
        "%(num)d answer was taken down after this report was made. It is not shown.",
        "%(num)d answers were taken down after this report was made. They are not shown.",
        answers,
    )
    return words
