"""Every public number on every page is a number that was published, or printed, or written down."""

from datetime import date, timedelta
from decimal import Decimal
from math import ceil, floor

import pytest

from engage.extensions import db
from engage.framework import load_pack
from engage.indicators.ledger.operations import load
from engage.indicators.others.models import Activity, ActivityCount, Measurement
from engage.indicators.q.county import take_county_snapshot
from engage.indicators.q.models import Target
from engage.indicators.statistics.process import BASELINE_POINTS
from engage.loop.operations import take_loop_snapshot
from engage.pages.comb import comb
from engage.responses.disclosure import half_up
from engage.responses.models import Snapshot
from engage.surveys.queries import definition_of
from tests.factories import StaffFactory
from tests.indicators.conftest import NOW, PARENTS, YOUNG_PEOPLE, answer, same_organisation
from tests.indicators.factories_figures import make_activity, make_figure, make_margins
from tests.indicators.pulse.conftest import month, take_pulse_snapshots
from tests.indicators.q_pages import say
from tests.indicators.tracing import (
    numbers_of,
    numbers_on,
    plain,
    untraced,
)
from tests.loop.made import CHILD, PARENT, a_public_action, a_theme, people_say
from tests.loop.made import a_survey as a_survey_of_comments
from tests.survey_factories import make_survey

PACK = load_pack("hertfordshire")
A_YEAR = timedelta(days=365)
OF_Q = ("q", "county", "coded")
READINGS = ("standard", "easy")
Q_PAGES = [
    *("/indicators/q", "/indicators/q?one=yes", "/indicators/q?read=easy"),
    "/indicators/q/method",
]


def html(client, address):
    reply = client.get(address)
    assert reply.status_code == 200
    return reply.text


def snapshot_numbers(*kinds):
    """Of their data alone, with the names of categories, such as "0-4", which are keys there."""
    rows = db.session.query(Snapshot).filter(Snapshot.kind.in_(kinds))
    return {number for row in rows for number in numbers_of(row.data, with_keys="q" in kinds)}


def row_numbers(model, *names):
    rows = db.session.query(model).all()
    return {number for row in rows for number in numbers_of([getattr(row, n) for n in names])}


def traced_to_q():
    return (
        snapshot_numbers(*OF_Q)
        | row_numbers(Target, "percent")
        | set(numbers_of([area.number for area in PACK.areas]))
    )


# ---- a county with something on every page


def a_wave(template, slug, opened, cells):
    """`cells`: support, area, phase, how satisfied and how many."""
    whose = same_organisation()
    title = f"Survey {slug}"
    version = make_survey(template, slug=slug, title=title, opens_at=opened, organisation=whose)
    for support, area, phase, said, people in cells:
        where = {"weight_support": support, "weight_area": area, "weight_phase": phase}
        about = {"domain_needs": "agree", "domain_info": "disagree", "setting": "special"}
        answer(version, {"headline": said, **where, **(about if people % 2 else {})}, people)
    return version


@pytest.fixture
def q_of_a_county(session, publish):
    """Two waves of parents, weighted; young people, not; targets, and what others measured."""
    make_margins(
        shares={
            "support": {"ehcp": 0.23471391, "sen_support": 0.76528609},
            "phase": {"0-4": 0.12, "5-10": 0.38, "11-15": 0.5},
        }
    )
    first = [
        ("ehcp", "dspl1", "5_10", "fairly_satisfied", 41),
        ("ehcp", "dspl2", "11_15", "fairly_dissatisfied", 57),
        ("sens", "dspl1", "0_4", "neither", 17),
        ("sens", "dspl2", "5_10", "very_dissatisfied", 63),
    ]
    second = [*first, ("sens", "dspl7", "5_10", "very_satisfied", 48)]
    a_wave(PARENTS, "parents-2025", NOW - A_YEAR, first)
    a_wave(PARENTS, "parents-2026", NOW, second)
    young = make_survey(YOUNG_PEOPLE, slug="young", title="Young people")
    answer(young, {"headline": "fairly_satisfied", "domain_needs": "agree"}, 52)
    answer(young, {"headline": "very_dissatisfied"}, 11, easy_read=True)
    answer(young, {"headline": "dont_know", "completion_mode": "helped"}, 41)
    say(young, grade="A", invited="317")
    measure()
    staff = StaffFactory()
    target = {"percent": 61, "by": date(2028, 3, 31), "from_percent": 33, "smallest_change": 13}
    about = {"reason": "The board", "set_by": staff, "set_at": NOW}
    session.add(Target(series="q-PC", **target, **about))
    publish()
    take_county_snapshot(NOW, "Hertfordshire")
    session.commit()


def measure():
    for series, values in (("complaints", ("6.7", "3.7")), ("compliments", ("1.70", "4.8"))):
        for year, value in zip((2023, 2025), values, strict=True):
            days = {"period_from": date(year, 1, 1), "period_to": date(year, 3, 31)}
            make_figure(series, value, label=series.capitalize(), **days)
    about = {"label": "Forum", "unit": "score 0-10", "respondents": 1414}
    make_figure("independent:forum", "3.3", **about)
    make_figure("ind-2018-l", "8.14", numerator=814, denominator=10000)
    make_figure("ind-2018-c", "0.7", numerator=7, denominator=1000)


# ---- page by page


def test_every_number_of_q_is_in_a_snapshot_or_is_a_target(client, q_of_a_county):
    known = [traced_to_q()]
    for address in Q_PAGES:
        page = html(client, address)
        assert len(numbers_on(page)) >= 5, address
        found = untraced(page, known)
        assert (address, found) == (address, [])


def test_the_tracing_of_q_bites(client, q_of_a_county):
    """A number that was typed in is found, and without the snapshots nearly nothing is traced."""
    page = html(client, "/indicators/q")
    typed = page.replace("</main>", "<p>About 4,127 people are 17.3% happier.</p></main>")
    assert typed != page
    assert untraced(typed, [traced_to_q()]) == ["4127", "17.3"]
    left = untraced(page, [row_numbers(Target, "percent")])
    assert len(left) > 0.9 * len(numbers_on(page))


def test_the_page_of_q_has_what_this_test_is_about(client, q_of_a_county):
    """Weights, waves, areas and dials are all there, so that none is traced by being away."""
    page = client.get("/indicators/q").page
    said = " ".join(page.texts("main"))
    for words in ("equal replies", "since April 2025", "The target is 61%", "It was 6.7%"):
        assert words in said
    assert page.tree.cssselect('section[aria-labelledby="areas-q-PC"] tbody tr')
    method = html(client, "/indicators/q/method")
    for words in ("Weighting makes the sample", "about 105 of the 317 people", "Gave a view"):
        assert words in method
    assert "How the answers came" in method
    assert "Who answered, alone or with help" in method


MEASURED = ("label", "value", "numerator", "denominator", "respondents", "place", "source", "note")
PAGES_OF_THE_LIST = ["/indicators", *(f"/indicators/{each.code}" for each in PACK.indicators)]


def test_every_number_of_the_list_is_measured_by_others_or_printed(client, session):
    measure()
    known = row_numbers(Measurement, *MEASURED, "unit") | set(numbers_of(PACK))
    for read in READINGS:
        for address in PAGES_OF_THE_LIST:
            found = untraced(html(client, f"{address}?read={read}"), [known])
            assert (read, address, found) == (read, address, [])


def test_a_number_of_few_people_is_not_on_the_list_though_it_is_in_the_table(client, session):
    measure()
    assert "0.7" in row_numbers(Measurement, "value")
    assert "0.7" not in numbers_on(html(client, "/indicators/ind-2018-c"))


def test_every_number_of_the_ledger_is_a_count_or_the_sum_of_one_unit(client, session):
    load(PACK.activities)
    make_activity("Summer fair", {"people_met": 173, "hours": 4})
    known = row_numbers(ActivityCount, "value", "as_printed") | sums_of_units()
    words = row_numbers(Activity, "label", "description", "description_easy", "overlap")
    printed = [PACK.claims, PACK.open_questions, PACK.sources, PACK.activities, mixed()]
    dates = row_numbers(Activity, "date_basis") | {each.date_from[:4] for each in PACK.activities}
    for read in READINGS:
        page = html(client, f"/indicators/engagement?read={read}")
        assert (read, untraced(page, [known, words, printed, dates])) == (read, [])
        assert "173" in numbers_on(page), read


def sums_of_units():
    """Added up here anew: in the county, everywhere, and how many activities."""
    rows = db.session.query(ActivityCount, Activity).join(Activity).all()
    found = set()
    for unit in {count.unit for count, _ in rows}:
        of_unit = [
            (count.value, activity.in_area) for count, activity in rows if count.unit == unit
        ]
        near = sum(value for value, in_area in of_unit if in_area)
        found |= {near, sum(value for value, _ in of_unit), len(of_unit)}
    return set(numbers_of(found))


def mixed():
    """The sum that must not be made, which the page shows to say so."""
    units = ("survey_answers", "people_met")
    near = [each for each in PACK.activities if each.in_area]
    counts = [count for each in near for count in each.counts if count.unit in units]
    by_unit = [sum(each.value for each in counts if each.unit == unit) for unit in units]
    return [*by_unit, sum(by_unit)]


@pytest.mark.parametrize("months", [6, 14], ids=["without limits", "with limits"])
def test_every_number_of_the_pulse_is_in_a_snapshot(client, session, months):
    version = make_survey("pulse-after-contact", slug="contacts", title="Contacts")
    for number in range(months):
        good = 31 + number % 3 + (9 if number > 11 else 0)
        month(version, 2025 + number // 12, 1 + number % 12, good, 12)
    take_pulse_snapshots(NOW.replace(month=8))
    session.commit()
    known = [snapshot_numbers("pulse"), worked_out_from_the_chart(), BASELINE_POINTS]
    for address in ("/indicators/pulse", "/indicators/pulse?read=easy"):
        page = html(client, address)
        assert numbers_on(page), address
        assert (address, untraced(page, known)) == (address, [])


def worked_out_from_the_chart():
    """Whole per cent of the published mean and limits, and the numbers of what stands out."""
    charts = [
        line["chart"]
        for row in db.session.query(Snapshot).filter_by(kind="pulse")
        for line in row.data["lines"]
    ]
    return [
        (
            chart["placed"],
            half_up(Decimal(str(chart["mean"] or 0))),
            [ceil(each) for each in chart["lower"] or ()],
            [floor(each) for each in chart["upper"] or ()],
            list(range(1, len(chart["signals"]) + 1)),
        )
        for chart in charts
    ]


@pytest.fixture
def answers_to_comments(session):
    """Answers to what people said, and their survey with its counts."""
    version = a_survey_of_comments(title="What helps")
    theme = a_theme(version, people_say(version, PARENT, 37) + people_say(version, CHILD, 16))
    people_say(version, PARENT, 61)
    actions = [a_public_action(theme, kind) for kind in ("did", "cannot", "doing")]
    take_loop_snapshot(version.survey_id, NOW)
    session.commit()
    return version, actions


def traced_to_the_loop(actions):
    how_many = [len(actions), 1, 0]  # answers in all, and of each kind
    # The numbers of ambitions and areas are names.
    named = [each.number for each in (*PACK.ambitions, *PACK.areas)]
    return [snapshot_numbers("loop"), [each.reached for each in actions], how_many, named]


def test_every_number_of_you_said_we_did_is_in_a_snapshot_or_an_answer(client, answers_to_comments):
    version, actions = answers_to_comments
    known = traced_to_the_loop(actions)
    for read in READINGS:
        for address in ("/you-said-we-did", f"/you-said-we-did/{version.survey.slug}"):
            page = html(client, f"{address}?read={read}")
            assert numbers_on(page), (read, address)
            assert (read, address, untraced(page, known)) == (read, address, [])


def test_every_number_of_the_home_page_is_one_of_them_or_about_a_survey(
    client, answers_to_comments
):
    version, actions = answers_to_comments
    counted = db.session.query(Snapshot).filter_by(kind="loop").one().data
    drawn = comb({"p": counted["audiences"][PARENT], "y": counted["audiences"][CHILD]})
    questions = len(list(definition_of(version.id).questions()))
    of_surveys = [version.estimated_minutes, questions]
    known = [*traced_to_the_loop(actions), of_surveys, drawn.people_in_a_cell, drawn.filled]
    for read in READINGS:
        page = html(client, f"/?read={read}")
        assert plain(str(counted["people"])) in numbers_on(page), read
        assert (read, untraced(page, known)) == (read, [])
