"""A round ends, and everybody sees how far people and the machine agree."""

import csv
import io

from engage.analysis.frame.models import Mention
from tests.analysis.checking.made import WORDS, action, at, code_all, coded_all, deeds


def test_nobody_sees_figures_while_the_round_is_open(ann, round, themes):
    coded_all(ann, round, themes)
    reply = ann.get(at(f"/{round.id}/results"))
    assert reply.status_code == 409
    assert "The figures come when the round has ended." in reply.page.html
    assert ann.post(at(f"/{round.id}/figures.csv")).status_code == 409


def test_one_is_not_enough_to_end_a_round(ann, round, themes):
    coded_all(ann, round, themes)
    assert "End the round and see the figures" not in ann.get(at()).page.html
    assert ann.post(at("/end")).status_code == 409


def test_two_who_have_coded_all_can_end_it_and_see_how_far_they_agree(
    ann, ben, round, themes, queries
):
    code_all(ann, themes)
    code_all(ben, themes, wrong=1)
    assert "End the round and see the figures" in ann.get(at()).page.html
    location = ann.post(at("/end")).location
    queries.clear()
    page = ann.get(location).page
    assert len(queries) < 20
    assert page.heading == "How far we agree"
    rows = page.texts("section[aria-labelledby=all] tbody tr")
    # Eleven of twelve alike: one theme has kappa 60/72, the other 1.
    assert rows[0] == "Ann and Ben 12 0.92 almost perfect 0.96 0.95 0.92 0.92"
    assert [row.split(" 12 ")[0] for row in rows[1:]] == [
        "Ann and the machine",
        "Ben and the machine",
    ]
    assert "The aim is 0.70, and it is reached." in page.html
    assert "The round was ended early." not in page.html
    groups = page.texts("section[aria-labelledby=groups] tbody tr")
    assert len(groups) == 3, "of ten or more comments"


def test_a_round_can_be_ended_early_and_the_page_says_so(ann, round, themes):
    coded_all(ann, round, themes)
    page = ann.get(ann.post(at("/end"), data={"early": "yes"}).location).page
    assert "The round was ended early." in page.html
    assert "No two people coded the same comment" in page.html
    assert page.texts("section[aria-labelledby=all] tbody th") == ["Ann and the machine"]


def test_a_round_that_nobody_coded_ends_without_figures(ann, round):
    page = ann.get(ann.post(at("/end"), data={"early": "yes"}).location).page
    assert "Nobody coded a comment, so there are no figures." in page.html


def test_after_the_end_codes_no_longer_change(ann, round):
    page = ann.post(at("/next")).page
    ann.post(at("/end"), data={"early": "yes"})
    late = ann.post(action(page), data={"themes": "none"})
    assert late.status_code == 409
    assert "This round has ended" in late.page.html


def test_a_theme_people_code_differently_is_to_be_discussed(ann, ben, round, themes):
    coded_all(ann, round, themes)
    coded_all(ben, round, themes, wrong=9)
    page = ann.get(ann.post(at("/end")).location).page
    assert page.texts("section[aria-labelledby=discuss] li")
    assert "and it is not reached" in page.html


def test_a_theme_nobody_used_says_not_used(ann, ben, round, themes):
    for client in (ann, ben):
        coded_all(client, round, themes, wrong=12)
    page = ann.get(ann.post(at("/end")).location).page
    row = page.texts("section[aria-labelledby=themes] tbody tr")[0]
    assert row.startswith(("Buses not used", "Waits not used"))
    assert "Between people kappa is not defined here" in page.html


def test_small_groups_are_not(ann, ben, round, themes, session):
    for item in round.items[:6]:
        item.audience = "young_person"
    session.commit()
    for client in (ann, ben):
        coded_all(client, round, themes)
    page = ann.get(ann.post(at("/end")).location).page
    assert "No group has 10 comments that two have coded." in page.html


def test_a_theme_that_was_taken_back_keeps_its_figures(ann, ben, round, themes, session):
    for client in (ann, ben):
        coded_all(client, round, themes)
    location = ann.post(at("/end")).location
    session.query(Mention).delete()
    session.delete(themes[0])
    session.commit()
    assert "A theme that was taken back" in ann.get(location).page.html


def test_the_file_holds_figures_and_no_words_of_comments(ann, ben, round, themes, session):
    themes[0].name = "=Waits"
    session.commit()
    for client in (ann, ben):
        coded_all(client, round, themes)
    ann.post(at("/end"))
    reply = ann.post(at(f"/{round.id}/figures.csv"))
    text = reply.data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 3 * 2 * 3
    assert {row["theme"] for row in rows} == {"all", "'=Waits", "Buses"}
    assert {row["kappa"] for row in rows if row["second"] == "Ben" and row["theme"] != "all"} == {
        "1.0000"
    }
    assert not any(words in text for words in WORDS)
    assert deeds(session)[-1] == "downloaded the figures of a round"
    assert "agreement-small-" in reply.headers["Content-Disposition"]


def test_readers_of_results_alone_see_no_figures(officer, round):
    assert officer("Cy", "reader").get(at(f"/{round.id}/results")).status_code == 403
