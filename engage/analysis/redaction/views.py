"""Where somebody decides what to take out of a comment.

The list shows numbers and no words. Words are opened by a POST, one comment at a time, and that
is recorded.
"""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.analysis.redaction import operations, queries
from engage.analysis.redaction.applying import READ, in_pieces, is_decided
from engage.analysis.redaction.forms import Mark, RedactionForm, decided_in, redaction_form
from engage.analysis.redaction.lists import rules
from engage.analysis.redaction.places import Places, places_of
from engage.analysis.redaction.rules import suggest
from engage.people.access import Permission, current_staff, may, staff_may
from engage.responses.models import Answer
from engage.surveys import asked
from engage.surveys.models import Survey
from engage.surveys.the_pack import the_pack

bp = Blueprint("redaction", __name__, url_prefix="/staff/surveys/<slug>/redaction")

ON_A_PAGE = 50
LARGEST_ID = 2**31 - 1
reads = staff_may(Permission.READ_ANSWERS)


@bp.get("")
@reads
def index(slug: str) -> ResponseReturnValue:
    survey = our_survey(slug)
    page = asked.page_number()
    lines = queries.decided_lines(survey.id, page, ON_A_PAGE)
    return render_template(
        "redaction/index.html",
        survey=survey,
        title=survey.versions[-1].title(),
        standing=queries.standing(survey.id, county()),
        lines=lines[:ON_A_PAGE],
        number=page,
        is_last=len(lines) <= ON_A_PAGE,
    )


@bp.post("/next")
@reads
def open_next(slug: str) -> ResponseReturnValue:
    """Reading what people wrote is recorded, so it is a POST."""
    survey = our_survey(slug)
    after = request.args.get("after", type=int)
    return next_page(survey, after if after is not None and 0 <= after <= LARGEST_ID else None)


@bp.post("/<int(max=2147483647):answer_id>")
@reads
def open_one(slug: str, answer_id: int) -> ResponseReturnValue:
    survey = our_survey(slug)
    return opened(survey, queries.comment(survey.id, answer_id))


@bp.post("/<int(max=2147483647):answer_id>/decide")
@reads
def decide(slug: str, answer_id: int) -> ResponseReturnValue:
    survey = our_survey(slug)
    answer = queries.comment(survey.id, answer_id)
    marks = marks_of(answer)
    form = redaction_form(str(answer.value), marks)
    if not form.validate_on_submit():
        return comment_page(survey, answer, marks, form), 422
    operations.decide(
        answer, decided_in(form, marks), current_staff(), datetime.now(UTC), survey.slug
    )
    if request.args.get("stop"):
        flash(_("What you decided is kept."))
        return redirect(url_for(".index", slug=slug), 303)
    return next_page(survey, answer_id)


def next_page(survey: Survey, after: int | None) -> ResponseReturnValue:
    answer = queries.next_to_decide(survey.id, county(), after)
    if answer is None:
        flash(_("There is nothing more after this one. What you decided is kept."))
        return redirect(url_for(".index", slug=survey.slug), 303)
    return opened(survey, answer)


def opened(survey: Survey, answer: Answer) -> str:
    operations.open_words(answer, current_staff(), survey.slug)
    marks = marks_of(answer)
    return comment_page(survey, answer, marks, redaction_form(str(answer.value), marks))


def comment_page(survey: Survey, answer: Answer, marks: list[Mark], form: RedactionForm) -> str:
    return render_template(
        "redaction/comment.html",
        survey=survey,
        title=survey.versions[-1].title(),
        answer=answer,
        pieces=in_pieces(str(answer.value), [(mark.start, mark.end) for mark in marks]),
        marks=marks,
        form=form,
        page_errors=[(f"#{name}", texts[0]) for name, texts in form.errors.items() if name],
    )


def marks_of(answer: Answer) -> list[Mark]:
    """What is to be decided on, and what was decided before, in the order of the text."""
    text = str(answer.value)
    rows = [row for row in queries.rows_of(answer.id) if row.rule != READ]
    decided = queries.decisions_on([answer.id]).get(answer.id, [])
    new = [each for each in suggest(text, county()) if not is_decided(each, decided)]
    found = [(row.start, row.end, row.rule, row.decision, row.reason) for row in rows]
    found += [(each.start, each.end, each.rule, "", each.why) for each in new]
    return [
        Mark(
            number=number,
            start=start,
            end=end,
            words=text[start:end],
            rule=rule,
            why=reason if not decision else why_of(rule),
            decision=decision,
            reason=reason if decision else "",
        )
        for number, (start, end, rule, decision, reason) in enumerate(sorted(found), start=1)
    ]


def why_of(rule: str) -> str:
    """The reason of a rule once more, without the clue it had then."""
    known = rules().get(rule)
    return known.why.format(clue="…") if known else ""


def our_survey(slug: str) -> Survey:
    """For those who may both read the words and decide on them."""
    if not may(Permission.CURATE):
        abort(403)
    return asked.our_survey(slug)


def county() -> Places:
    return places_of(the_pack())
