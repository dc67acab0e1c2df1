"""What a public page says of a survey before its answers: of whom, when, and how many came."""

from typing import Any

from flask import url_for
from flask_babel import format_decimal
from flask_babel import gettext as _

from engage.loop import queries
from engage.loop.pairs import Reading, audience_name, audience_words
from engage.responses.models import Snapshot
from engage.surveys.models import Survey, SurveyVersion
from engage.surveys.timing import last_day
from engage.web.i18n import long_day


def survey_row(
    version: SurveyVersion, snapshot: Snapshot | None, reading: Reading
) -> dict[str, Any]:
    easy, slug = reading.easy_read, version.survey.slug
    return {
        "title": version.title(easy),
        "url": url_for("loop_public.survey", slug=slug, read="easy" if easy else None),
        "people": how_many(snapshot),
        "is_invented": version.survey.is_invented,
    }


def about(survey: Survey, snapshot: Snapshot | None, reading: Reading) -> dict[str, Any]:
    """What was asked, of whom, when, and how many answered."""
    version = queries.published_versions([survey.id])[survey.id]
    easy = reading.easy_read
    names = [audience_name(code, reading.pack, easy) for code in version.audiences]
    facts = [(_("We asked"), "; ".join(names)), (_("When"), when(version))]
    facts.append((_("How many"), how_many(snapshot)))
    if snapshot and not easy and len(snapshot.data["audiences"]) > 1:
        who = audience_words(snapshot.data["audiences"], reading.pack)
        facts += [(_("Who answered"), ", ".join(who))] if who else []
    if snapshot:
        facts.append((_("Counted on"), long_day(snapshot.made_at)))
    return {
        "title": version.title(easy),
        "slug": survey.slug,
        "facts": facts,
        "has_easy_title": any(text.easy_read for text in version.wordings),
    }


def how_many(snapshot: Snapshot | None) -> str:
    if snapshot is None:
        return str(_("We will show how many people when the next count is made."))
    people = snapshot.data["people"]
    if people is None:
        return str(_("Fewer than 10 people answered."))
    return str(_("About %(count)s people answered.", count=format_decimal(people)))


def when(version: SurveyVersion) -> str:
    began = version.opens_at or version.published_at
    ended = version.closed_at or version.closes_at
    start = long_day(began) if began else ""
    if ended is None:
        return str(_("Since %(day)s", day=start))
    return str(_("%(start)s to %(end)s", start=start, end=long_day(last_day(ended))))
