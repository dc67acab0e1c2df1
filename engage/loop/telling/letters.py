"""The two mails a follower gets, in their language: one that asks for a yes, and news."""

from collections.abc import Sequence
from datetime import date
from email.message import EmailMessage
from urllib.parse import urlencode

from flask_babel import force_locale
from flask_babel import gettext as _

from engage import mail
from engage.loop import lifecycle, lifecycle_public
from engage.loop import queries as loop
from engage.loop.board import easy_kind
from engage.loop.co_lead.public import public_name
from engage.loop.telling.addresses import Letterbox
from engage.loop.telling.models import Follower
from engage.loop.telling.news import deleted_on, last_day_for_yes, number_of_news
from engage.loop.telling.queries import NewsOfAnswer
from engage.web.i18n import long_day

YES_PAGE, LEAVE_PAGE = "/tell-me-yes/", "/tell-me-no-more/"
ANSWER_PAGE = "/you-said-we-did/answer/"
# A link is never broken into pieces that a mail program cannot read. RFC 5322 allows as much.
LONGEST_LINE = 998


def letter_for_yes(follower: Follower, box: Letterbox, today: date) -> EmailMessage:
    """With one that is asked for on a later day mail programs must not think: the same again."""
    with force_locale(follower.language):
        page = _page(f"{YES_PAGE}{box.yes}", follower)
        lines = [
            _("Somebody typed your e-mail address on our website, to hear what happens next."),
            _about(follower),
            _("Was it you? Open this page and press the button:") + f"\n{page}",
            _until(follower),
            _how_long(follower),
            _how_to_leave(follower, box),
        ]
        subject = _("May we tell you what happened?")
    return _letter(box, subject, lines, f"tell-me-yes-{follower.id}-{today}", follower)


def letter_of_news(
    follower: Follower, box: Letterbox, found: Sequence[NewsOfAnswer]
) -> EmailMessage:
    """A second copy of one mail is known as one; a mail with other news is another."""
    number = number_of_news(step.id for each in found for step in each.steps)
    with force_locale(follower.language):
        lines = [
            _("You asked us to tell you what happened. Here is what is new."),
            _about(follower),
            *(_paragraph(each, follower) for each in found),
            _how_long(follower),
            _how_to_leave(follower, box),
        ]
        subject = _("You said, we did: something is new")
    return _letter(box, subject, lines, f"tell-me-news-{follower.id}-{number}", follower)


def _letter(
    box: Letterbox, subject: str, lines: Sequence[str], purpose: str, follower: Follower
) -> EmailMessage:
    message = mail.letter(box.address, subject, "\n\n".join(lines) + "\n", purpose)
    message.policy = message.policy.clone(max_line_length=LONGEST_LINE)
    # RFC 8058: the mail program has a button of its own, which asks for no page and no sign-in.
    message["List-Unsubscribe"] = f"<{_page(LEAVE_PAGE + box.leave, follower)}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return message


def _about(follower: Follower) -> str:
    version = loop.published_versions([follower.survey_id])[follower.survey_id]
    said = _("The survey: %(title)s", title=version.title(follower.easy_read))
    note = _("Example with made-up answers.") if follower.survey.is_invented else ""
    return "\n".join(filter(None, (said, note)))


def _paragraph(found: NewsOfAnswer, follower: Follower) -> str:
    said = [_sentence(step.state, step.said, found.action.kind) for step in found.steps]
    page = _page(f"{ANSWER_PAGE}{found.action.id}", follower)
    return "\n".join([public_name(found.action), *dict.fromkeys(said), page])


def _sentence(state: str, verdict: str, kind: str) -> str:
    if state == lifecycle.CHECKED:
        said = lifecycle_public.verdict_words()[verdict]
        return str(_("Families checked this: %(said)s.", said=said))
    if state == lifecycle.SHOWN:
        return str(_("We say what is different now."))
    return f"{easy_kind(kind)}."


def _until(follower: Follower) -> str:
    day = long_day(last_day_for_yes(follower.asked_on))
    said = _("Was it not you? Do nothing. The link works until %(day)s.", day=day)
    return " ".join((said, _("Then we delete your address.")))


def _how_long(follower: Follower) -> str:
    day = long_day(deleted_on(follower.asked_on))
    rule = _("We delete your e-mail address one year after you asked.")
    return " ".join((rule, _("That is on %(day)s.", day=day)))


def _how_to_leave(follower: Follower, box: Letterbox) -> str:
    page = _page(LEAVE_PAGE + box.leave, follower)
    said = _("You want no more mails? Open this page and press the button:")
    return f"{said}\n{page}"


def _page(path: str, follower: Follower) -> str:
    chosen = {
        "lang": follower.language if follower.language != "en" else "",
        "read": "easy" if follower.easy_read else "",
    }
    query = urlencode({name: value for name, value in chosen.items() if value})
    return mail.public_address(path) + (f"?{query}" if query else "")
