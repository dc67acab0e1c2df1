"""Where an officer looks through the comments: filters, search, a map, and why a quote is there."""

from enum import StrEnum
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound
from wtforms.fields.choices import SelectChoice

from engage.analysis import queries as findings
from engage.analysis.exploring import operations, queries, words_for
from engage.analysis.exploring.forms import BY_MEANING, SearchForm, TagForm
from engage.analysis.exploring.heard import Heard, choices_in, matching
from engage.analysis.exploring.placing import places
from engage.analysis.exploring.searching import by_meaning, by_words
from engage.analysis.exploring.sizes import sizes
from engage.analysis.exploring.tasks import READ_SEARCH
from engage.analysis.forms import ambition_choices
from engage.analysis.models import AnalysisRun
from engage.analysis.vectors import model_of
from engage.jobs import queue
from engage.people.access import Permission, current_staff, may, staff_may
from engage.people.audit import record
from engage.responses.disclosure import HIDDEN_FROM_STAFF
from engage.surveys.asked import our_survey, page_number
from engage.surveys.models import Survey
from engage.surveys.the_pack import the_pack

bp = Blueprint("exploring", __name__, url_prefix="/staff/surveys/<slug>/comments")

MOST_ON_MAP = 12  # themes: more than a dozen marks are told apart by nobody


@bp.get("")
@staff_may(Permission.VIEW_RESULTS)
def comments(slug: str) -> ResponseReturnValue:
    """Counts and pictures; no words."""
    survey, run = survey_and_run(slug)
    heard = queries.heard_in(run) if run else []
    return page(survey, heard, search_form(survey, heard))


def page(survey: Survey, heard: list[Heard], form: SearchForm) -> str:
    return render_template(
        "exploring/comments.html",
        survey=survey,
        title=survey.versions[-1].title(),
        form=form,
        total=len(heard),
        sizes=sizes(heard, shows_small=may(Permission.READ_ANSWERS)),
        group_names=words_for.groups(),
        page_errors=[(f"#{name}", texts[0]) for name, texts in form.errors.items() if name],
    )


@bp.post("")
@staff_may(Permission.READ_ANSWERS)
def search(slug: str) -> ResponseReturnValue:
    """The words of the comments that were asked for. Reading them is recorded."""
    survey, run = survey_and_run(slug)
    if run is None:
        raise NotFound
    heard = queries.heard_in(run)
    form = search_form(survey, heard)
    if not form.validate_on_submit():
        return page(survey, heard, form), 422
    kept = matching(heard, form.wanted)
    found, missing = found_in(run, kept, form)
    record(
        current_staff(),
        "read comments that were searched for",
        survey.slug,
        filters=form.wanted.chosen,
        searched="by meaning" if form.how.data == BY_MEANING and form.words.data else "",
    )
    return words_page(survey, form, found, missing)


class Missing(StrEnum):
    """What the machine must read before a search by meaning can be answered."""

    WORDS = "words"
    # Perhaps: if an earlier language model read them, its vectors cannot be compared with ours.
    COMMENTS = "comments"


def found_in(
    run: AnalysisRun, kept: list[Heard], form: SearchForm
) -> tuple[list[Heard], Missing | None]:
    """The comments that fit the words too; and what the machine must read before it can say."""
    if not form.words.data:
        return kept, None
    by_id = {each.answer_id: each for each in kept}
    if form.how.data != BY_MEANING:
        return [by_id[id] for id in by_words(form.words.data, queries.texts_of(by_id))], None
    asked = queries.vector_of(model_of(run), form.words.data)
    if asked is None:
        queue.enqueue(READ_SEARCH, words=form.words.data)
        return [], what_is_missing(run, form.words.data)
    sentences = queries.sentences_with_vectors(run, by_id.keys())
    near = by_meaning(asked, [(row.answer_id, vector) for row, vector in sentences])
    return [by_id[id] for id in near], None


def what_is_missing(run: AnalysisRun, words: str) -> Missing:
    """Words that another model has read were perhaps looked for before the comments were read
    again, so they are read in any case."""
    known = queries.is_known_to_another_model(model_of(run), words)
    return Missing.COMMENTS if known else Missing.WORDS


def words_page(
    survey: Survey, form: SearchForm, found: list[Heard], missing: Missing | None
) -> str:
    number = page_number()
    shown = found[(number - 1) * findings.ON_A_PAGE : number * findings.ON_A_PAGE]
    tags = tag_form()
    return render_template(
        "exploring/found.html",
        survey=survey,
        form=form,
        number=number,
        total=len(found),
        is_last=number * findings.ON_A_PAGE >= len(found),
        missing=missing,
        heard=shown,
        texts=queries.texts_of([each.answer_id for each in shown]),
        names=words_for.everything(survey.id),
        ambition_pairs=[(choice.value, choice.label) for choice in tags.ambition.choices],
    )


@bp.post("/<int(max=2147483647):answer_id>/ambition")
@staff_may(Permission.CURATE)
def confirm(slug: str, answer_id: int) -> ResponseReturnValue:
    """A person says which ambition a comment is about; the next reading learns from it."""
    survey, run = survey_and_run(slug)
    form = tag_form()
    if run is None or not form.validate_on_submit():
        raise NotFound
    operations.confirm_ambition(run, answer_id, form.ambition.data or None, current_staff())
    flash(_("Kept. The next reading by the machine learns from it."))
    return redirect(url_for(".comments", slug=survey.slug), 303)


@bp.get("/map")
@staff_may(Permission.VIEW_RESULTS)
def comment_map(slug: str) -> ResponseReturnValue:
    survey, run = survey_and_run(slug)
    return render_template(
        "exploring/map.html",
        survey=survey,
        title=survey.versions[-1].title(),
        drawn=drawn(run) if run else None,
    )


def drawn(run: AnalysisRun) -> dict[str, Any] | None:
    """The dots and the spots of the largest themes; None where there is nothing to draw."""
    named = [each for each in queries.largest(run, MOST_ON_MAP) if is_shown(each.found.people)]
    place_of = {each.found.id: place for place, each in enumerate(named)}
    rows = [
        (vector, place_of[row.found_theme_id])
        for row, vector in queries.sentences_with_vectors(run)
        if row.found_theme_id in place_of
    ]
    there = sorted({place for _vector, place in rows})
    if len(there) < 2:
        return None
    number_of = {place: number for number, place in enumerate(there)}
    numbers = [number_of[place] for _vector, place in rows]
    dots, spots = places([vector for vector, _place in rows], numbers, len(there))
    return {"dots": dots, "spots": spots, "named": [named[place] for place in there]}


def is_shown(people: int) -> bool:
    """Dots can be counted: a theme of 1 to 4 is drawn only for those who may read answers."""
    return people not in HIDDEN_FROM_STAFF or may(Permission.READ_ANSWERS)


@bp.get("/why/<int(max=2147483647):number>/<int(max=2147483647):answer_id>")
@staff_may(Permission.READ_ANSWERS)
def why(slug: str, number: int, answer_id: int) -> ResponseReturnValue:
    """Why a comment stands under a theme: which run and model, and what people changed."""
    survey = our_survey(slug)
    found = findings.found_theme(survey, number)
    rows = queries.assignments_of(found, answer_id)
    theme = findings.theme_of(found)
    placed = queries.placements_of(theme, answer_id) if theme else []
    if not rows and not placed:
        raise NotFound
    return render_template(
        "exploring/why.html",
        survey=survey,
        found=found,
        theme=theme,
        rows=rows,
        placed=placed,
        steps=queries.steps_about(theme) if theme else [],
        is_typical=answer_id in [quote["answer_id"] for quote in found.quotes],
        made_by=found.run.made_by,
    )


def survey_and_run(slug: str) -> tuple[Survey, AnalysisRun | None]:
    survey = our_survey(slug)
    return survey, findings.latest_run(survey.id)


def search_form(survey: Survey, heard: list[Heard]) -> SearchForm:
    form, names = SearchForm(), words_for.everything(survey.id)
    form.offer(
        {
            name: [SelectChoice(value, names[name].get(value, value)) for value in values]
            for name, values in choices_in(heard).items()
        }
    )
    return form


def tag_form() -> TagForm:
    form = TagForm()
    form.ambition.choices = ambition_choices(the_pack())
    return form
