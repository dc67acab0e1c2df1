"""Words that nobody outside may read are looked for wherever somebody outside could read them.

Each person says a word of their own, so that a word that gets out says whose it is. One quote may
be read by everyone: were it not found, the search would find nothing at all.
"""

from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from flask import current_app
from sqlalchemy import select

from engage.analysis.frame.models import Placement
from engage.extensions import db
from engage.jobs.models import Job
from engage.loop.models import Action
from engage.loop.quotes import operations, queries
from engage.loop.quotes.models import Quote, QuoteStep
from engage.responses.models import Snapshot
from engage.responses.operations import reference_of
from engage.responses.receipt import fingerprint, new_token, receipt_of, seal
from engage.safeguarding.operations import raise_alert
from engage.web.access import anyone
from tests.loop.made import CHILD, PARENT, a_partner, a_public_action, count, people_say
from tests.loop.quotes.made import (
    a_survey_that_asks,
    approved,
    colleague,
    done,
    prepared,
    says,
    theme_of,
)

SAID = "canary{} waits for a call that never comes"
REFUSED = {"no": "no", "unsure": "not_sure", "unasked": None}
# What takes an approved quote off again, without anybody looking at the quote.
LATER = {
    "held": lambda quote: setattr(quote.answer.response, "is_held", True),
    "unread": lambda quote: setattr(quote.answer.response, "words_read_at", None),
    "alerted": lambda quote: alert_about(quote),
    "moved": lambda quote: db.session.add(moved_away(quote)),
    "aside": lambda quote: setattr(quote.theme, "state", "set_aside"),
}
OF_THE_QUOTE = ("waiting", "back", "vetoed", "down")
GONE = {*REFUSED, *LATER, *OF_THE_QUOTE, "raw", "withdrawn"}


def alert_about(quote):
    response = quote.answer.response
    owner = quote.theme.survey.organisation_id
    raise_alert(owner, "words", "A survey", reference=reference_of(response.id))


def moved_away(quote):
    return Placement(
        answer_id=quote.answer_id,
        sentence_key=quote.sentence_key,
        theme_id=quote.theme_id,
        belongs=False,
        placed_by_id=quote.theme.decided_by_id,
        placed_at=datetime.now(UTC),
    )


@pytest.fixture
def token():
    return new_token()


@pytest.fixture
def world(session, client, token):
    """Every state that words can be in, under two themes with public answers."""
    version = a_survey_that_asks(title="Parents")
    words = receipt_of(token)
    code = {
        "token_hash": fingerprint(token),
        "receipt_hash": fingerprint(" ".join(words)),
        "token_sealed": seal(token),
        "submitted_at": datetime.now(UTC),
    }
    said = {name: says(version, SAID.format(name), may) for name, may in REFUSED.items()}
    for name in (*LATER, *OF_THE_QUOTE, "public"):
        said[name] = says(version, SAID.format(name))
    said["withdrawn"] = says(version, SAID.format("withdrawn"), **code)
    said["raw"] = says(version, SAID.format("raw"), "paraphrase")
    aside = theme_of(version, said["aside"], name="Set aside later")
    theme = theme_of(version, *[each for each in said.values() if each is not said["aside"]])
    a_public_action(theme)
    a_public_action(aside)
    people_say(version, PARENT, 3)
    people_say(version, CHILD, 12)
    quotes_in_every_state(theme, aside, said)
    count(version)
    client.post("/your-code/withdraw", data={"words": " ".join(words), "sure": "yes"})
    session.expire_all()
    return theme


def quotes_in_every_state(theme, aside, said):
    # First those that must not be read: only so many stand beside an answer.
    for name, goes_off in LATER.items():
        goes_off(approved(aside if name == "aside" else theme, said[name]))
    prepared(theme, said["waiting"])
    done(operations.send_back, prepared(theme, said["back"]), colleague(theme), "Too near")
    done(operations.veto, approved(theme, said["vetoed"]), a_partner(theme.survey), "Too near")
    done(operations.take_down, approved(theme, said["down"]), colleague(theme))
    approved(theme, said["withdrawn"])
    approved(theme, said["raw"], "canaryother: their call is not taken")
    approved(theme, said["public"])
    db.session.commit()


def addresses(app, theme):
    """Every page, file and feed that somebody outside can ask for."""
    known = {
        "slug": [theme.survey.slug],
        "code": ["ambition-2", "bee-2026-included", "ind-2026-q", theme.survey.organisation.code],
        "id": list(db.session.scalars(select(Action.id))),
        "kind": ["annual"],
        "ending": ["pdf"],
        "year": ["2026"],
        "number": [1],
    }
    for rule in app.url_map.iter_rules():
        is_public = app.view_functions[rule.endpoint].access is anyone
        if "GET" in rule.methods and is_public and not rule.rule.startswith("/static"):
            names = sorted(rule.arguments)
            for values in product(*(known.get(name, ["nothing"]) for name in names)):
                _domain, path = rule.build(dict(zip(names, values, strict=True)))
                yield from (path, f"{path}?read=easy")


def test_only_what_may_be_read_is_read_anywhere(app, client, world):
    read = {
        address: client.get(address).get_data(as_text=True) for address in addresses(app, world)
    }
    where = {
        name: [address for address, text in read.items() if f"canary{name}" in text]
        for name in (*GONE, "public", "other")
    }
    assert {name: found for name, found in where.items() if name in GONE and found} == {}
    page = f"/you-said-we-did/{world.survey.slug}"
    expected = {page, f"{page}.json", "/you-said-we-did", "/you-said-we-did.json"}
    for name in ("public", "other"):
        assert expected <= set(where[name])
        assert not [address for address in where[name] if "poster" in address or "atom" in address]


def test_what_is_kept_and_what_staff_read_hold_no_more_than_they_may(world):
    """One world for all of it: it takes longer to make than to look through."""
    no_job_step_count_or_file_holds_anybodys_words()
    words_that_are_taken_back_take_the_quote_and_leave_the_steps()
    only_sentences_of_people_who_allow_it_can_be_chosen(world)
    staff_do_not_read_what_the_safeguarding_lead_has(world)


def no_job_step_count_or_file_holds_anybodys_words():
    kept = [str(each.arguments) + str(each.error) for each in db.session.scalars(select(Job))]
    kept += [str(each.data) for each in db.session.scalars(select(Snapshot))]
    kept += [each.note for each in db.session.scalars(select(QuoteStep))]
    folder = Path(current_app.config["INSTANCE_FOLDER"])
    files = [file for file in folder.rglob("*") if file.is_file() and ".sqlite" not in file.name]
    kept += [file.read_bytes().decode(errors="replace") for file in files]
    assert not [text for text in kept if "canary" in text]


def words_that_are_taken_back_take_the_quote_and_leave_the_steps():
    left = {quote.words for quote in db.session.scalars(select(Quote))}
    assert SAID.format("withdrawn") not in left
    assert SAID.format("down") not in left
    steps = set(db.session.scalars(select(QuoteStep.quote_id)))
    assert len(steps - set(db.session.scalars(select(Quote.id)))) == 1


def only_sentences_of_people_who_allow_it_can_be_chosen(world):
    offered = {each.said for each in queries.sentences(world)}
    assert offered == {SAID.format("down")}


def staff_do_not_read_what_the_safeguarding_lead_has(world):
    held = queries.quotes_in(world.survey_id)
    live = queries.live_among(held)
    hidden = {quote.words for quote in held if quote.id not in live}
    assert {SAID.format(name) for name in ("held", "unread", "alerted", "moved")} <= hidden
