"""Where staff take the answers away as a file. What was taken, when and by whom is recorded."""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import IO, Any

from flask import Blueprint, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from engage.extensions import long_reading
from engage.people.access import Permission, current_staff, staff_may
from engage.people.audit import record
from engage.responses import export, queries
from engage.surveys.asked import our_survey
from engage.surveys.definition import SurveyDefinition
from engage.surveys.models import Survey
from engage.surveys.queries import definition_of, latest_version
from engage.surveys.timing import first_day

bp = Blueprint("responses_staff", __name__, url_prefix="/staff/surveys/<slug>")

Rows = Iterable[Sequence[str]]
Write = Callable[[Survey, Rows, IO[bytes]], None]
IN_MEMORY = 4 * 1024 * 1024  # bytes; a larger file waits on the disk


def write_csv(survey: Survey, rows: Rows, file: IO[bytes]) -> None:
    export.write_csv(rows, file)


def write_xlsx(survey: Survey, rows: Rows, file: IO[bytes]) -> None:
    export.write_xlsx(rows, file, export.codes_of(list(published(survey).values())))


KINDS: dict[str, tuple[Write, str]] = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@bp.get("/export")
@staff_may(Permission.EXPORT)
def choose(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    columns = export.columns_of(list(published(survey).values()))
    return render_template(
        "responses/staff_export.html",
        survey=survey,
        title=latest_version(survey).title(),
        sent=queries.sent_count(survey.id),
        about=export.ABOUT,
        columns=columns,
    )


@bp.post("/export.<any(csv, xlsx):kind>")
@staff_may(Permission.EXPORT)
def download(slug: str, kind: str) -> ResponseReturnValue:
    # A large file takes many seconds, and people who answer must not wait for it.
    with long_reading():
        file, name, sent = written(our_survey(slug), kind, with_labels="labels" in request.form)
    record(current_staff(), "downloaded the answers", slug, file=kind, answers=sent)
    mimetype = KINDS[kind][1]
    return send_file(file, mimetype=mimetype, as_attachment=True, download_name=name, max_age=0)


def written(survey: Survey, kind: str, *, with_labels: bool) -> tuple[IO[bytes], str, int]:
    """The file, its name, and how many responses are in it.

    It is written in whole before it is sent: a slow line would otherwise keep the database busy.
    """
    if not published(survey):
        abort(404)
    file: Any = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 — sent, then closed
    write, _mimetype = KINDS[kind]
    write(survey, rows_of(survey, with_labels=with_labels), file)
    file.seek(0)
    return file, file_name(survey, kind), queries.sent_count(survey.id)


def rows_of(survey: Survey, *, with_labels: bool) -> Iterable[list[str]]:
    definitions = published(survey)
    return export.table(
        export.columns_of(list(definitions.values())),
        queries.sent_responses(definitions),
        with_labels=with_labels,
        is_invented=survey.is_invented,
    )


def published(survey: Survey) -> dict[int, SurveyDefinition]:
    """What people were asked, by version id, the newest first."""
    versions = [version for version in reversed(survey.versions) if version.published_at]
    return {version.id: definition_of(version.id) for version in versions}


def file_name(survey: Survey, kind: str) -> str:
    made_up = "made-up-" if survey.is_invented else ""
    return f"{made_up}answers-{survey.slug}-{first_day(datetime.now(UTC)).isoformat()}.{kind}"
