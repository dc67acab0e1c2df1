"""What people do with a quote: prepare, approve, send back, veto, take down. Each adds a step."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from flask_babel import gettext as _

from engage.analysis.models import Theme
from engage.errors import NotReadyError
from engage.extensions import db
from engage.loop.partners import may_check
from engage.loop.quotes import beside, course, queries
from engage.loop.quotes.fitness import Wish, problems, says_what_is_gone
from engage.loop.quotes.models import Quote, QuoteStep
from engage.loop.quotes.queries import Sentence
from engage.loop.quotes.rules import County
from engage.people.audit import record
from engage.people.models import Staff
from engage.responses.models import Answer
from engage.web.two_at_once import hold, or_else

ENGLISH = "en"
LISTED = "read the sentences that may be quoted"
OPENED = "opened a sentence to quote it"
NOTED = {
    course.PREPARED: "prepared a quote",
    course.APPROVED: "approved a quote",
    course.SENT_BACK: "sent a quote back",
    course.VETOED: "vetoed a quote",
    course.VETO_LIFTED: "lifted a veto of a quote",
    course.TAKEN_DOWN: "took a quote down",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that somebody takes: why, and when where it is not now."""

    by: Staff
    note: str = ""
    at: datetime | None = None


# ---- reading


def list_sentences(theme: Theme, by: Staff) -> list[Sentence]:
    """They are shown the words, and the record says so."""
    record(by, LISTED, theme.survey.slug, theme=theme.id)
    return queries.sentences(theme)


def open_sentence(theme: Theme, sentence: Sentence, by: Staff) -> None:
    record(by, OPENED, theme.survey.slug, theme=theme.id, comment=sentence.answer_id)


# ---- preparing


def prepare(theme: Theme, sentence: Sentence, wish: Wish, county: County, by: Taken) -> Quote:
    """These words wait for somebody else to approve them, also where others were approved."""
    hold(theme)
    # Gone where they took it back: then there is nothing to quote.
    hold(db.session.get_one(Answer, sentence.answer_id))
    _refuse_strangers(theme, by.by)
    now = queries.sentence_at(theme, sentence.answer_id, sentence.key)
    if now is None or theme.state != "accepted":
        raise NotReadyError(_("These words cannot be quoted now. Choose another sentence."))
    if found := problems(wish, now, county):
        raise NotReadyError(" ".join(found.values()))
    _refuse_a_way_round(now.answer_id, now.key)
    if beside.is_said_by_another(now.answer_id, now.key, now.said):
        raise NotReadyError(_("Another quote says some of these words. Take that one down first."))
    quote = queries.quote_at(now.answer_id, now.key) or _new(theme, now)
    _refuse_another_theme(quote, theme)
    quote.theme, quote.words, quote.is_own = theme, wish.words, now.is_own
    quote.language = now.language if now.is_own else ENGLISH
    _take(quote, course.PREPARED, by)
    return quote


def _new(theme: Theme, sentence: Sentence) -> Quote:
    quote = Quote(
        theme=theme,
        answer_id=sentence.answer_id,
        sentence_key=sentence.key,
        words="",
        is_own=sentence.is_own,
        language=sentence.language,
        state=course.WAITING,
    )
    told = NotReadyError(_("Somebody has prepared this sentence just now. Look at it first."))
    with or_else(told):
        db.session.add(quote)
    return quote


def _refuse_another_theme(quote: Quote, theme: Theme) -> None:
    if quote.theme_id != theme.id and quote.state != course.TAKEN_DOWN:
        raise NotReadyError(_("This sentence is quoted under another theme already."))


def _refuse_a_way_round(answer_id: int, sentence_key: str) -> None:
    """What a partner vetoed could be said again by way of another sentence of the comment."""
    if beside.is_vetoed_beside(answer_id, sentence_key):
        raise NotReadyError(
            _("A partner vetoed another quote of this comment. That veto has to be lifted first.")
        )


# ---- deciding


def approve(quote: Quote, by: Taken) -> None:
    """Everyone can read it. Never by whoever wrote the words as they stand."""
    _begin(quote, course.APPROVED, by.by)
    sentence = queries.sentence_at(quote.theme, quote.answer_id, quote.sentence_key)
    is_live = quote.id in queries.live_among([quote])
    if sentence is None or not is_live or says_what_is_gone(quote.words, sentence):
        raise NotReadyError(_("These words cannot be quoted now. Choose another sentence."))
    _refuse_a_way_round(quote.answer_id, quote.sentence_key)
    _take(quote, course.APPROVED, by)


def send_back(quote: Quote, by: Taken) -> None:
    _begin(quote, course.SENT_BACK, by.by)
    _take(quote, course.SENT_BACK, by)


def take_down(quote: Quote, by: Taken) -> None:
    """Off every page at once. The words are forgotten; only the answer has them still.

    Also while its theme is set aside: otherwise it would come back with the theme.
    """
    _begin(quote, course.TAKEN_DOWN, by.by)
    quote.words = ""
    _take(quote, course.TAKEN_DOWN, by)


def veto(quote: Quote, by: Taken) -> None:
    """A partner says no, and why. Off every page until this partner lifts it."""
    _begin(quote, course.VETOED, by.by)
    _take(quote, course.VETOED, by)


def lift_veto(quote: Quote, by: Taken) -> None:
    """It waits to be approved again."""
    _begin(quote, course.VETO_LIFTED, by.by)
    _take(quote, course.VETO_LIFTED, by)


def hold_quote(quote: Quote) -> None:
    """Nobody else does anything with it meanwhile. What was not saved is dropped."""
    # The theme first, always: two who began at either end would wait for each other.
    hold(quote.theme)
    # Then the answer, as when one is prepared: a veto of another quote of it counts for this one.
    hold(db.session.get_one(Answer, quote.answer_id))
    hold(quote)
    db.session.expire(quote, ["steps"])


def may_do(quote: Quote, by: Staff) -> Collection[str]:
    """What they may do with it now, whatever their role is."""
    survey = quote.theme.survey
    is_ours = survey.organisation_id == by.organisation_id
    if not is_ours and not may_check(by.organisation_id, survey):
        return ()
    found = course.may_follow(quote.course, by.id, by.organisation_id, is_ours)
    return found if quote.theme.state == "accepted" else found & {course.TAKEN_DOWN}


def _begin(quote: Quote, deed: str, by: Staff) -> None:
    hold_quote(quote)
    if deed not in may_do(quote, by):
        raise NotReadyError(_("This cannot be done with the quote now. Look at it again."))


def _take(quote: Quote, deed: str, by: Taken) -> None:
    """Adds the step, and lets the quote stand where it stands then."""
    before = quote.course if deed != course.PREPARED else course.State(quote.state)
    quote.state = course.after(before, deed)
    step = QuoteStep(
        quote_id=quote.id,
        theme_id=quote.theme_id,
        state=deed,
        at=by.at or datetime.now(UTC),
        by=by.by,
        organisation=by.by.organisation,
        note=by.note,
    )
    db.session.add(step)
    db.session.flush()
    db.session.expire(quote, ["steps"])
    quote.is_vetoed = bool(quote.course.vetoed_by)
    db.session.flush()
    record(by.by, NOTED[deed], f"quote {quote.id}", theme=quote.theme_id, step=step.id)


def _refuse_strangers(theme: Theme, by: Staff) -> None:
    if theme.survey.organisation_id != by.organisation_id:
        raise NotReadyError(_("Only the organisation of this survey can quote its answers."))
