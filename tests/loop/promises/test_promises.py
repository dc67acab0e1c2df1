"""The pages of the promises: what everyone reads, and what organisations add and withdraw."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from engage.clock import day_of
from engage.errors import FrozenError, InvalidInputError, NotReadyError
from engage.extensions import db
from engage.framework import load_pack
from engage.framework.loading import PACKS
from engage.loop import operations as loop
from engage.loop import steps
from engage.loop.promises import operations
from engage.loop.promises.models import PromiseEvidence, PromiseWithdrawal
from engage.loop.promises.operations import Wish
from engage.people.access import ROLES, Permission
from tests.factories import OrganisationFactory, StaffFactory
from tests.indicators.rivals import writing_it_first
from tests.loop.made import (
    HOSTILE,
    PARENT,
    a_check,
    a_partner,
    a_survey,
    a_theme,
    an_action,
    people_say,
)
from tests.signin import sign_in

NOW = datetime.now(UTC)
TODAY = day_of(NOW)
EARLY = "/promises/promise-03"  # support starts earlier: ambition 2 alone
STAFF = "/staff/promises"
TYPED = {
    "promise": "promise-03",
    "side": "against",
    "words": "Families still wait a year",
    "source": "Annual survey of the forum",
    "link": "https://forum.example/survey",
    "seen_on": (TODAY - timedelta(days=9)).isoformat(),
}
WISH = Wish("promise-03", "for", "Waits are shorter", "Board minutes", TODAY)
PUBLISHERS = [role for role, may in ROLES.items() if Permission.PUBLISH in may]


@pytest.fixture
def version(session):
    return a_survey(title="Parents")


@pytest.fixture
def people(app, session):
    """Somebody who may publish, of an organisation of that name."""

    def people(name, role="survey_lead"):
        staff = StaffFactory(
            organisation=OrganisationFactory(name=name, short_name=name), roles=[role]
        )
        return staff, sign_in(app.test_client(), staff)

    return people


def answer(version, name, kind="did", **parts):
    """A public answer to a theme of ambition 2."""
    theme = a_theme(version, name=name)
    action = an_action(theme, kind, **parts)
    loop.publish(action, theme.decided_by, NOW - timedelta(days=30))
    db.session.commit()
    return action


def side(page, which):
    (found,) = page.texts(f'section[aria-labelledby="{which}"]')
    return found


def add(by, wish=WISH, now=NOW):
    row = operations.add(wish, by, now)
    db.session.commit()
    return row


# ---- the pack


def test_every_promise_of_the_pack_rests_on_ambitions_of_the_pack():
    pack = load_pack("hertfordshire")
    assert [each.number for each in pack.pledges] == list(range(1, 11))
    assert (pack.pledges[2].code, pack.pledges[2].ambitions) == ("promise-03", ("ambition-2",))


def test_a_promise_that_rests_on_no_ambition_of_its_pack_is_refused(tmp_path):
    folder = shutil.copytree(PACKS / "hertfordshire", tmp_path / "own")
    file = folder / "promises.yaml"
    file.write_text(file.read_text().replace("- ambition-5", "- ambition-9"))
    with pytest.raises(InvalidInputError, match="promise-04: no ambition “ambition-9”"):
        load_pack(folder)


# ---- what everyone reads


def test_answers_stand_on_their_side_by_rule(client, version):
    forum = a_partner(version.survey)
    yes, not_yet = answer(version, "Kept"), answer(version, "Not kept")
    steps.record_check(yes, a_check("yes", at=NOW), forum)
    steps.record_check(not_yet, a_check("not_yet", at=NOW), forum)
    answer(version, "Cannot", "cannot")
    answer(version, "Late", "will", due_on=TODAY - timedelta(days=3))
    answer(version, "Unchecked")
    answer(version, "Elsewhere").theme.ambition = "ambition-5"
    db.session.commit()
    page = client.get(EARLY).page

    assert page.heading == "Promise 3: Support starts earlier"
    assert "Speaks for it: 1" in side(page, "for")
    assert "Kept We say that we did it. Families say yes." in side(page, "for")
    assert "Speaks against it: 3" in side(page, "against")
    assert "It is 3 days late." in side(page, "against")
    assert "We cannot do it, and we say why." in side(page, "against")
    assert "Families say that it is not done yet." in side(page, "against")
    assert "In between: 1" in side(page, "between")
    assert "Elsewhere" not in page.html
    assert "Which ambitions belong to a promise is our reading" in page.html


def test_a_theme_that_nobody_answered_counts_against_without_its_name(client, version):
    version.opens_at = NOW - timedelta(weeks=30)
    version.closes_at = NOW - timedelta(weeks=14)
    a_theme(version, people_say(version, PARENT, 10), name="Secret theme")
    loop.take_loop_snapshot(version.survey_id, NOW)
    db.session.commit()
    page = client.get(EARLY).page
    assert "Speaks against it: 1" in side(page, "against")
    assert "1 of the ten most spoken of themes has no answer." in side(page, "against")
    assert "Secret theme" not in page.html


def test_the_list_counts_all_sides_of_ten_promises_in_both_readings(client, version, people):
    add(people("The council")[0])
    for read, words in (("standard", "You can get help before"), ("easy", "You get help sooner")):
        page = client.get(f"/promises?read={read}").page
        rows = page.texts("ol.list > li")
        assert len(rows) == 10
        assert words in rows[2]
        assert rows[2].endswith("Speaks for it: 1 Speaks against it: 0 In between: 0")
    assert client.get(f"{EARLY}?read=easy").page.texts("#how") == []


def test_a_promise_that_nobody_made_is_not_found(client):
    assert client.get("/promises/promise-11").status_code == 404


def test_data_hold_what_the_pages_show(client, people):
    add(people("The council")[0])
    data = client.get("/promises.json").json
    third = data["promises"][2]
    assert third["counts"] == {"for": 1, "against": 0, "between": 0}
    (given,) = third["evidence"]["for"]
    assert (given["who"], given["text"]) == ("The council", "Waits are shorter")
    assert data["rule"]


# ---- what organisations add


def test_who_may_publish_may_add_and_withdraw_and_nobody_else(people):
    for role in ROLES:
        staff, browser = people(f"The forum of a {role}", role)
        row = add(staff)
        asked = (
            browser.get(STAFF),
            browser.post(STAFF, data=TYPED),
            browser.post(f"{STAFF}/{row.id}/withdraw"),
        )
        expected = [200, 302, 302] if role in PUBLISHERS else [403] * 3
        assert [each.status_code for each in asked] == expected, role


def test_what_is_added_is_public_at_once_under_the_name_of_the_organisation(client, people):
    _staff, browser = people("The forum of parents")
    assert browser.post(STAFF, data=TYPED | {"words": HOSTILE}).status_code == 302
    page = client.get(EARLY).page
    found = side(page, "against")
    assert HOSTILE in found
    assert HOSTILE not in page.html
    assert "The forum of parents added this." in found
    assert page.soup.select_one('a[href="https://forum.example/survey"]')


MISTAKES = (
    ("promise", "promise-99", "Not a valid choice."),
    ("side", "", "Choose for or against"),
    ("words", "w" * 501, "Make this shorter: up to 500 letters"),
    ("words", " \n ", "Write what shows it"),
    ("source", "   ", "Write where it is from"),
    ("link", "javascript:alert(1)", "Type a whole web address"),
    ("seen_on", (TODAY + timedelta(days=1)).isoformat(), "Give a day of the last 12 months"),
    ("seen_on", (TODAY - timedelta(days=366)).isoformat(), "Give a day of the last 12 months"),
)


def test_a_mistake_is_said_beside_its_box_and_nothing_typed_is_lost(people):
    _staff, browser = people("The forum")
    for part, typed, told in MISTAKES:
        answer = browser.post(STAFF, data=TYPED | {part: typed})
        assert answer.status_code == 422, part
        assert told in answer.page.html, part
        kept = "words" if part == "source" else "source"
        assert TYPED[kept] in answer.page.html, part
    assert not db.session.query(PromiseEvidence).count()


def test_nobody_withdraws_what_another_organisation_added(client, people):
    _council, council = people("The council")
    staff, forum = people("The forum")
    row = add(staff)
    assert council.post(f"{STAFF}/{row.id}/withdraw").status_code == 404
    assert "Waits are shorter" not in council.get(STAFF).page.html
    assert "Waits are shorter" in client.get(EARLY).page.html

    forum.post(f"{STAFF}/{row.id}/withdraw")
    assert "Waits are shorter" not in client.get(EARLY).page.html
    assert "Withdrawn on" in forum.get(STAFF).page.html


def test_the_operation_refuses_what_the_pages_never_ask(people):
    council, forum = people("The council")[0], people("The forum")[0]
    row = add(forum)
    with pytest.raises(NotReadyError):
        operations.withdraw(row, council)
    for wrong in ({"side": "between"}, {"words": ""}, {"words": "w" * 501}):
        with pytest.raises(InvalidInputError):
            operations.add(Wish(**{**WISH_PARTS, **wrong}), forum)


WISH_PARTS = {name: getattr(WISH, name) for name in Wish.__dataclass_fields__}


def test_two_who_withdraw_at_once_do_so_once(people):
    staff, _browser = people("The forum")
    row = add(staff)
    with writing_it_first(PromiseWithdrawal), pytest.raises(NotReadyError, match="already"):
        operations.withdraw(row, staff)


def test_what_is_older_than_a_year_is_shown_no_more(client, people):
    long_ago = NOW - timedelta(days=400)
    add(people("The forum")[0], Wish(**{**WISH_PARTS, "seen_on": day_of(long_ago)}), long_ago)
    assert "Speaks for it: 0" in side(client.get(EARLY).page, "for")


def test_evidence_is_never_changed_or_deleted(people):
    row = add(people("The forum")[0])
    row.words = "Waits are longer"
    with pytest.raises(FrozenError):
        db.session.flush()
    db.session.rollback()
    db.session.delete(db.session.get_one(PromiseEvidence, row.id))
    with pytest.raises(FrozenError):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize("table", ["promise_evidence", "promise_withdrawal"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_the_database_itself_refuses_it(people, table, change):
    staff, _browser = people("The forum")
    row = add(staff)
    operations.withdraw(row, staff)
    db.session.commit()
    column = "side" if table == "promise_evidence" else "at"
    with pytest.raises(DatabaseError, match="never changed or deleted"):
        db.session.execute(text(change.format(table, column, column)))
    db.session.rollback()
