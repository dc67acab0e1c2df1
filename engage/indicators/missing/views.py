"""Where staff see who has not answered a survey yet, and where to go next."""

import io

from flask import Blueprint, render_template, send_file
from flask.typing import ResponseReturnValue

from engage.indicators import names
from engage.indicators.ledger import queries as ledger_queries
from engage.indicators.missing import words as missing_words
from engage.indicators.missing.balance import JUMPY_BASE
from engage.indicators.missing.findings import Findings, find
from engage.indicators.missing.queries import Gathered, gather
from engage.indicators.missing.where_to_go import ways_used
from engage.indicators.missing.words import Labels
from engage.indicators.others.margins import margins_in_force
from engage.indicators.q.weighted import Population
from engage.people.access import Permission, staff_may
from engage.responses.export import write_csv
from engage.surveys.asked import our_survey
from engage.surveys.the_pack import the_pack

bp = Blueprint("missing", __name__, url_prefix="/staff/surveys/<slug>/who-is-missing")
sees = staff_may(Permission.VIEW_RESULTS)


@bp.get("")
@sees
def index(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    gathered = gather(survey)
    population = _population(gathered)
    found, labels = _found(gathered, population), Labels(gathered.names, the_pack())
    return render_template(
        "indicators/staff_missing.html",
        survey=survey,
        title=survey.versions[-1].title(),
        audience=gathered.audience,
        population=population,
        found=found,
        labels=labels,
        is_jumpy=gathered.total < JUMPY_BASE,
        steps=missing_words.steps(found, labels, the_pack(), gathered.audience),
        ways=missing_words.way_rows(
            ways_used(ledger_queries.entries(), gathered.audience), the_pack()
        ),
        words=missing_words,
        names=names,
    )


@bp.get("/who-is-missing.csv")
@sees
def download(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    gathered = gather(survey)
    found = _found(gathered, _population(gathered))
    file = io.BytesIO()
    write_csv(missing_words.file_rows(found, Labels(gathered.names, the_pack())), file)
    file.seek(0)
    name = f"{survey.slug}-who-is-missing.csv"
    return send_file(file, mimetype="text/csv", as_attachment=True, download_name=name)


def _population(gathered: Gathered) -> Population | None:
    """Margins speak of one audience; a survey for several is nobody's population."""
    return margins_in_force(gathered.audience) if gathered.audience else None


def _found(gathered: Gathered, population: Population | None) -> Findings:
    margins = population.shares if population else {}
    return find(gathered.by_variable, gathered.by_channel, gathered.by_day, margins)
