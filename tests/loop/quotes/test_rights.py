"""Who may open and do what with quotes: every route, role and organisation."""

from itertools import product

import pytest
from sqlalchemy import select

from engage.extensions import db
from engage.loop.quotes import operations
from engage.loop.quotes.models import QuoteStep
from engage.loop.quotes.operations import Taken
from engage.people.access import ROLES, Permission
from tests.factories import OrganisationFactory, StaffFactory
from tests.loop.made import a_partner
from tests.loop.quotes.made import prepared, says, sentence_of, theme_of
from tests.signin import sign_in

CURATE, PUBLISH, READ = Permission.CURATE, Permission.PUBLISH, Permission.READ_ANSWERS
WORDS = "We wait for Mrs Smith to ring us back"
READY = "We wait for […] to ring us back"
ABOUT, WHY = {"about": "{about}"}, {"note": "It is too near"}
WISH = {"place": "{place}", "about": "{about}", "words": READY}
# method, address, what it needs, whose staff may, what is sent
ROUTES = {
    "sentences": ("post", "{theme}/sentences", {READ, CURATE}, "own", {}),
    "open": ("post", "{theme}/open", {READ, CURATE}, "own", {"place": "{place}"}),
    "prepare": ("post", "{theme}/prepare", {READ, CURATE}, "own", WISH),
    "approve page": ("get", "{quote}/approve", {PUBLISH}, "own", {}),
    "approve": ("post", "{quote}/approve", {PUBLISH}, "own", ABOUT),
    "send back page": ("get", "{quote}/send-back", {PUBLISH}, "own", {}),
    "send back": ("post", "{quote}/send-back", {PUBLISH}, "own", ABOUT | WHY),
    "take down": ("post", "{quote}/take-down", {PUBLISH}, "own", {}),
    "veto page": ("get", "{quote}/veto", {CURATE}, "partner", {}),
    "veto": ("post", "{quote}/veto", {CURATE}, "partner", ABOUT | WHY),
    "lift": ("post", "{quote}/lift-veto", {CURATE}, "partner", ABOUT),
    # Ours are looked at by whoever curates or publishes, those of others by who curates.
    "index": ("get", "{survey}/quotes", {CURATE}, "both", {}),
    "theme": ("get", "{theme}", {CURATE}, "both", {}),
}


@pytest.fixture
def organisations(theme):
    return {
        "own": theme.survey.organisation,
        "partner": a_partner(theme.survey).organisation,
        "other": OrganisationFactory(),
    }


def expected(route, role, of):
    _method, _address, needed, whose, _sent = ROUTES[route]
    is_look, has = whose == "both", ROLES[role]
    if not needed <= has and not (is_look and PUBLISH in has):
        return 403
    if of == "other" or (not is_look and of != whose):
        return 404
    return 403 if is_look and of == "partner" and CURATE not in has else 0


def one_of_each(route):
    """Who may with least else, and who may not with most; `test_rights_matrix` asks them all."""
    needed = ROUTES[route][2]
    by_size = sorted(ROLES, key=lambda role: len(ROLES[role]))
    having = [role for role in by_size if needed <= ROLES[role]]
    return [*having[:1], *[role for role in by_size if role not in having][-1:]]


def ready_for(route, version, partner):
    """A quote that stands where the route finds work to do, and the addresses."""
    said = says(version, WORDS)
    theme = theme_of(version, said)
    place = sentence_of(theme, said).code
    quote = prepared(theme, said, READY)
    if route == "lift":
        vetoing = StaffFactory(organisation=partner, roles=["analyst"])
        operations.veto(quote, Taken(vetoing, "No"))
    db.session.commit()
    survey = f"/staff/surveys/{theme.survey.slug}"
    return {
        "survey": survey,
        "theme": f"{survey}/lifecycle/{theme.id}/quotes",
        "quote": f"{survey}/quotes/{quote.id}",
        "about": quote.last_step_id,
        "place": place,
    }


def last_step():
    return db.session.scalar(select(QuoteStep.id).order_by(QuoteStep.id.desc()).limit(1))


@pytest.mark.parametrize("route", ROUTES)
def test_everybody_may_do_what_is_theirs_and_nothing_else(app, version, organisations, route):
    method, address, _needed, _whose, sent = ROUTES[route]
    usual = 303 if method == "post" and route not in ("sentences", "open") else 200
    known = None
    for of, role in product(organisations, one_of_each(route)):
        staff = StaffFactory(organisation=organisations[of], roles=[role])
        known = known or ready_for(route, version, organisations["partner"])
        data = {name: value.format(**known) for name, value in sent.items()}
        before, client = last_step(), sign_in(app.test_client(), staff)
        answer = getattr(client, method)(address.format(**known), data=data)
        refused = expected(route, role, of)
        assert (of, role, answer.status_code) == (of, role, refused or usual)
        is_step = usual == 303 and not refused
        assert (of, role, last_step() != before) == (of, role, is_step)
        if is_step:
            known = None  # the next one finds work to do again


def test_a_stranger_reads_nothing_and_does_nothing(client, version, organisations):
    known = ready_for("index", version, organisations["partner"])
    for method, address, *_rest in ROUTES.values():
        answer = getattr(client, method)(address.format(**known))
        # A form without its token goes no further; a page asks for the sign-in.
        assert answer.status_code == (400 if method == "post" else 302)
