"""The page of a poster: the answers on it, and a picture that leads a phone to all of them."""

from dataclasses import replace

from flask import render_template
from flask_babel import gettext as _

from engage.loop import lifecycle_public
from engage.loop.board import counts_of, easy_kind, people_by_theme
from engage.loop.models import KINDS, Action
from engage.loop.pairs import FACTS, Pair, Reading, another_look, done_on, in_turn, pair, words_of
from engage.loop.public.about import how_many
from engage.loop.public.poster import poster
from engage.loop.public.scopes import Scope
from engage.responses.models import Snapshot
from engage.web.qr import qr_picture


def poster_page(scope: Scope, reading: Reading, title: str, counted: Snapshot | None = None) -> str:
    ordered = in_turn(scope.actions, people_by_theme(scope.snapshots.values()))
    pairs = [in_short(each, scope, reading) for each in ordered]
    read = "easy" if reading.easy_read else None
    return render_template(
        "loop/poster.html",
        poster=poster(pairs, title, reading.easy_read),
        title=title,
        answers=len(pairs),
        people=how_many(counted) if counted else "",
        has_invented=scope.has_invented,
        easy_read=reading.easy_read,
        words={kind: easy_kind(kind) for kind in KINDS},
        standard_url=scope.url("poster"),
        easy_url=scope.url("poster", read="easy"),
        page_url=scope.url(read=read),
        qr=qr_picture(scope.address(read=read)),
        # As it is typed: without what a browser adds by itself, and in any language.
        address=scope.address(lang=None).partition("://")[2],
    )


def in_short(action: Action, scope: Scope, reading: Reading) -> Pair:
    """Without the proof and the owner, which are on the page, and would need small letters."""
    shown = pair(action, counts_of(action, scope.snapshots), reading)
    words = words_of(action, reading.easy_read)["answer"]
    # Whoever reads "We did it" on a wall reads too that families say it is not done.
    again = lifecycle_public.again_words(action)
    # Once for the whole sheet, where all of them are.
    is_told_apart = action.theme.survey.is_invented and not scope.is_all_invented
    return replace(
        shown,
        answer=[*words, *_promises(action, reading), *again],
        checked=_("Made-up example.") if is_told_apart else "",
    )


def _promises(action: Action, reading: Reading) -> list[str]:
    """What an answer is held to. Its reason and its proof are in its words, and on the page."""
    if action.kind == "did":
        return done_on(action)
    if action.kind == "cannot":
        return another_look(action)
    return FACTS[action.kind](action, reading.today)
