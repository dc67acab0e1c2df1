"""The published reports, for everyone: as pages, PDF, Word and data."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    jsonify,
    make_response,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from engage.clock import day_of
from engage.loop.pairs import Reading
from engage.loop.public_views import reading_now
from engage.mail import public_address
from engage.pages.reports.collecting import ANNUAL, KINDS, REG56
from engage.pages.reports.files_kept import FilesKept
from engage.pages.reports.queries import (
    Edition,
    edition_of,
    editions,
    editions_of,
    newest_of,
)
from engage.pages.reports.report import English, Mixed, Report
from engage.pages.reports.showing import FILES, data_now, document_now, report_now
from engage.pages.reports.years import Year, year_called
from engage.web.access import public
from engage.web.i18n import in_english, say_it_is_invented

bp = Blueprint("reports", __name__, url_prefix="/reports")
ONE = f"/<any({', '.join(KINDS)}):kind>/<year>"
EARLIER = f"{ONE}/editions/<int(max=9999):number>"
ENDINGS = f"<any({', '.join(FILES)}):ending>"
GONE = 410
kept = FilesKept()


@bp.app_template_filter("drawing")
def drawing_address(svg: str) -> str:
    """The `src` of a drawing."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


@bp.app_template_filter("told")
def in_its_language(text: str) -> str:
    """Words that stay English are marked so on pages in another language."""
    if isinstance(text, Mixed):
        return Markup().join(in_its_language(each) for each in text.parts)
    return in_english(text) if text and isinstance(text, English) else text


@dataclass(frozen=True, slots=True)
class Named:
    """A report in a list: what it is called and where it is."""

    title: str
    year: str
    edition: Edition
    url: str


def kind_name(kind: str) -> str:
    names: dict[str, str] = {
        ANNUAL: _("What we heard and what we did: annual report"),
        REG56: _("Comments on the Local Offer, and our response"),
    }
    return names[kind]


@bp.get("")
@public
def index() -> ResponseReturnValue:
    reading = reading_now()
    found = [newest_of(each) for each in editions().values()]
    standing = [each for each in found if each.down_at is None]
    newest = sorted(standing, key=lambda each: (each.year.code, each.kind), reverse=True)
    say_it_is_invented(any(each.is_invented for each in newest))
    listed = [_named(each, reading) for each in newest]
    return render_template("reports/index.html", reports=listed, easy_read=reading.easy_read)


def _named(edition: Edition, reading: Reading) -> Named:
    url = url_for(
        "reports.page",
        kind=edition.kind,
        year=edition.year.code,
        read="easy" if reading.easy_read else None,
    )
    return Named(kind_name(edition.kind), edition.year.code, edition, url)


# ---- the newest edition, or the one of that number


@bp.get(ONE)
@bp.get(EARLIER)
@public
def page(kind: str, year: str, number: int | None = None) -> ResponseReturnValue:
    return page_of(standing_or_404(kind, year, number), at_number=number is not None)


@bp.get(f"{ONE}.{ENDINGS}")
@bp.get(f"{EARLIER}.{ENDINGS}")
@public
def file(kind: str, year: str, ending: str, number: int | None = None) -> ResponseReturnValue:
    return file_of(standing_or_404(kind, year, number), ending)


@bp.get(f"{ONE}.json")
@bp.get(f"{EARLIER}.json")
@public
def data(kind: str, year: str, number: int | None = None) -> ResponseReturnValue:
    return data_of(standing_or_404(kind, year, number))


def standing_or_404(kind: str, year: str, number: int | None) -> Edition:
    """Where it was taken down, its address says so in whatever form it was asked for."""
    try:
        found = edition_of(kind, year_called(year), number)
    except LookupError:
        abort(404)
    if found.down_at is not None:
        abort(make_response(taken_down(found), GONE))
    return found


# ---- one edition in each form


def page_of(found: Edition, at_number: bool) -> str:
    reading = reading_now()
    say_it_is_invented(found.is_invented)
    place = Place(found, reading, at_number)
    return render_template(
        "reports/report.html",
        report=report_now(found.data, found.published_at, reading),
        edition=found,
        others=[each for each in others_of(found) if each.down_at is None],
        place=place,
    )


@dataclass(frozen=True, slots=True)
class Place:
    """The addresses of one edition: each form, each reading, and its siblings."""

    edition: Edition
    reading: Reading
    at_number: bool = False

    def url(self, form: str = "", easy_read: bool | None = None, **more: Any) -> str:
        easy = self.reading.easy_read if easy_read is None else easy_read
        values = {"kind": self.edition.kind, "year": self.edition.year.code, **more}
        if self.at_number:
            values["number"] = self.edition.number
        if form == "json":
            return url_for("reports.data", **values)
        values["read"] = "easy" if easy else None
        return url_for("reports.file" if form else "reports.page", ending=form or None, **values)

    def address(self) -> str:
        """The whole of it, for paper."""
        return public_address(self.url(look=None, lang=None))

    def of(self, other: Edition) -> str:
        return Place(other, self.reading, at_number=True).url()


def others_of(found: Edition) -> list[Edition]:
    return [each for each in editions_of(found.kind, found.year) if each.number != found.number]


def taken_down(found: Edition) -> str:
    """Said at its own address: an address that only stops working leaves people to wonder."""
    reading = reading_now()
    say_it_is_invented(found.is_invented)
    return render_template(
        "reports/taken_down.html",
        edition=found,
        title=kind_name(found.kind),
        others=[each for each in others_of(found) if each.down_at is None],
        place=Place(found, reading),
    )


def file_of(found: Edition, ending: str) -> Response:
    make, mimetype = FILES[ending]
    reading = reading_now()
    told = document_now(found.data, found.published_at, reading)
    mark = _mark_of(told, ending)
    file = Response(mimetype=mimetype)
    file.set_etag(mark, weak=True)
    file.make_conditional(request)
    if file.status_code == 200:
        file.set_data(kept.get(mark, lambda: make(told)))
    name = name_of(found.kind, found.year, reading.easy_read, ending)
    file.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return file


def _mark_of(told: Report, ending: str) -> str:
    """Known before the file is made: making it costs a hundred times more."""
    return sha256(f"{ending} {told!r}".encode()).hexdigest()


def name_of(kind: str, year: Year, easy_read: bool, ending: str) -> str:
    what = {REG56: "local-offer-report", ANNUAL: "annual-report"}[kind]
    return f"{what}-{year.code}{'-easy-read' if easy_read else ''}.{ending}"


def data_of(found: Edition) -> Response:
    return jsonify(
        {
            "edition": found.number,
            "published_on": _day(found.published_at),
            "replaced_on": _day(found.replaced_at),
            "newer_taken_down_on": _day(found.newer_down_at),
            "checksum_when_published": found.snapshot.checksum,
            **data_now(found.data, found.published_at),
        }
    )


def _day(moment: datetime | None) -> str | None:
    return day_of(moment).isoformat() if moment else None
