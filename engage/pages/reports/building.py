"""What a report is told from and in which reading, and the frame of both. Knows no database.

Everything is said twice: in the usual words, and in easy read with shorter ones. What officers
wrote stays as they wrote it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.pages.reports.report import Block, Note, Notes, Paragraph, Quotes, Report, Section
from engage.web.i18n import long_day

NOT_OVER = _l("This year is not over. The report says how things stood on the day it was made.")
LANGUAGE = "en-GB"
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Telling:
    """The data of a report, the reading it is told in, and what is asked anew each time."""

    data: Data
    easy_read: bool
    quotes: Quotes
    co_lead_notes: Notes
    taken_down: int = 0  # answers that were in it

    def pick(self, standard: str, easy: str) -> str:
        return easy if self.easy_read else standard

    @property
    def themes(self) -> Sequence[Data]:
        found: Sequence[Data] = self.data["themes"]
        return found

    @property
    def answered(self) -> list[tuple[Data, Data]]:
        """Each answer with its theme."""
        return [(theme, each) for theme in self.themes for each in theme["answers"]]


def report(telling: Telling, title: str, subtitle: str, sections: Iterable[Section]) -> Report:
    data = telling.data
    made_on = long_day(date.fromisoformat(data["made_on"]))
    return Report(
        title=title,
        subtitle=subtitle,
        language=LANGUAGE,
        is_easy_read=telling.easy_read,
        invented=_("Example with made-up answers. Nobody said or did this.")
        if data["is_invented"]
        else "",
        made_on=_("Made on %(day)s", day=made_on),
        sections=tuple(section for section in sections if section.blocks),
        place=data["place"],
        words=tuple(small_words().items()),
    )


def small_words() -> dict[str, str]:
    """What renderers write between the parts of a pair."""
    return {
        "you_said": _("You said"),
        "instead": _("Instead:"),
        "disagree": _("If you disagree,"),
        "owner": _("Who answers for this:"),
        "changed": _("Last changed:"),
        "from_people": _("From what people wrote"),
        "no_shape": _(
            "□ stands for a letter that this file has no shape for. The web page has it."
        ),
    }


def period(data: Data) -> str:
    begins, ends = (long_day(date.fromisoformat(data[name])) for name in ("from", "to"))
    return str(_("%(begins)s to %(ends)s", begins=begins, ends=ends))


def not_over_yet(telling: Telling) -> list[Block]:
    if telling.data["is_over"]:
        return []
    return [Note(telling.pick(str(NOT_OVER), _("This year is not over yet.")))]


def paragraphs(*texts: str) -> list[Block]:
    return [Paragraph((text,)) for text in texts]


def easy(picture: str, *lines: str) -> Paragraph:
    return Paragraph(lines, picture=picture)
