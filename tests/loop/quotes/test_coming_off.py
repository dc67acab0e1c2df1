"""What takes a quote off every page: redactions, vetoes, taking it down, consent taken back."""

from datetime import UTC, datetime, timedelta

import pytest

from engage.analysis.frame import operations as frame
from engage.analysis.prepare import content_key
from engage.analysis.redaction import operations as redaction
from engage.analysis.redaction.applying import Decided
from engage.errors import NotReadyError
from engage.extensions import db
from engage.loop import partners
from engage.loop.quotes import operations, queries
from engage.loop.quotes.operations import Taken
from tests.loop.made import NOW, a_partner, a_public_action
from tests.loop.quotes.conftest import OWN
from tests.loop.quotes.made import (
    approved,
    colleague,
    done,
    prepare_as,
    prepared,
    says,
    sentence_of,
    theme_of,
)
from tests.loop.quotes.pages import READY, approve, of_quote, of_theme, public, quotes_on, typed_on


def test_a_veto_is_off_every_page_until_its_partner_lifts_it(theme, own, client, somebody):
    quote, partner, lead = approved(theme, own, READY), somebody("partner"), somebody()
    about = {"about": str(quote.last_step_id), "note": "Their street knows them"}
    assert partner.post(of_quote(quote, "veto"), data=about).status_code == 303
    assert quotes_on(public(client, theme)) == []
    assert "Their street knows them" in lead.get(of_theme(theme)).page.html
    prepared(theme, own, "We wait […]")
    other_partner = somebody("partner")
    for who, rest in ((lead, "approve"), (lead, "lift-veto"), (other_partner, "lift-veto")):
        sent = {"about": str(quote.last_step_id)}
        assert who.post(of_quote(quote, rest), data=sent).status_code in (404, 409)
    lift = {"about": str(quote.last_step_id)}
    assert partner.post(of_quote(quote, "lift-veto"), data=lift).status_code == 303
    assert quotes_on(public(client, theme)) == []
    approve(lead, quote)
    assert "We wait […]" in quotes_on(public(client, theme))[0]


def test_a_veto_outlives_the_partnership_and_taking_down(theme, own, forum, somebody):
    quote = done(operations.veto, approved(theme, own, READY), forum, "No")
    partners.remove(theme.survey, forum.organisation_id, colleague(theme))
    done(operations.take_down, quote, colleague(theme))
    prepared(theme, own, READY)
    assert quote.is_vetoed
    assert operations.may_do(quote, forum) == ()


def test_what_is_taken_down_is_forgotten_and_may_be_prepared_again(theme, own, client, somebody):
    quote = approved(theme, own, READY)
    assert somebody().post(of_quote(quote, "take-down")).status_code == 303
    assert (quote.words, quotes_on(public(client, theme))) == ("", [])
    assert prepared(theme, own, READY).id == quote.id


def test_what_somebody_takes_out_of_the_comment_later_takes_the_quote_off(theme, own, client):
    approved(theme, own, OWN.replace("Mrs Smith", "[…]"))
    assert quotes_on(public(client, theme))
    begin = OWN.index("ring")
    out = Decided(begin, begin + 4, "person", is_out=True)
    redaction.decide(own, [out], colleague(theme), NOW, theme.survey.slug)
    db.session.commit()
    assert quotes_on(public(client, theme)) == []


def take_out(said, theme, words):
    """Somebody takes these words out of the comment now."""
    begin = str(said.value).index(words)
    out = Decided(begin, begin + len(words), "person", is_out=True)
    redaction.decide(said, [out], colleague(theme), datetime.now(UTC), theme.survey.slug)
    db.session.commit()


def test_more_that_is_taken_out_takes_the_quote_off_until_somebody_prepares_it_anew(
    version, client, somebody
):
    said = says(version, "My neighbour the baker is never rung back")
    theme = theme_of(version, said)
    a_public_action(theme)
    quote = approved(theme, said, "My neighbour […] is never rung back")
    officer, second = somebody(role="analyst"), somebody()
    take_out(said, theme, "neighbour the baker")
    assert quotes_on(public(client, theme)) == []
    assert second.get(of_quote(quote, "send-back")).status_code == 409
    place = officer.get(of_theme(theme)).page.soup.select_one("input[name=place]")["value"]
    opened = officer.post(of_theme(theme, "/open"), data={"place": place}).page
    assert typed_on(opened)["words"] == "My […] is never rung back"
    put_back = {**typed_on(opened), "words": "My neighbour […] is never rung back"}
    refused = officer.post(of_theme(theme, "/prepare"), data=put_back).page
    assert "Leave them out" in refused.texts(".govuk-error-summary a")[0]
    assert officer.post(of_theme(theme, "/prepare"), data=typed_on(opened)).status_code == 303
    assert approve(second, quote).status_code == 303
    assert "My […] is never rung back" in quotes_on(public(client, theme))[0]


def test_what_was_taken_out_while_somebody_prepared_it_is_not_approved(version):
    said = says(version, "We wait for Mrs O’Neill to ring")
    theme = theme_of(version, said)
    quote = prepare_as(theme, sentence_of(theme, said), "[…] O'Neill to ring")
    begun = quote.prepared.at - timedelta(minutes=1)
    begin = str(said.value).index("Mrs")
    out = Decided(begin, begin + len("Mrs O’Neill"), "person", is_out=True)
    redaction.decide(said, [out], colleague(theme), begun, theme.survey.slug)
    with pytest.raises(NotReadyError, match="cannot be quoted"):
        done(operations.approve, quote, colleague(theme))


def test_a_veto_cannot_be_got_round_by_a_sentence_that_holds_the_words(version):
    first, whole = "We wait for ever.", "We wait for ever. Nobody says why."
    said = says(version, whole)
    theme = theme_of(version, said)
    a_public_action(theme)
    curator = colleague(theme)
    frame.confirm(theme, [(said.id, content_key(first))], True, curator)
    mine, all_of_it = (
        queries.sentence_at(theme, said.id, content_key(each)) for each in (first, whole)
    )
    assert len(queries.sentences(theme)) == 2
    quote = prepare_as(theme, mine, first)
    assert queries.sentences(theme) == []
    with pytest.raises(NotReadyError, match="Another quote says"):
        prepare_as(theme, all_of_it, whole)
    done(operations.take_down, quote, colleague(theme))
    longer = prepare_as(theme, all_of_it, whole)
    done(operations.veto, longer, a_partner(version.survey), "No")
    with pytest.raises(NotReadyError, match="partner vetoed another"):
        prepare_as(theme, mine, first)


def test_while_a_veto_stands_no_other_sentence_of_the_comment_is_approved(version):
    each = ["We wait for ever.", "Nobody says why.", "It is cold."]
    said = says(version, " ".join(each))
    theme = theme_of(version, said)
    keys = [content_key(sentence) for sentence in each]
    frame.confirm(theme, [(said.id, key) for key in keys], True, colleague(theme))
    first, second, _third = (queries.sentence_at(theme, said.id, key) for key in keys)
    vetoed, other = prepare_as(theme, first, each[0]), prepare_as(theme, second, each[1])
    assert [sentence.said for sentence in queries.sentences(theme)] == [each[2]]
    done(operations.veto, vetoed, a_partner(version.survey), "No")
    assert queries.sentences(theme) == []
    with pytest.raises(NotReadyError, match="partner vetoed another"):
        operations.approve(other, Taken(colleague(theme)))


def test_a_quote_is_taken_down_while_its_theme_is_set_aside(theme, own, client, somebody):
    quote, lead = approved(theme, own, READY), somebody()
    theme.state = "set_aside"
    db.session.commit()
    listed = f"/staff/surveys/{theme.survey.slug}/quotes"
    page = lead.get(listed).page
    assert page.texts(".card .actions button") == [f"Take it down (quote {quote.id})"]
    assert READY not in page.html
    assert "Take it down" not in somebody("partner").get(listed).page.html
    assert lead.post(of_quote(quote, "take-down")).location == listed
    theme.state = "accepted"
    db.session.commit()
    assert (quote.words, quotes_on(public(client, theme))) == ("", [])


def test_consent_is_asked_again_each_time_the_page_is_made(theme, own, client):
    approved(theme, own, READY)
    said = next(each for each in own.response.answers if each.question.role == "quote_consent")
    for value, shown in (("paraphrase", 0), ("yes", 1), ("no", 0), ("not_sure", 0), ("other", 0)):
        said.value = value
        db.session.commit()
        assert len(quotes_on(public(client, theme))) == shown, value
    db.session.delete(said)
    db.session.commit()
    assert quotes_on(public(client, theme)) == []
