"""Published answers as a feed, so that people hear of them without leaving us their name."""

from datetime import datetime, time
from urllib.parse import urlsplit

from flask import current_app, url_for
from flask_babel import gettext as _

from engage.clock import HERE
from engage.loop.board import counts_of, easy_kind
from engage.loop.models import Action
from engage.loop.pairs import Pair, Reading, pair
from engage.loop.public.atom import Entry, Feed
from engage.loop.public.scopes import Scope
from engage.mail import public_address
from engage.web.i18n import page_context

MOST = 50  # the last changed; the pages have the rest


def feed_of(scope: Scope, title: str, reading: Reading) -> Feed:
    newest = sorted(scope.actions, key=lambda each: (_updated(each), each.id), reverse=True)
    entries = [_entry(each, scope, reading) for each in newest[:MOST]]
    # A feed without answers must name a moment too.
    empty = datetime.combine(reading.today, time(), HERE)
    page, read = page_context(), "easy" if reading.easy_read else None
    return Feed(
        id=_lasting_id("/".join([scope.page, *scope.values.values()]), reading),
        url=scope.address(read=read),
        own_url=scope.address("feed", read=read),
        title=title,
        author=page.place,
        language=page.language,
        updated=max((each.updated for each in entries), default=empty),
        entries=entries,
    )


def _entry(action: Action, scope: Scope, reading: Reading) -> Entry:
    shown = pair(action, counts_of(action, scope.snapshots), reading)
    is_invented = action.theme.survey.is_invented
    title = f"{easy_kind(action.kind)}: {shown.title}"
    return Entry(
        id=_lasting_id(f"answer/{action.id}", reading),
        url=_address_of(action, reading),
        title=_("%(title)s (made-up example)", title=title) if is_invented else title,
        paragraphs=_paragraphs(shown, is_invented),
        kind=action.kind,
        published=action.published_at or action.changed_at,
        updated=_updated(action),
    )


def _paragraphs(shown: Pair, is_invented: bool) -> list[str]:
    """Without how many days late: that would be another text every day, and nothing new."""
    invented = [_("Made-up example. Nobody said or did this.")] if is_invented else []
    instead = [" ".join((_("Instead:"), shown.instead))] if shown.instead else []
    disagree = _("If you disagree,")
    challenge = [f"{disagree} {shown.challenge_text}"] if shown.challenge_text else []
    return [
        *invented,
        *_called(_("You said"), shown.you_said),
        shown.people,
        *_called(easy_kind(shown.kind), shown.answer),
        *instead,
        *challenge,
        *shown.families,
        " ".join((_("Who answers for this:"), shown.owner)),
    ]


def _called(name: str, paragraphs: list[str]) -> list[str]:
    first, *rest = paragraphs or [""]
    return [f"{name}: {first}", *rest]


def _updated(action: Action) -> datetime:
    """When it was last written, or when somebody last did something about it."""
    steps = [step.at for step in action.steps]
    return max([action.changed_at, action.published_at or action.changed_at, *steps])


def _address_of(action: Action, reading: Reading) -> str:
    read = "easy" if reading.easy_read else None
    return public_address(url_for("loop_public.answer", id=action.id, read=read, look=None))


def _lasting_id(name: str, reading: Reading) -> str:
    """A tag (RFC 4151): the same whatever becomes of our addresses."""
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname
    return f"tag:{host},2026:engage/{name}{'/easy' if reading.easy_read else ''}"
