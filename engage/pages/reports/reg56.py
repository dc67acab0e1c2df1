"""The yearly report that regulation 56 of the SEND Regulations 2014 asks for. Knows no database."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.indicators.q.display import percent
from engage.pages.reports import building, parts
from engage.pages.reports.building import Telling, easy, paragraphs
from engage.pages.reports.report import (
    Block,
    ListOf,
    Mixed,
    Paragraph,
    Report,
    Section,
    Table,
    sentence,
)
from engage.web.i18n import long_day

SEEK = _l(
    "Regulation 56 of the Special Educational Needs and Disability Regulations 2014 asks a local "
    "authority to seek comments from children and young people with special educational needs or "
    "disabilities, and from parents, about:"
)
PUBLISH = _l(
    "It must publish the comments and its response, with the action it intends to take, at least "
    "once a year and in a way that identifies nobody. It need not publish comments about the "
    "service that one person gets. Comments are told here as themes: what several people said, in "
    "one place, with one answer."
)
GENERAL = None  # the group of themes that are about no part of the Local Offer
PARTS = ("a_content", "b_accessibility", "c_development")


def build(telling: Telling) -> Report:
    title = telling.pick(
        _("Comments on the Local Offer and services, and our response"),
        _("What you told us, and what we do"),
    )
    subtitle = telling.pick(
        _("Report under regulation 56, %(period)s", period=building.period(telling.data)),
        building.period(telling.data),
    )
    return building.report(telling, title, subtitle, _sections(telling))


def _sections(telling: Telling) -> Iterator[Section]:
    yield _duty(telling)
    yield parts.who_was_asked(telling)
    yield from (_part(telling, part) for part in (*PARTS, GENERAL))
    yield parts.what_cannot_be_done(telling)
    yield parts.what_is_late(telling)
    yield parts.how_to_challenge(telling)
    yield parts.about(telling)


def _duty(telling: Telling) -> Section:
    if telling.easy_read:
        blocks: list[Block] = [
            easy("info", _("The Local Offer is a website."), _("It tells you what help there is.")),
            easy("say", _("The law says that we must ask what you think of it.")),
            easy("write", _("We must write down what you said and what we will do.")),
        ]
        return Section(_("Why we made this"), (*building.not_over_yet(telling), *blocks), "duty")
    about = (
        _("the content of its Local Offer: the quality of what is there, and what is missing"),
        _("how accessible its information is"),
        _("how the Local Offer was developed and reviewed, and who was involved"),
    )
    blocks = [Paragraph((str(SEEK),)), ListOf(about), Paragraph((str(PUBLISH),))]
    return Section(_("What the law asks of us"), (*building.not_over_yet(telling), *blocks), "duty")


# ---- one part of the regulation


def _part(telling: Telling, part: str | None) -> Section:
    themes = [each for each in telling.themes if each["group"] == part]
    figures = [each for each in telling.data["figures"] if each["part"] == part]
    blocks: list[Block] = [
        *(_figure(telling, each) for each in figures),
        *parts.pairs(telling, themes),
        *parts.without_answer(telling, "group", part),
    ]
    if not blocks:
        blocks = paragraphs(
            telling.pick(
                _("No theme about this was accepted this year."), _("Nobody told us about this.")
            )
        )
    return Section(_heading(telling, part), tuple(blocks), part or "general")


def _heading(telling: Telling, part: str | None) -> str:
    return {
        "a_content": telling.pick(
            _("(a) Content and quality of the Local Offer, and what is missing"),
            _("What is on the website"),
        ),
        "b_accessibility": telling.pick(
            _("(b) How accessible the information is"), _("How easy the website is")
        ),
        "c_development": telling.pick(
            _("(c) How the Local Offer was developed, and who was involved"),
            _("How the website was made"),
        ),
        GENERAL: telling.pick(_("About services in general"), _("What you said about help")),
    }[part]


def _figure(telling: Telling, figure: Mapping[str, Any]) -> Block:
    wording = figure["wording_easy" if telling.easy_read else "wording"]
    if figure["base"] is None:
        why = _("Not shown: fewer than 30 replies, or too few to tell.")
        return Paragraph((Mixed.of(wording, " ", why),))
    rows = tuple(
        (each["answer"], percent(each["percent"]) or _("hidden")) for each in figure["shares"]
    )
    return Table(_caption(telling, figure, wording), (_("Answer"), _("Share")), rows, numbers=(1,))


def _caption(telling: Telling, figure: Mapping[str, Any], wording: str) -> str:
    people = _("%(wording)s About %(base)s people gave a view.")
    # By year the figures of two reports could be taken from one another.
    counted_on = date.fromisoformat(figure.get("counted_on") or telling.data["made_on"])
    rest = [_("These are all answers until %(day)s.", day=long_day(counted_on))]
    rest += [_("They could choose several.")] if figure["is_many"] else []
    said = sentence(people, wording=wording, base=str(figure["base"]))
    return Mixed.of(said, " ", " ".join(rest))
