"""The annual report: ambition by ambition what was heard, what was done and what is different."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from engage.indicators.q.display import percent
from engage.loop.forms import KIND_WORDS
from engage.loop.models import KINDS
from engage.loop.promises.display import side_words
from engage.pages.reports import building, parts
from engage.pages.reports.building import Telling, easy, paragraphs
from engage.pages.reports.drawing import satisfied
from engage.pages.reports.report import (
    Block,
    English,
    Facts,
    Paragraph,
    Picture,
    Report,
    Section,
    Table,
    sentence,
)

Data = Mapping[str, Any]


def build(telling: Telling) -> Report:
    title = telling.pick(_("What we heard and what we did"), _("What you said and what we did"))
    subtitle = telling.pick(
        _("Annual report by ambition, %(period)s", period=building.period(telling.data)),
        building.period(telling.data),
    )
    return building.report(telling, title, subtitle, _sections(telling))


def _sections(telling: Telling) -> Iterator[Section]:
    yield _in_short(telling)
    yield parts.who_was_asked(telling)
    yield _satisfied(telling)
    yield _in_time(telling)
    yield _promises(telling)
    yield from (_ambition(telling, each) for each in telling.data["ambitions"])
    yield _of_none(telling)
    yield parts.what_cannot_be_done(telling)
    yield parts.what_is_late(telling)
    yield parts.how_to_challenge(telling)
    yield parts.about(telling)


# ---- the year in short


def _in_short(telling: Telling) -> Section:
    answers = [each for _theme, each in telling.answered]
    kinds = Counter(each["kind"] for each in answers)
    if telling.easy_read:
        blocks: list[Block] = [
            easy(
                "talk", _("We answered %(count)s things that you said.", count=len(telling.themes))
            ),
            easy("done", _("We did %(count)s of them.", count=kinds["did"])),
            easy("cannot", _("We cannot do %(count)s. We say why.", count=kinds["cannot"])),
        ]
    else:
        blocks = [Facts(tuple(_facts(telling, answers, kinds)))]
    heading = _("The year in short")
    return Section(heading, (*building.not_over_yet(telling), *blocks), "short")


def _facts(
    telling: Telling, answers: Sequence[Data], kinds: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    checked = Counter(each["families_say"] for each in answers)
    yield _("Themes with an answer"), format_decimal(len(telling.themes))
    without = sum(row["themes"] for row in telling.data["unanswered"])
    yield _("Themes without a public answer yet"), format_decimal(without)
    for kind in KINDS:
        yield str(KIND_WORDS[kind]), format_decimal(kinds[kind])
    yield (
        _("Checked by families"),
        _(
            "%(yes)s done, %(partly)s partly, %(not_yet)s not yet",
            yes=checked["yes"],
            partly=checked["partly"],
            not_yet=checked["not_yet"],
        ),
    )
    shown = sum(each["is_difference_shown"] for each in answers)
    yield _("A difference is shown"), format_decimal(shown)


# ---- indicator q


def _satisfied(telling: Telling) -> Section:
    cards = telling.data["q"]
    heading = telling.pick(_("How satisfied families are"), _("How happy people are with help"))
    if telling.easy_read:
        return Section(heading, tuple(_easy_card(each) for each in cards), "q")
    drawn = [_drawing(cards)] if any(isinstance(each["positive"], int) for each in cards) else []
    blocks = [block for card in cards for block in _card(card)]
    none = paragraphs(_("No figure was published for this year."))
    return Section(heading, (*drawn, *(blocks or none)), "q")


def _drawing(cards: Sequence[Data]) -> Block:
    shown = [each for each in cards if isinstance(each["positive"], int)]
    satisfied_word = _("satisfied")
    alt = ". ".join(
        f"{each['who']}: {percent(each['positive'])} {satisfied_word}{_range(each)}"
        for each in shown
    )
    return Picture(satisfied(shown), f"{alt}.")


def _range(card: Data) -> str:
    if card["low"] is None:
        return ""
    return str(_(", range %(low)s to %(high)s", low=card["low"], high=card["high"]))


def _card(card: Data) -> Iterator[Block]:
    yield Facts(tuple(_card_facts(card)))
    notes = [*card["change"], card["weighting"]]
    notes += [f"{card['range_is']}."] if card["range_is"] else []
    yield Paragraph((English(" ".join(notes)),), is_quiet=True)
    if card["areas"]:
        header = (
            _("Area"),
            _("Satisfied"),
            _("Range"),
            _("Dissatisfied"),
            _("Replies, to the nearest 5"),
            _("Beside the rest"),
        )
        by_area = tuple(tuple(row) for row in card["areas"])
        yield Table(
            sentence(_("Satisfied by area: %(who)s. In map order, not weighted."), who=card["who"]),
            header,
            by_area,
            numbers=(1, 2, 3, 4),
        )
        yield Paragraph((card["areas_say"],), is_quiet=True)
    for variable, rows in card["who_replied"]:
        caption = sentence(_("Who replied. %(who)s: %(what)s"), who=card["who"], what=variable)
        replied = tuple(tuple(row) for row in rows)
        yield Table(caption, (variable, _("Replies, to the nearest 5")), replied, numbers=(1,))


def _card_facts(card: Data) -> Iterator[tuple[str, str]]:
    yield _("Who"), English(f"{card['who']} ({card['series']})")
    if card["why_hidden"]:
        yield _("Satisfied"), card["why_hidden"]
        return
    yield _("Satisfied"), percent(card["positive"]) + _range(card)
    yield _("Dissatisfied"), percent(card["negative"]) or _("Not shown, to protect a small group")
    low = _("Low base: treat with caution") if card["is_low_base"] else ""
    base = _("About %(people)s people gave a view.", people=card["base"])
    yield _("Replies"), f"{base} {low}".strip()
    yield _("Survey"), card["survey"]


def _easy_card(card: Data) -> Block:
    who = English(f"{card['who']}:")
    if not isinstance(card["positive"], int):
        return easy("time", who, _("We have no number to show yet."))
    return easy(
        "face-good",
        who,
        _("Think of 100 people."),
        _("About %(n)s of them are happy with the help.", n=card["positive"]),
    )


# ---- in time, and the promises


def _in_time(telling: Telling) -> Section:
    """Of the usual reading only: easy read has what it says in the answers themselves."""
    said = [] if telling.easy_read else telling.data["in_time"]
    return Section(_("Answers in time"), tuple(paragraphs(*said)), "in-time")


def _promises(telling: Telling) -> Section:
    found = [] if telling.easy_read else telling.data["promises"]
    names = side_words()
    rows = tuple(
        (
            English(f"{each['number']}. {each['name']}"),
            *(format_decimal(each["counts"][side]) for side in names),
        )
        for each in found
    )
    caption = _("How many pieces of evidence there are, in the 12 months before it was made")
    header = (_("What was promised"), *names.values())
    blocks = (Table(caption, header, rows, numbers=(1, 2, 3)),) if rows else ()
    return Section(_("What the strategy promised"), blocks, "promises")


# ---- the ambitions


def _ambition(telling: Telling, ambition: Data) -> Section:
    name = ambition["short_name"] if telling.easy_read else ambition["name"]
    number = str(ambition["number"])
    title = sentence(_("Ambition %(number)s: %(name)s"), number=number, name=name)
    none = telling.pick(
        _("No theme about this ambition was accepted this year."), _("Nobody told us about this.")
    )
    blocks = _heard(telling, [ambition["code"]], title) or paragraphs(none)
    return Section(title, tuple(blocks), ambition["code"])


def _of_none(telling: Telling) -> Section:
    known = {each["code"] for each in telling.data["ambitions"]}
    every = [*telling.themes, *telling.data["unanswered"]]
    others = dict.fromkeys(each["ambition"] for each in every if each["ambition"] not in known)
    title = telling.pick(_("About no one ambition"), _("Other things you said"))
    return Section(title, tuple(_heard(telling, [*others], title)), "other")


def _heard(telling: Telling, ambitions: Sequence[str | None], title: str) -> list[Block]:
    themes = [each for each in telling.themes if each["ambition"] in ambitions]
    answers = list(parts.pairs(telling, themes))
    waiting = [
        block for code in ambitions for block in parts.without_answer(telling, "ambition", code)
    ]
    if telling.easy_read or not themes:
        return [*answers, *waiting]
    rows = tuple((each["name"], parts.people_words(each), _stands(each)) for each in themes)
    header = (_("What we heard"), _("How many people"), _("What came of it"))
    caption = sentence(_("Themes. %(ambition)s"), ambition=title)
    return [Table(caption, header, rows), *waiting, *answers]


def _stands(theme: Data) -> str:
    said = [str(KIND_WORDS[each["kind"]]) for each in theme["answers"]]
    said += [_("checked by families") for each in theme["answers"] if each["families_say"]]
    said += [_("a difference is shown") for each in theme["answers"] if each["is_difference_shown"]]
    return "; ".join(dict.fromkeys(said))
