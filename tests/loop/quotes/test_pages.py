"""The way of one quote: from a sentence, by way of two people and a partner, to everyone."""

from datetime import UTC, datetime

from sqlalchemy import select

from engage.extensions import db
from engage.loop.quotes import operations
from engage.loop.quotes.models import Quote
from engage.people.models import AuditEvent
from tests.loop.made import (
    CHILD,
    LATER,
    PARENT,
    a_public_action,
    count,
    people_say,
)
from tests.loop.quotes.conftest import OWN
from tests.loop.quotes.made import (
    approved,
    prepared,
    says,
    sentence_of,
    theme_of,
)
from tests.loop.quotes.pages import READY, approve, of_quote, of_theme, public, quotes_on, typed_on

SAID_OTHERWISE = "Our post is hard to follow, they say."


def test_a_sentence_becomes_a_quote_that_everyone_reads(theme, own, client, somebody):
    officer, second = somebody(role="analyst"), somebody()
    listed = officer.post(of_theme(theme, "/sentences")).page
    assert OWN in " ".join(listed.texts("blockquote"))
    place = sentence_of(theme, own).code
    opened = officer.post(of_theme(theme, "/open"), data={"place": place}).page
    assert opened.texts("mark") == ["Mrs Smith"]
    assert typed_on(opened)["words"] == READY
    sent = {**typed_on(opened), "words": READY}
    assert officer.post(of_theme(theme, "/prepare"), data=sent).status_code == 303
    assert quotes_on(public(client, theme)) == []
    quote = db.session.scalars(select(Quote)).one()
    assert approve(second, quote).status_code == 303
    signed = "Their own words: Somebody who answered."
    assert quotes_on(public(client, theme)) == [f"“{READY}” {signed}"]
    easy = "Their own words: someone who answered."
    assert quotes_on(public(client, theme, "?read=easy")) == [f"“{READY}” {easy}"]
    history = second.get(of_theme(theme)).page.texts("details strong")
    assert history == ["Prepared", "Approved"]


def test_opening_words_is_recorded_and_the_record_holds_none_of_them(theme, own, somebody):
    officer = somebody()
    officer.post(of_theme(theme, "/sentences"))
    officer.post(of_theme(theme, "/open"), data={"place": sentence_of(theme, own).code})
    events = db.session.scalars(
        select(AuditEvent).where(AuditEvent.staff_id == officer.staff.id)
    ).all()
    assert [event.what for event in events] == [operations.LISTED, operations.OPENED]
    assert not [event for event in events if "Smith" in str(event.detail)]


def test_the_role_is_told_once_enough_of_it_answered(theme, version, own, client):
    people_say(version, PARENT, 9)
    people_say(version, CHILD, 10)
    approved(theme, own, READY)
    count(version)
    assert "Parent carer, web survey, autumn 2026." in quotes_on(public(client, theme))[0]
    assert "A parent or carer, autumn 2026." in quotes_on(public(client, theme, "?read=easy"))[0]
    data = client.get(f"/you-said-we-did/{theme.survey.slug}.json").json
    assert data["actions"][0]["quotes"] == [
        {
            "words": READY,
            "is_their_own_words": True,
            "language": "en",
            "audience": "parent_carer",
            "channel": "web",
            "season": "autumn 2026",
        }
    ]


def test_channel_and_season_are_told_only_where_ten_people_share_them(version, client):
    summer = {"submitted_at": datetime(2026, 7, 5, tzinfo=UTC)}
    alone = {"We wait": {}, "We phone": {"channel": "phone"}, "We hope": summer}
    said = [says(version, words, **of) for words, of in alone.items()]
    theme = theme_of(version, *said)
    a_public_action(theme)
    people_say(version, PARENT, 9)
    people_say(version, CHILD, 13)
    for each in said:
        approved(theme, each)
    count(version)
    for _late in range(12):  # after the count, so nobody reads that they are there
        says(version, "Late", channel="phone", submitted_at=LATER)
    signed = [
        "“We wait” Their own words: Parent carer, web survey, autumn 2026.",
        "“We phone” Their own words: Parent carer, autumn 2026.",
        "“We hope” Their own words: Parent carer, web survey.",
    ]
    assert quotes_on(public(client, theme)) == signed
    data = client.get(f"/you-said-we-did/{theme.survey.slug}.json").json["actions"][0]["quotes"]
    told = [(each["channel"], each["season"]) for each in data]
    assert told == [("web", "autumn 2026"), (None, "autumn 2026"), ("web", None)]


def test_other_words_are_marked_so_and_bear_no_quotation_marks(theme, other, client):
    approved(theme, other, SAID_OTHERWISE)
    (shown,) = quotes_on(public(client, theme))
    assert shown.startswith(f"{SAID_OTHERWISE} In other words: ")


def test_words_of_another_language_say_so(version, client, session):
    said = says(version, "Czekamy bardzo na telefon", language="pl")
    theme = theme_of(version, said)
    approved(theme, said)
    a_public_action(theme)
    words = public(client, theme).soup.select_one(".pair blockquote p")
    assert (words["lang"], words["dir"]) == ("pl", "auto")


def test_no_more_than_three_stand_beside_an_answer(version, client):
    said = [says(version, f"We wait for week {n}") for n in range(5)]
    theme = theme_of(version, *said)
    for each in said:
        approved(theme, each)
    a_public_action(theme)
    assert len(quotes_on(public(client, theme))) == 3


MISTAKES = {
    "": "Write the words that everyone can read",
    "[…]": "Write the words that everyone can read",
    "We wait for ever to be rung back": (
        "These are not their own words. Only take words out, and put […] in their place."
    ),
    OWN: "“Mrs Smith” may point to a person. Take it out, or say that it does not.",
}


def test_what_is_wrong_stands_beside_the_words_and_nothing_typed_is_lost(theme, own, somebody):
    officer, place = somebody(), sentence_of(theme, own).code
    for words, mistake in MISTAKES.items():
        sent = {"place": place, "about": "0", "words": words}
        page = officer.post(of_theme(theme, "/prepare"), data=sent).page
        assert page.status == 422
        assert page.texts(".govuk-error-summary a") == [mistake]
        assert page.soup.select_one("#words").get_text(strip=True) == words
    ticked = {"place": place, "about": "0", "words": OWN, "is_nobody": "y"}
    assert officer.post(of_theme(theme, "/prepare"), data=ticked).status_code == 303


def test_other_words_must_be_others(theme, other, somebody):
    sent = {"place": sentence_of(theme, other).code, "about": "0"}
    words = {"words": "They say every letter is long and hard"}
    page = somebody().post(of_theme(theme, "/prepare"), data=sent | words).page
    assert "Five words in a row are theirs" in page.texts(".govuk-error-summary a")[0]


def test_a_rare_condition_and_the_county(version, somebody):
    said = says(version, "Nobody in Hertfordshire knows Angelman syndrome")
    theme = theme_of(version, said)
    officer, sent = somebody(), {"place": sentence_of(theme, said).code, "about": "0"}
    sent["words"] = str(said.value)
    page = officer.post(of_theme(theme, "/prepare"), data=sent).page
    mistake = "“Angelman syndrome” may point to a person. Take it out, or say that it does not."
    assert page.texts(".govuk-error-summary a") == [mistake]
    ticked = sent | {"is_nobody": "y"}
    assert officer.post(of_theme(theme, "/prepare"), data=ticked).status_code == 303


def test_a_small_place_never_stays_and_a_large_one_only_where_somebody_says_so(version, somebody):
    said = says(version, "Nobody in Tring or Watford rings us")
    theme = theme_of(version, said)
    officer, sent = somebody(), {"place": sentence_of(theme, said).code, "about": "0"}
    kept = "Nobody in […] or Watford rings us"
    tries = [
        ({"words": str(said.value), "is_large": "y"}, "“Tring” is a place so small"),
        ({"words": kept}, "“Watford” still stands in the words"),
    ]
    for words, mistake in tries:
        page = officer.post(of_theme(theme, "/prepare"), data=sent | words).page
        assert page.texts(".govuk-error-summary a")[0].startswith(mistake)
    allowed = sent | {"words": kept, "is_large": "y"}
    assert officer.post(of_theme(theme, "/prepare"), data=allowed).status_code == 303


def actions(client, theme):
    return client.get(of_theme(theme)).page.texts(".card .actions button, .card .actions a")


APPROVE = "Read it and approve it (quote {})"


def test_who_wrote_the_words_has_no_button_and_is_refused(theme, own, somebody):
    author, second = somebody(), somebody()
    quote = prepared(theme, own, READY, by=author.staff)
    db.session.commit()
    assert APPROVE.format(quote.id) not in actions(author, theme)
    assert APPROVE.format(quote.id) in actions(second, theme)
    sent = {"about": str(quote.last_step_id)}
    assert author.get(of_quote(quote, "approve")).status_code == 409
    assert author.post(of_quote(quote, "approve"), data=sent).status_code == 409
    assert quote.state == "waiting"


def test_changed_words_are_approved_anew_by_somebody_else(theme, own, client, somebody):
    quote = approved(theme, own, READY)
    officer, place = somebody(), sentence_of(theme, own).code
    opened = officer.post(of_theme(theme, "/open"), data={"place": place}).page
    assert typed_on(opened)["words"] == READY
    sent = {**typed_on(opened), "words": "We wait […]"}
    officer.post(of_theme(theme, "/prepare"), data=sent)
    assert quotes_on(public(client, theme)) == []
    assert APPROVE.format(quote.id) not in actions(officer, theme)
    approve(somebody(), quote)
    assert "We wait […]" in quotes_on(public(client, theme))[0]


def test_words_that_change_while_somebody_reads_them_are_not_approved(theme, own, somebody):
    quote = prepared(theme, own, READY)
    sent = {"about": str(quote.last_step_id)}
    prepared(theme, own, "We wait […]")
    db.session.commit()
    page = somebody().post(of_quote(quote, "approve"), data=sent).page
    assert page.status == 422
    assert "Somebody did something with it meanwhile" in page.texts(".govuk-error-summary a")[0]
    assert "“We wait […]”" in page.texts("blockquote p")
    assert quote.state == "waiting"


def test_what_is_sent_back_says_why_to_its_own_people_only(theme, own, somebody):
    quote, lead = prepared(theme, own, READY), somebody()
    blank = lead.post(of_quote(quote, "send-back"), data={"about": str(quote.last_step_id)}).page
    assert blank.texts(".govuk-error-summary a") == ["Write why"]
    note = {"about": str(quote.last_step_id), "note": "It is too near"}
    lead.post(of_quote(quote, "send-back"), data=note)
    assert "It is too near" in lead.get(of_theme(theme)).page.html
    partner = somebody("partner")
    assert READY not in partner.get(of_theme(theme)).page.html
    assert partner.get(of_quote(quote, "veto")).status_code == 409


def test_a_partner_reads_the_words_to_be_and_never_what_was_written(theme, own, somebody):
    quote, partner = prepared(theme, own, READY), somebody("partner")
    db.session.commit()
    addresses = [
        of_theme(theme),
        of_theme(theme)[: -len(f"/lifecycle/{theme.id}/quotes")] + "/quotes",
    ]
    for address in [*addresses, of_quote(quote, "veto")]:
        page = partner.get(address).page
        assert READY in page.html
        assert "Smith" not in page.html
