"""Where people code the same comments, each for themselves, and see how far they agree."""

import io
from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.analysis.checking import figures, operations, queries
from engage.analysis.checking.agreement import in_words
from engage.analysis.checking.forms import NO_THEME, CodingForm, as_chosen, coding_form
from engage.analysis.checking.models import CheckItem, CheckRound
from engage.analysis.checking.results import Results
from engage.clock import today
from engage.errors import NotReadyError
from engage.people.access import Permission, current_staff, may, staff_may
from engage.responses import export
from engage.surveys.asked import our_survey
from engage.surveys.models import Survey
from engage.surveys.the_pack import the_pack

bp = Blueprint("checking", __name__, url_prefix="/staff/surveys/<slug>/checking")

NUMBER = "int(max=2147483647)"


@bp.app_template_filter("kappa_words")
def kappa_words(kappa: float | None) -> str:
    """The words of Landis and Koch for a kappa; none where it is not defined."""
    if kappa is None:
        return ""
    words = {
        "poor": _("poor"),
        "slight": _("slight"),
        "fair": _("fair"),
        "moderate": _("moderate"),
        "substantial": _("substantial"),
        "almost perfect": _("almost perfect"),
    }
    return str(words[in_words(kappa)])


@bp.app_template_filter("two_decimals")
def two_decimals(value: float | None) -> str:
    return str(_("not measured")) if value is None else f"{value:.2f}"


@bp.get("")
@staff_may(Permission.CURATE, Permission.READ_ANSWERS)
def index(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    rounds = queries.rounds_of(survey.id)
    round = next((each for each in rounds if each.ended_at is None), None)
    return render_template(
        "checking/index.html",
        survey=survey,
        title=survey.versions[-1].title(),
        round=round,
        standing=queries.standing(round, current_staff()) if round else None,
        may_code=may_code(),
        ended=[each for each in rounds if each.ended_at],
        comments=queries.comments_in(rounds),
        themes=queries.accepted_themes(survey.id),
    )


@bp.post("")
@staff_may(Permission.CURATE)
def begin(slug: str) -> ResponseReturnValue:
    operations.begin(our_survey(slug), current_staff())
    flash(_("The round has begun. Ask another person to code the same comments."))
    return redirect(url_for(".index", slug=slug), 303)


@bp.post("/end")
@staff_may(Permission.CURATE)
def end(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    round = open_round(survey)
    operations.end(round, survey, current_staff(), early=request.form.get("early") == "yes")
    flash(_("The round has ended. Here is how far people agree."))
    return redirect(url_for(".results", slug=slug, round_id=round.id), 303)


# ---- one comment a page; reading it is recorded, so it is a POST


@bp.post("/next")
@staff_may(Permission.CURATE)
def open_next(slug: str) -> ResponseReturnValue:
    only_readers()
    survey = our_survey(slug)
    round = open_round(survey)
    item = queries.next_item(round, current_staff())
    if item is None:
        flash(_("You have coded all the comments. Thank you."))
        return redirect(url_for(".index", slug=slug), 303)
    return opened(survey, round, item)


@bp.post(f"/<{NUMBER}:item_id>/before")
@staff_may(Permission.CURATE)
def open_before(slug: str, item_id: int) -> ResponseReturnValue:
    """The comment before this one, with what this person said of it, to be changed."""
    only_readers()
    survey = our_survey(slug)
    round = open_round(survey)
    item = queries.item_of(round, item_id)
    if item is None:
        return left_out(slug)
    return opened(survey, round, queries.item_before(item) or item)


@bp.post(f"/<{NUMBER}:item_id>")
@staff_may(Permission.CURATE)
def code(slug: str, item_id: int) -> ResponseReturnValue:
    only_readers()
    survey, staff = our_survey(slug), current_staff()
    round = queries.round_of_item(survey.id, item_id)
    item = queries.item_of(round, item_id) if round else None
    if round is None or item is None:
        return left_out(slug)
    form = coding_form(queries.themes_of(round).values())
    if not form.validate_on_submit():
        return comment_page(survey, round, item, form), 422
    operations.code(round, item, form.chosen, staff)
    return open_next(slug)


def left_out(slug: str) -> ResponseReturnValue:
    """Somebody took it back, or it is with the safeguarding lead, since the page was opened."""
    flash(_("That comment can no longer be read, so it is left out of the round."))
    return open_next(slug)


def opened(survey: Survey, round: CheckRound, item: CheckItem) -> str:
    staff = current_staff()
    operations.open_words(item, staff, survey.slug)
    own = queries.coding_of(item, staff)
    form = coding_form(queries.themes_of(round).values())
    form.themes.data = as_chosen(own.themes if own else None)
    return comment_page(survey, round, item, form)


def comment_page(survey: Survey, round: CheckRound, item: CheckItem, form: CodingForm) -> str:
    """Holds what this person said and nothing of anybody else's, nor of the machine's."""
    standing = queries.standing(round, current_staff())
    return render_template(
        "checking/comment.html",
        survey=survey,
        item=item,
        words=queries.words_of(item),
        place=queries.place_of(item),
        standing=standing,
        has_before=queries.item_before(item) is not None,
        form=form,
        options=options(round),
        page_errors=[("#themes", error) for error in form.themes.errors],
    )


def options(round: CheckRound) -> list[dict[str, Any]]:
    named = [
        {"code": str(theme.id), "text": theme.name, "hint": theme.definition}
        for theme in queries.themes_of(round).values()
    ]
    return [*named, {"code": NO_THEME, "text": _("It fits no theme"), "is_missing": True}]


# ---- what came of it


@bp.get(f"/<{NUMBER}:round_id>/results")
@staff_may(Permission.READ_ANSWERS)
def results(slug: str, round_id: int) -> ResponseReturnValue:
    survey = our_survey(slug)
    round = ended_round(survey, round_id)
    found = queries.results_of(round)
    return render_template(
        "checking/results.html",
        survey=survey,
        title=survey.versions[-1].title(),
        round=round,
        comments=queries.comments_in([round]).get(round.id, 0),
        standing=queries.standing(round, current_staff()),
        results=found,
        names=theme_names(round),
        audiences=audience_names(found),
    )


@bp.post(f"/<{NUMBER}:round_id>/figures.csv")
@staff_may(Permission.READ_ANSWERS)
def download(slug: str, round_id: int) -> ResponseReturnValue:
    survey = our_survey(slug)
    round = ended_round(survey, round_id)
    found = queries.results_of(round)
    operations.take_figures(round, current_staff(), slug)
    rows = figures.rows(found, theme_names(round), audience_names(found))
    file = io.BytesIO()
    export.write_csv(([export.harmless(text) for text in row] for row in rows), file)
    file.seek(0)
    return send_file(
        file,
        mimetype="text/csv; charset=utf-8",
        as_attachment=True,
        download_name=file_name(survey),
        max_age=0,
    )


def file_name(survey: Survey) -> str:
    made_up = "made-up-" if survey.is_invented else ""
    return f"{made_up}agreement-{survey.slug}-{today().isoformat()}.csv"


def theme_names(round: CheckRound) -> dict[int, str]:
    """As they are called now. A theme that somebody took back has no name any more."""
    known = queries.themes_of(round)
    gone = str(_("A theme that was taken back"))
    return {id: known[id].name if id in known else gone for id in round.themes}


def audience_names(found: Results) -> dict[str, str]:
    known = {each.code: each.label for each in the_pack().audiences}
    shown = {group.audience for each in found.comparisons for group in each.groups}
    return {code: known.get(code) or str(_("Did not say")) for code in shown}


# ---- who may, and which round


def may_code() -> bool:
    return may(Permission.CURATE) and may(Permission.READ_ANSWERS)


def only_readers() -> None:
    """Coding is reading too: both are needed."""
    if not may_code():
        abort(403)


def open_round(survey: Survey) -> CheckRound:
    round = queries.open_round(survey.id)
    if round is None:
        raise NotReadyError(_("No round is open. Begin one on the page before."))
    return round


def ended_round(survey: Survey, round_id: int) -> CheckRound:
    """The codes stay apart until everybody has done theirs."""
    round = queries.round_of(survey.id, round_id)
    if round.ended_at is None:
        raise NotReadyError(_("The figures come when the round has ended."))
    return round
