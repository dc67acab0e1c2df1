"""How groups, ways of answering and filters are called on the pages."""

from flask_babel import gettext as _

from engage.analysis.exploring import queries
from engage.analysis.exploring.heard import PARENTS, STAFF, UNKNOWN, YOUNG_PEOPLE
from engage.surveys.the_pack import the_pack


def groups() -> dict[str, str]:
    return {
        PARENTS: _("Parents and carers"),
        YOUNG_PEOPLE: _("Children and young people"),
        STAFF: _("People who work with them, and others"),
        UNKNOWN: _("Did not say"),
    }


def modes() -> dict[str, str]:
    return {
        "web": _("On the web"),
        "easy_read": _("On the web, easy read"),
        "import": _("Brought from a file"),
        "demo": _("Made up for the example"),
    }


def feelings() -> dict[str, str]:
    return {
        "positive": _("Positive"),
        "mixed": _("Mixed"),
        "neutral": _("Neutral"),
        "negative": _("Negative"),
    }


def everything(survey_id: int) -> dict[str, dict[str, str]]:
    """For each filter, the words for its values; a value that is not there is its own word."""
    pack = the_pack()
    audiences = {audience.code: audience.label for audience in pack.audiences}
    return {
        "audience": audiences | queries.audience_names(survey_id),
        "area": queries.area_names(survey_id),
        "mode": modes(),
        "wave": {},
        "sentiment": feelings(),
        "ambition": {a.code: f"{a.number}. {a.short_name}" for a in pack.ambitions},
        "theme": {},
    }
