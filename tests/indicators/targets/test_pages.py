"""What q should reach, set only by somebody who saw what a next survey could show."""

from datetime import UTC, date, datetime

import pytest

from engage.indicators.q.models import Target
from engage.indicators.targets.queries import standing_of, targets_in_force
from engage.people.models import AuditEvent
from tests.factories import StaffFactory
from tests.indicators.conftest import answer
from tests.signin import sign_in

PAGE = "/staff/indicators/targets"
NEW = f"{PAGE}/q-PC/new"
FAR = {"percent": "60", "by": "2030-12-31", "reason": "The board agreed it"}
NEAR = FAR | {"percent": "36"}


@pytest.fixture
def published(parents, publish):
    """A third of 300 parents are satisfied."""
    answer(parents, {"headline": "fairly_satisfied"}, 100)
    answer(parents, {"headline": "very_dissatisfied"}, 200)
    publish()
    return parents


def typed(client, **what):
    page = client.get(NEW).page
    (seen,) = page.tree.cssselect("input[name=seen]")
    return {"seen": seen.get("value")} | what


def send(client, **what):
    return client.post(NEW, data=typed(client, **what), follow_redirects=True).page


def words(page):
    return " ".join(page.texts("main"))


def test_the_staff_figures_page_links_to_the_targets(staff_client):
    page = staff_client.get("/staff/indicators").page
    assert page.tree.cssselect(f'main a[href="{PAGE}"]')


def test_where_it_stands_and_what_would_show_come_before_the_form(staff_client, published):
    told = words(staff_client.get(PAGE).page)
    assert "It stands at 33% satisfied." in told
    assert "the smallest rise that shows is 12 points." in told
    html = staff_client.get(NEW).page.html
    assert html.index("the smallest rise that shows is 12 points.") < html.index('name="percent"')


def test_the_day_it_was_counted_is_the_day_here(staff_client, parents, publish):
    answer(parents, {"headline": "fairly_satisfied"}, 100)
    answer(parents, {"headline": "very_dissatisfied"}, 200)
    publish(datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    assert "2 July 2026" in words(staff_client.get(PAGE).page)
    assert "2 July 2026" in words(staff_client.get(NEW).page)


def test_a_target_that_would_show_is_set_at_once(staff_client, session, published):
    assert "The target is set." in send(staff_client, **FAR).html
    (row,) = session.query(Target)
    assert (row.series, row.percent, row.by) == ("q-PC", 60, date(2030, 12, 31))
    assert (row.from_percent, row.smallest_change) == (33, 12)
    assert row.set_by.id == staff_client.staff.id
    event = session.query(AuditEvent).filter_by(what="set a target").one()
    assert event.detail["can_be_measured"] is True
    assert "Target: 60% by 31 December 2030" in words(staff_client.get(PAGE).page)


def test_a_rise_that_chance_would_hide_is_shown_back_and_not_set(staff_client, session, published):
    page = send(staff_client, **NEAR)
    assert page.status == 422
    told = words(page)
    assert "A rise of 3 points could not be told from chance." in told
    assert "With replies like these the smallest rise that shows is 12 points." in told
    assert "I know this cannot be measured" in told
    assert page.tree.get_element_by_id("percent").get("value") == "36"
    assert page.texts("#reason") == ["The board agreed it"]
    assert not session.query(Target).count()


def test_it_is_set_once_somebody_says_that_they_know(staff_client, session, published):
    page = send(staff_client, **NEAR, knows="y")
    assert "This target cannot be measured, and was set knowing that." in page.html
    (row,) = session.query(Target)
    assert row.reason == "The board agreed it"
    event = session.query(AuditEvent).filter_by(what="set a target").one()
    assert event.detail["can_be_measured"] is False
    assert not targets_in_force()["q-PC"].is_measurable


def test_the_smallest_rise_itself_would_show(staff_client, session, published):
    send(staff_client, **FAR | {"percent": "45"})
    assert targets_in_force()["q-PC"].is_measurable


MISTAKES = (
    ({"percent": "a lot"}, "percent", "Write a whole number from 1 to 100"),
    ({"percent": "101"}, "percent", "Write a whole number from 1 to 100"),
    ({"percent": ""}, "percent", "Write a whole number from 1 to 100"),
    ({"percent": "33"}, "percent", "it stands at 33%"),
    ({"by": "2020-01-01"}, "by", "Give a day that is still to come"),
    ({"by": ""}, "by", "Give a day"),
    ({"by": "soon"}, "by", "Write a date"),
    ({"reason": "  "}, "reason", "Write why"),
    ({"seen": "30-9"}, "percent", "The figure has changed"),
)


def test_a_mistake_is_said_beside_its_field(staff_client, session, published):
    form = typed(staff_client, **FAR)
    for changed, field, words in MISTAKES:
        reply = staff_client.post(NEW, data=form | changed)
        assert (changed, reply.status_code) == (changed, 422)
        (said,) = reply.page.texts(f"#{field}-error")
        assert words in said, changed
    assert not session.query(Target).count()


def test_a_percent_sign_is_no_mistake(staff_client, session, published):
    send(staff_client, **FAR | {"percent": " 60 %"})
    assert targets_in_force()["q-PC"].percent == 60


def test_a_target_is_withdrawn_with_a_reason_and_kept(staff_client, session, published):
    send(staff_client, **FAR)
    (row,) = session.query(Target)
    page = staff_client.get(PAGE).page
    link = f"{PAGE}/{row.id}/withdraw"
    assert page.tree.cssselect(f'a[href="{link}"]')
    assert staff_client.post(link, data={"why": ""}).status_code == 422
    page = staff_client.post(link, data={"why": "The plan changed"}, follow_redirects=True).page
    assert "The plan changed" in page.html
    assert targets_in_force() == {}
    assert session.query(AuditEvent).filter_by(what="withdrew a target").one()
    assert staff_client.get(link).status_code == 404


def test_a_second_target_needs_the_first_withdrawn(staff_client, session, published):
    send(staff_client, **FAR)
    assert staff_client.get(NEW).status_code == 404
    assert f'href="{NEW}"' not in staff_client.get(PAGE).page.html


def test_without_a_figure_no_target_can_be_set_and_the_page_says_why(staff_client, session):
    told = words(staff_client.get(PAGE).page)
    assert told.count("No figure has been published yet") == 2
    assert staff_client.get(NEW).status_code == 404


def test_a_figure_that_is_hidden_is_nothing_to_start_from(staff_client, parents, publish):
    answer(parents, {"headline": "fairly_satisfied"}, 20)
    publish()
    assert "The figure is not shown" in words(staff_client.get(PAGE).page)
    assert staff_client.get(NEW).status_code == 404


def test_a_figure_near_the_end_is_nothing_to_start_from(staff_client, parents, publish):
    answer(parents, {"headline": "very_satisfied"}, 300)
    publish()
    assert "too near 0 or 100" in words(staff_client.get(PAGE).page)


def test_so_few_that_no_rise_would_show(staff_client, parents, publish):
    answer(parents, {"headline": "very_satisfied"}, 27)
    answer(parents, {"headline": "neither"}, 5)
    publish()
    assert standing_of("q-PC").why_not == "too_few"
    assert "no rise at all would show" in words(staff_client.get(PAGE).page)


def test_made_up_answers_say_so(staff_client, session, published):
    published.survey.is_invented = True
    session.commit()
    assert "Made-up answers" in staff_client.get(PAGE).page.texts("main .tag")


def test_what_is_no_series_is_not_found(staff_client, session):
    assert staff_client.get(f"{PAGE}/q-XX/new").status_code == 404


def test_a_reader_sees_the_targets_and_sets_none(client, session, published):
    sign_in(client, StaffFactory(roles=["reader"]))
    assert f'href="{NEW}"' not in client.get(PAGE).page.html
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, data=FAR).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client, session):
    assert "/staff/sign-in" in client.get(PAGE).location
