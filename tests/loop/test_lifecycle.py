"""The state machine: no path skips a demand, no history is rewritten, nothing derived is stored."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.loop import lifecycle
from engage.loop.demands import REASONS, Parts, demanded
from engage.loop.lifecycle import (
    ACKNOWLEDGED,
    ASSIGNED,
    CHECKED,
    CLOSED,
    DECIDED,
    DONE,
    HEARD,
    SHOWN,
    Course,
    Step,
)
from tests.loop.made import WHOLE, emptied, whole

HEARD_AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
COUNCIL, FORUM, VOICES = 1, 2, 3
OTHERS = [kind for kind in WHOLE if kind != "did"]


def day(number: int) -> datetime:
    return HEARD_AT + timedelta(days=number)


def decided(kind="did", at=10, **parts) -> Step:
    said = whole(kind, **parts)
    return Step(
        state=DECIDED,
        at=day(at),
        kind=kind,
        reason=said.reason,
        owner=said.owner,
        due_on=said.due_on,
        parts=said,
    )


def done(at=10) -> Step:
    return replace(decided("did", at), state=DONE)


def checked(said="yes", at=20, by=FORUM, **parts) -> Step:
    usual = {"asked": 24, "note": "The line is still busy"}
    return Step(state=CHECKED, at=day(at), said=said, organisation=by, **{**usual, **parts})


def shown(at=30, **parts) -> Step:
    usual = {"note": "Half the wait there was", "evidence_level": 3}
    return Step(state=SHOWN, at=day(at), **{**usual, **parts})


def closed(at=40, note="It works") -> Step:
    return Step(state=CLOSED, at=day(at), note=note)


def taken(*steps: Step, new_comments: int = 0) -> Course:
    course = Course(HEARD_AT)
    for step in steps:
        course = lifecycle.after(course, step)
    return replace(course, new_comments=new_comments)


ACK = Step(state=ACKNOWLEDGED, at=day(1))
ASSIGN = Step(state=ASSIGNED, at=day(2), owner="Head of therapies", due_on=date(2026, 9, 1))
ALL_THE_WAY = (ACK, ASSIGN, decided(), done(), checked(), shown(), closed())

# ---- the way


def test_an_answer_goes_all_the_way_from_heard_to_closed():
    states = [lifecycle.state_of(taken(*ALL_THE_WAY[:at])) for at in range(8)]
    assert states == [HEARD, ACKNOWLEDGED, ASSIGNED, DECIDED, DONE, CHECKED, SHOWN, CLOSED]


def test_an_answer_may_come_at_once_and_then_needs_no_more_words_of_hearing():
    course = taken(decided("will"))
    assert lifecycle.may_follow(course) == {DECIDED}


@pytest.mark.parametrize("step", [ASSIGN, done(), checked(), shown(), closed()])
def test_what_was_only_heard_is_acknowledged_or_answered_next(step):
    with pytest.raises(ValueError, match="turn"):
        taken(step)


@pytest.mark.parametrize("kind", OTHERS)
def test_only_we_did_is_said_to_be_done(kind):
    claim = replace(decided(kind), state=DONE)
    with pytest.raises(ValueError, match="turn"):
        taken(decided(kind), claim)


@pytest.mark.parametrize("kind", ["will", "doing", "ask_more"])
def test_what_is_promised_is_not_closed_before_it_is_done(kind):
    with pytest.raises(ValueError, match="turn"):
        taken(decided(kind), closed())


@pytest.mark.parametrize("kind", ["cannot", "already", "passed_on"])
def test_what_promises_no_deed_is_closed_with_a_reason(kind):
    assert lifecycle.state_of(taken(decided(kind), closed())) == CLOSED


def test_what_is_done_is_not_closed_before_families_checked_it_and_a_difference_is_shown():
    for course in (taken(*ALL_THE_WAY[:4]), taken(*ALL_THE_WAY[:5])):
        assert CLOSED not in lifecycle.may_follow(course)


def test_what_is_already_there_is_checked_by_families_too():
    assert lifecycle.state_of(taken(decided("already"), checked())) == CHECKED


def test_what_families_say_is_not_done_is_neither_shown_nor_closed():
    course = taken(decided(), done(), checked("not_yet"))
    assert lifecycle.may_follow(course) == {DECIDED, CHECKED}


def test_families_may_say_later_that_it_is_done_after_all():
    course = taken(decided(), done(), checked("not_yet"), checked("yes", 25))
    assert SHOWN in lifecycle.may_follow(course)


def test_of_two_organisations_the_one_that_is_less_content_counts():
    course = taken(decided(), done(), checked("yes"), checked("not_yet", 21, VOICES))
    assert lifecycle.verdict_of(course) == "not_yet"


def test_a_new_answer_is_checked_anew():
    course = taken(*ALL_THE_WAY, decided(at=50), done(50))
    assert (lifecycle.state_of(course), lifecycle.verdict_of(course)) == (DONE, "")


# ---- what each step demands


@pytest.mark.parametrize(
    ("kind", "part"), [(kind, part) for kind, parts in WHOLE.items() for part in parts]
)
def test_no_decision_without_its_parts(kind, part):
    step = decided(kind, **emptied(kind, part))
    assert lifecycle.missing(step) == (part,)


def test_nothing_is_done_at_evidence_level_0():
    claim = replace(done(), parts=whole("did", evidence_level=0))
    assert lifecycle.missing(claim) == ("evidence_level",)


@pytest.mark.parametrize(
    ("said", "owes"), [("yes", ()), ("partly", ("note",)), ("not_yet", ("note",))]
)
def test_who_says_it_is_not_done_says_what_is_missing(said, owes):
    assert lifecycle.missing(checked(said, note=" ")) == owes


@pytest.mark.parametrize("asked", [None, 0])
def test_nobody_checks_without_asking_anybody(asked):
    assert lifecycle.missing(checked(asked=asked)) == ("asked",)


@pytest.mark.parametrize("level", [0, 1, 2])
def test_what_was_made_or_reached_is_no_difference(level):
    assert lifecycle.missing(shown(evidence_level=level)) == ("evidence_level",)


@pytest.mark.parametrize(
    ("step", "owes"),
    [
        (replace(ASSIGN, owner=""), ("owner",)),
        (replace(ASSIGN, due_on=None), ("due_on",)),
        (closed(note=""), ("note",)),
        (shown(note="  "), ("note",)),
        (checked("perhaps"), ("said",)),
        (Step(state=DECIDED, at=day(1)), ("kind",)),
    ],
)
def test_a_part_that_is_missing_is_named(step, owes):
    assert lifecycle.missing(step) == owes


# ---- any path at all


def texts():
    return st.sampled_from(["", " ", "Words"])


@st.composite
def any_steps(draw) -> Step:
    kind = draw(st.sampled_from(["", *WHOLE]))
    parts = _parts(draw, kind) if kind else None
    return Step(
        state=draw(st.sampled_from(lifecycle.STATES)),
        at=day(draw(st.integers(0, 200))),
        organisation=draw(st.sampled_from([COUNCIL, FORUM, VOICES])),
        kind=kind,
        reason=draw(st.sampled_from(["", "money", "not_now"])),
        owner=draw(texts()),
        due_on=draw(st.none() | st.dates(date(2026, 6, 1), date(2027, 6, 1))),
        said=draw(st.sampled_from(["", *lifecycle.VERDICTS])),
        asked=draw(st.none() | st.integers(0, 40)),
        note=draw(texts()),
        evidence_level=draw(st.integers(0, 5)),
        parts=parts,
    )


def _parts(draw, kind) -> Parts:
    """Whole more often than not, so that paths go on."""
    full = whole(kind)
    if draw(st.integers(0, 3)):
        return full
    gone = draw(st.sampled_from([*WHOLE[kind], "we_did", "owner", "you_said"]))
    return replace(full, **{gone: "" if isinstance(getattr(full, gone), str) else None})


# Whole steps as well, so that many paths go far.
WHOLE_STEPS = [*ALL_THE_WAY, *ALL_THE_WAY[3:], checked("not_yet"), checked("partly", by=VOICES)]
WHOLE_STEPS += [decided(kind) for kind in OTHERS]
paths = st.lists(st.sampled_from(WHOLE_STEPS) | any_steps(), max_size=30)


def walk(steps) -> list[Course]:
    """The courses on the way: a step that is refused changes nothing."""
    courses = [Course(HEARD_AT)]
    for step in steps:
        if not lifecycle.refusal(courses[-1], step):
            courses.append(lifecycle.after(courses[-1], step))
    return courses


@given(paths)
def test_no_path_skips_a_demand(steps):
    for step in walk(steps)[-1].steps:
        assert lifecycle.missing(step) == ()


@given(paths)
def test_no_path_rewrites_history(steps):
    courses = walk(steps)
    for before, later in zip(courses, courses[1:], strict=False):
        assert later.steps[:-1] == before.steps


@given(paths, any_steps())
def test_what_is_refused_is_refused_whole(steps, step):
    course = walk(steps)[-1]
    if lifecycle.refusal(course, step):
        with pytest.raises(ValueError, match=r"\w"):
            lifecycle.after(course, step)


@given(paths)
def test_every_claim_follows_its_decision_and_every_difference_a_check(steps):
    course = walk(steps)[-1]
    for at, step in enumerate(course.steps):
        before = {
            each.state for each in lifecycle.since_decided(Course(HEARD_AT, course.steps[:at]))
        }
        if step.state == DONE:
            assert course.steps[at - 1].state == DECIDED
            assert course.steps[at - 1].kind == "did"
        if step.state == SHOWN:
            assert {DONE, CHECKED} <= before
        if step.state == CLOSED and DONE in before:
            assert {CHECKED, SHOWN} <= before


@given(paths, st.integers(0, 9), st.dates(date(2026, 6, 1), date(2027, 12, 1)))
def test_what_is_derived_follows_only_from_facts(steps, new_comments, today):
    course = replace(walk(steps)[-1], new_comments=new_comments)
    again = Course(course.heard_at, tuple(replace(step) for step in course.steps), new_comments)
    assert lifecycle.light(course, today) == lifecycle.light(again, today)
    late, why = lifecycle.days_over(course, today), lifecycle.why_again(course)
    due = lifecycle.due_on(course)
    assert bool(late) == (due is not None and due < today and not lifecycle.is_finished(course))
    assert (why == "not_yet") == (lifecycle.verdict_of(course) == "not_yet")
    if why == "comments":
        assert lifecycle.state_of(course) == CLOSED
        assert new_comments >= 3


@given(paths, st.integers(0, 9), st.dates(date(2026, 6, 1), date(2027, 12, 1)))
def test_red_is_exactly_what_the_rule_says(steps, new_comments, today):
    course = replace(walk(steps)[-1], new_comments=new_comments)
    waited = (today - HEARD_AT.date()).days
    is_red = bool(
        lifecycle.why_again(course)
        or lifecycle.days_over(course, today)
        or (not lifecycle.kind_of(course) and waited >= 84)
    )
    assert (lifecycle.light(course, today).colour == "red") == is_red


# ---- late, looked at again, red and amber


def light(course: Course, today: date = TODAY) -> tuple[str, str, int]:
    found = lifecycle.light(course, today)
    return found.colour, found.rule, found.days


@pytest.mark.parametrize("kind", ["will", "doing", "passed_on", "ask_more"])
def test_a_promise_is_late_the_day_after_its_day(kind):
    course = taken(decided(kind, due_on=TODAY))
    assert lifecycle.days_over(course, TODAY) == 0
    assert light(course, TODAY + timedelta(days=1)) == ("red", "overdue", 1)


def test_an_answer_that_was_assigned_is_late_too():
    assert light(taken(ACK, ASSIGN), date(2026, 9, 2))[1] == "overdue"


@pytest.mark.parametrize("kind", ["did", "cannot", "already"])
def test_what_waits_for_no_day_is_never_late(kind):
    course = taken(decided(kind, due_on=date(2020, 1, 1)))
    assert lifecycle.days_over(course, TODAY) == 0


def test_what_cannot_be_done_now_is_late_the_day_after_its_day():
    course = taken(decided("cannot", reason="not_now", due_on=TODAY))
    assert light(course) == ("amber", "due_soon", 0)
    assert light(course, TODAY + timedelta(days=1)) == ("red", "overdue", 1)


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("kind", WHOLE)
def test_a_day_is_waited_for_exactly_where_it_is_owed(kind, reason):
    assert lifecycle.is_dated(kind, reason) == ("due_on" in demanded(kind, reason))


def test_what_was_passed_on_and_closed_is_not_late():
    course = taken(decided("passed_on", due_on=date(2026, 7, 1)), closed())
    assert light(course) == ("green", "closed", 0)


@pytest.mark.parametrize(("comments", "rule"), [(2, "closed"), (3, "comments"), (7, "comments")])
def test_three_new_comments_open_again_what_was_closed(comments, rule):
    assert light(taken(*ALL_THE_WAY, new_comments=comments))[1] == rule


def test_comments_before_it_is_closed_open_nothing():
    assert light(taken(*ALL_THE_WAY[:6], new_comments=9)) == ("green", "on_time", 0)


def test_families_who_say_not_yet_open_again_what_was_closed():
    assert light(taken(*ALL_THE_WAY, checked("not_yet", 50))) == ("red", "not_yet", 0)


def test_families_who_are_content_after_it_was_closed_leave_it_closed():
    assert light(taken(*ALL_THE_WAY, checked("yes", 50))) == ("green", "closed", 0)


def test_what_was_opened_by_comments_may_be_closed_again():
    course = taken(*ALL_THE_WAY, new_comments=3)
    assert CLOSED in lifecycle.may_follow(course)


@pytest.mark.parametrize(("days", "colour"), [(83, "green"), (84, "red")])
def test_no_decision_is_red_after_12_weeks(days, colour):
    assert light(Course(HEARD_AT), day(days).date())[0] == colour


@pytest.mark.parametrize(("days", "colour"), [(29, "green"), (28, "amber"), (0, "amber")])
def test_what_is_due_within_28_days_is_amber(days, colour):
    course = taken(decided("will", due_on=TODAY + timedelta(days=days)))
    assert light(course)[0] == colour


@pytest.mark.parametrize(("days", "rule"), [(83, "on_time"), (84, "no_check")])
def test_what_nobody_checked_for_12_weeks_is_amber(days, rule):
    assert light(taken(decided(), done()), day(10 + days).date())[1] == rule


def test_partly_is_amber():
    assert light(taken(decided(), done(), checked("partly"))) == ("amber", "partly", 0)
