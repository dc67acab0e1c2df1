"""The pages of quotes as staff and partners see them. HTTP only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from engage.analysis.models import Theme
from engage.analysis.redaction.applying import in_pieces
from engage.analysis.redaction.places import places_of
from engage.analysis.redaction.rules import suggest
from engage.errors import NotReadyError
from engage.loop.lifecycle_views import is_ours, title_of
from engage.loop.quotes import course, operations, queries, rules
from engage.loop.quotes.fitness import problems
from engage.loop.quotes.forms import PrepareForm
from engage.loop.quotes.models import Quote, QuoteStep
from engage.loop.quotes.queries import Sentence
from engage.loop.quotes.rules import County
from engage.loop.quotes.showing import by_line
from engage.loop.quotes.signing import signatures
from engage.people.access import Permission, current_staff, may
from engage.people.forms import mistakes
from engage.surveys.models import Survey
from engage.surveys.the_pack import the_pack

# Whoever opens a sentence reads what somebody wrote.
NEEDED = {
    course.PREPARED: (Permission.CURATE, Permission.READ_ANSWERS),
    course.VETOED: (Permission.CURATE,),
    course.VETO_LIFTED: (Permission.CURATE,),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One quote on a page of staff. `words` is empty where nobody may read them now."""

    quote: Quote
    words: str
    by: str
    can: frozenset[str]
    steps: Sequence[QuoteStep]


def county() -> County:
    pack = the_pack()
    return County(places_of(pack), rules.large_places(pack))


def page_of_quotes(survey: Survey, theme: Theme | None) -> str:
    return render_template(
        "loop/quotes/index.html",
        survey=survey,
        title=title_of(survey),
        theme=theme,
        is_ours=is_ours(survey),
        cards=cards(survey, queries.quotes_in(survey.id, theme.id if theme else None)),
        C=course,
    )


def cards(survey: Survey, quotes: Sequence[Quote]) -> list[Card]:
    """For a partner those that are or may soon be public, and those that it vetoed."""
    ours = is_ours(survey)
    live, signed = queries.live_among(quotes), signatures(quotes)
    opened = {quote.id for quote in queries.allowed_among(quotes)}
    made = []
    for quote in quotes:
        can = frozenset(each for each in operations.may_do(quote, current_staff()) if is_mine(each))
        if quote.id not in opened and quote.state != course.TAKEN_DOWN:
            can -= {course.PREPARED}
        if quote.id in signed and (ours or (quote.id in live and can)):
            by = by_line(quote.is_own, signed[quote.id], the_pack())
            words = quote.words if quote.id in live else ""
            made.append(Card(quote, words, by, can, steps_to_see(quote, ours)))
    return made


def sentences_page(theme: Theme, found: Sequence[Sentence]) -> str:
    return render_template(
        "loop/quotes/sentences.html",
        survey=theme.survey,
        theme=theme,
        sentences=found,
        most=queries.MOST_SENTENCES,
    )


def is_mine(deed: str) -> bool:
    return all(may(each) for each in NEEDED.get(deed, (Permission.PUBLISH,)))


def steps_to_see(quote: Quote, ours: bool) -> list[QuoteStep]:
    """What an organisation says to itself is its own."""
    hidden = () if ours else (course.SENT_BACK, course.TAKEN_DOWN)
    return [step for step in quote.steps if step.state not in hidden]


def words_to_begin_with(sentence: Sentence, quote: Quote | None) -> str:
    """What was prepared before, if it may still be read; else their words without names."""
    if quote is not None and quote.id in queries.live_among([quote]):
        return quote.words
    if not sentence.is_own:
        return ""
    return rules.without(sentence.text, suggest(sentence.text, county().places))


def is_fit(form: PrepareForm, sentence: Sentence) -> bool:
    """Puts plain words beside what is wrong."""
    found = problems(form.wish(), sentence, county())
    for box, text in found.items():
        form[box].errors = [text]
    return not found


def prepare_page(theme: Theme, sentence: Sentence, form: PrepareForm) -> str:
    marks = suggest(sentence.text, county().places)
    left = rules.look_through(form.words.data or "", county())
    return render_template(
        "loop/quotes/prepare.html",
        survey=theme.survey,
        theme=theme,
        sentence=sentence,
        pieces=in_pieces(sentence.text, [(mark.start, mark.end) for mark in marks]),
        marks=marks,
        form=form,
        left=left,
        page_errors=mistakes(form),
    )


def deed_page(quote: Quote, form: Any, deed: str) -> str:
    """Raises NotReadyError where it cannot be done now: then the words are not shown either."""
    is_live = quote.id in queries.live_among([quote])
    if not is_live or deed not in operations.may_do(quote, current_staff()):
        raise NotReadyError(_("This cannot be done with the quote now. Look at it again."))
    return render_template(
        "loop/quotes/deed.html",
        survey=quote.theme.survey,
        quote=quote,
        by=by_line(quote.is_own, signatures([quote])[quote.id], the_pack()),
        deed=deed,
        form=form,
        left=rules.look_through(quote.words, county()),
        page_errors=mistakes(form),
        C=course,
    )
