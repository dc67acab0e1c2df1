"""Approved quotes as everyone meets them: beside an answer, and as data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from engage.framework import Pack
from engage.loop.board import Board
from engage.loop.models import Action
from engage.loop.pairs import Reading
from engage.loop.quotes.queries import Shown, shown
from engage.loop.quotes.rules import Signed


@dataclass(frozen=True, slots=True)
class QuoteShown:
    """What the `pair` part of a page shows under what people said."""

    words: str
    language: str
    is_own: bool
    by: str


def with_quotes(board: Board, actions: Iterable[Action], reading: Reading) -> Board:
    """The same page, each answer with the quotes of its theme."""
    theme_of = {action.id: action.theme_id for action in actions}
    found = shown({theme_of[pair.id] for pair in board.pairs})
    pairs = [
        replace(pair, quotes=quotes_of(found.get(theme_of[pair.id], []), reading))
        for pair in board.pairs
    ]
    return replace(board, pairs=pairs)


def quotes_of(found: Sequence[Shown], reading: Reading) -> list[QuoteShown]:
    return [
        QuoteShown(
            words=each.words,
            language=each.language,
            is_own=each.is_own,
            by=by_line(each.is_own, each.signed, reading.pack, reading.easy_read),
        )
        for each in found
    ]


def by_line(is_own: bool, signed: Signed, pack: Pack, easy_read: bool = False) -> str:
    """ "Their own words: Parent carer, web survey, autumn 2026." """
    who = signed_words(signed, pack, easy_read)
    if is_own:
        return str(_("Their own words: %(who)s.", who=who))
    return str(_("In other words: %(who)s.", who=who))


def signed_words(signed: Signed, pack: Pack, easy_read: bool = False) -> str:
    """Role, channel and season; without what fewer than 10 people share."""
    who = role_words(signed, pack, easy_read)
    if signed.channel and not easy_read:
        who = str(_("%(who)s, %(channel)s", who=who, channel=channel_words(signed.channel)))
    if signed.season:
        who = str(_("%(who)s, %(when)s", who=who, when=season_words(signed)))
    return who


def role_words(signed: Signed, pack: Pack, easy_read: bool) -> str:
    found = next((each for each in pack.audiences if each.code == signed.audience), None)
    if found:
        return found.quote_label_easy if easy_read else found.quote_label
    return str(_("someone who answered") if easy_read else _("Somebody who answered"))


def season_words(signed: Signed) -> str:
    words = {
        "winter": _("winter %(year)s", year=signed.year),
        "spring": _("spring %(year)s", year=signed.year),
        "summer": _("summer %(year)s", year=signed.year),
        "autumn": _("autumn %(year)s", year=signed.year),
    }
    return str(words[signed.season])


def channel_words(channel: str) -> str:
    """The way the answer came. The invented ones came as if by the web, and the page says so."""
    words = {
        "web": _("web survey"),
        "demo": _("web survey"),
        "import": _("survey on paper or from a file"),
        "paper": _("survey on paper"),
        "phone": _("survey by phone"),
    }
    return str(words.get(channel) or _("survey"))


def data_by_theme(actions: Iterable[Action]) -> Mapping[int, list[dict[str, Any]]]:
    """The same quotes for programs, by theme."""
    found = shown({action.theme_id for action in actions})
    return {theme: [as_data(each) for each in quotes] for theme, quotes in found.items()}


def as_data(quote: Shown) -> dict[str, Any]:
    """`audience`, `channel` and `season` are null where fewer than 10 people share them."""
    return {
        "words": quote.words,
        "is_their_own_words": quote.is_own,
        "language": quote.language,
        "audience": quote.signed.audience or None,
        "channel": quote.signed.channel or None,
        "season": f"{quote.signed.season} {quote.signed.year}".strip() or None,
    }
