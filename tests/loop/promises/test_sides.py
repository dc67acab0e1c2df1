"""On which side of a promise an answer stands, on plain values."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engage.loop import lifecycle
from engage.loop.lifecycle import Course, Step
from engage.loop.promises.sides import (
    AGAINST,
    BETWEEN,
    FOR,
    Placed,
    is_of_this_year,
    is_shown_day,
    placed,
)

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
TODAY = date(2026, 7, 1)


def course(kind, *then, due_on=None):
    decided = [Step(state=lifecycle.DECIDED, at=AT, kind=kind, due_on=due_on)]
    done = [Step(state=lifecycle.DONE, at=AT, kind=kind)] if kind == "did" else []
    return Course(AT, (*decided, *done, *then))


def checked(said, organisation=1):
    return Step(state=lifecycle.CHECKED, at=AT, said=said, organisation=organisation)


DIFFERENCE = Step(state=lifecycle.SHOWN, at=AT, note="Less waiting", evidence_level=3)


@pytest.mark.parametrize(
    ("found", "side", "rule"),
    [
        (course("did", checked("yes")), FOR, "yes"),
        (course("did", checked("partly"), DIFFERENCE), FOR, "difference"),
        (course("did", checked("yes"), DIFFERENCE, checked("not_yet", 2)), AGAINST, "not_yet"),
        (course("did", checked("yes"), checked("partly", 2)), BETWEEN, "partly"),
        (course("did"), BETWEEN, "unchecked"),
        (course("cannot"), AGAINST, "cannot"),
        (course("will", due_on=date(2026, 8, 1)), BETWEEN, "will"),
        (course("doing", due_on=date(2026, 6, 21)), AGAINST, "overdue"),
        (course("already", checked("not_yet")), AGAINST, "not_yet"),
        (course("already", checked("yes")), BETWEEN, "already"),
        (course("passed_on"), BETWEEN, "passed_on"),
        (course("ask_more"), BETWEEN, "ask_more"),
    ],
)
def test_one_rule_puts_each_answer_on_one_side(found, side, rule):
    assert placed(found, TODAY) == Placed(side, rule, 10 if rule == "overdue" else 0)


def test_only_what_happened_in_the_last_year_speaks_and_what_is_late_does_so_for_ever():
    later = TODAY + timedelta(days=400)
    old, late = course("cannot"), course("will", due_on=date(2026, 6, 21))
    assert is_of_this_year(old, placed(old, TODAY), TODAY)
    assert not is_of_this_year(old, placed(old, later), later)
    assert is_of_this_year(late, placed(late, later), later)


def test_evidence_is_of_a_day_that_has_been_and_is_shown():
    days = [TODAY, TODAY + timedelta(days=1), TODAY - timedelta(365), TODAY - timedelta(366)]
    assert [is_shown_day(day, TODAY) for day in days] == [True, False, True, False]
