"""The way of an answer, from what was heard to what is different, and what each step owes. Pure.

Steps are taken by people and kept as they were taken. What follows from them (late, looked at
again, red or amber) is worked out here each time and stored nowhere.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from engage.clock import day_of
from engage.loop.demands import Parts
from engage.loop.demands import missing as parts_missing

# Accepting a theme is what "heard" means, so it is no step of its own.
HEARD = "heard"
ACKNOWLEDGED, ASSIGNED, DECIDED, DONE = "acknowledged", "assigned", "decided", "done_claimed"
CHECKED, SHOWN, CLOSED = "checked", "difference_shown", "closed"
STEPS = (ACKNOWLEDGED, ASSIGNED, DECIDED, DONE, CHECKED, SHOWN, CLOSED)
STATES = (HEARD, *STEPS)

YES, PARTLY, NOT_YET = "yes", "partly", "not_yet"
VERDICTS = (YES, PARTLY, NOT_YET)  # the best first

DATED_KINDS = frozenset({"doing", "will", "passed_on", "ask_more"})
DATED_REASON = "not_now"  # of "we can't": it will be looked at again by a day
# Nothing more is promised, so it may be closed without anything being done.
SETTLED_KINDS = frozenset({"cannot", "already", "passed_on"})

FOLLOWS: dict[str, frozenset[str]] = {
    # An answer may come at once: it names its owner and says more than the steps before it.
    HEARD: frozenset({ACKNOWLEDGED, DECIDED}),
    ACKNOWLEDGED: frozenset({ASSIGNED, DECIDED}),
    ASSIGNED: frozenset({ASSIGNED, DECIDED}),
    DECIDED: frozenset({DECIDED}),
    DONE: frozenset({DECIDED, CHECKED}),
    CHECKED: frozenset({DECIDED, CHECKED, SHOWN}),
    SHOWN: frozenset({DECIDED, CHECKED, CLOSED}),
    CLOSED: frozenset({DECIDED, CHECKED}),
}
LEAST_OF_DIFFERENCE = 3  # of evidence: families report a change

COMMENTS_REOPEN = 3
SOON = timedelta(days=28)
TWELVE_WEEKS = timedelta(weeks=12)
RED, AMBER, GREEN = "red", "amber", "green"
LIGHTS = (RED, AMBER, GREEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was done, with the parts that it owes. Empty where it owes none."""

    state: str
    at: datetime
    organisation: int = 0
    kind: str = ""
    reason: str = ""  # of "we can't"
    owner: str = ""
    due_on: date | None = None
    said: str = ""
    asked: int | None = None
    note: str = ""
    evidence_level: int = 0
    parts: Parts | None = None  # the answer, where it is decided or said to be done


@dataclass(frozen=True, slots=True)
class Course:
    """What has happened to one answer, or to a theme that has none yet."""

    heard_at: datetime
    steps: tuple[Step, ...] = ()
    new_comments: int = 0  # on the theme, since it was closed


@dataclass(frozen=True, slots=True)
class Light:
    """Red, amber or green, the rule that set it, and the days that the rule speaks of."""

    colour: str
    rule: str
    days: int = 0


# ---- what a step owes


def missing(step: Step) -> tuple[str, ...]:
    """The parts that the step demands and does not have."""
    if step.state in (DECIDED, DONE):
        return _missing_of_answer(step)
    return tuple(name for name in _demanded(step) if not _has(step, name))


def _missing_of_answer(step: Step) -> tuple[str, ...]:
    # Only "we did" can claim to be done, and its parts are what the claim owes.
    if step.parts is None or step.parts.kind != step.kind or not step.kind:
        return ("kind",)
    if step.state == DONE and step.kind != "did":
        return ("kind",)
    return parts_missing(step.parts)


def _demanded(step: Step) -> tuple[str, ...]:
    if step.state == CHECKED:
        # Where it is not done, families say what is missing.
        return ("said", "asked", *(() if step.said == YES else ("note",)))
    return {
        ASSIGNED: ("owner", "due_on"),
        SHOWN: ("note", "evidence_level"),
        CLOSED: ("note",),
    }.get(step.state, ())


def _has(step: Step, name: str) -> bool:
    value = getattr(step, name)
    if name == "evidence_level":
        return bool(value >= LEAST_OF_DIFFERENCE)
    if name == "said":
        return value in VERDICTS
    return bool(value.strip()) if isinstance(value, str) else bool(value)


# ---- which step may follow


def may_follow(course: Course) -> frozenset[str]:
    state, kind, verdict = state_of(course), kind_of(course), verdict_of(course)
    follow = set(FOLLOWS[state])
    if state == DECIDED:
        follow |= {DONE} if kind == "did" else set()
        follow |= {CHECKED} if kind == "already" else set()
        follow |= {CLOSED} if kind in SETTLED_KINDS else set()
    if kind == "already" and state == CHECKED:
        follow = follow - {SHOWN} | {CLOSED}
    if state == CLOSED:
        follow -= {CHECKED} if kind not in ("did", "already") else set()
        follow |= {CLOSED} if why_again(course) == "comments" else set()
    # What families say is not done yet can only be answered anew, or checked again.
    return frozenset(follow - {SHOWN, CLOSED} if verdict == NOT_YET else follow)


def refusal(course: Course, step: Step) -> tuple[str, ...]:
    """Why the step cannot be taken: "turn", or the parts it lacks. Empty where it can."""
    if step.state not in may_follow(course):
        return ("turn",)
    # What is said to be done is the answer that was decided just before.
    if step.state == DONE and step.kind != kind_of(course):
        return ("kind",)
    return missing(step)


def after(course: Course, step: Step) -> Course:
    """The course with this step. Raises ValueError where it may not follow."""
    if why := refusal(course, step):
        raise ValueError(", ".join(why))
    return replace(course, steps=(*course.steps, step))


# ---- where it stands


def state_of(course: Course) -> str:
    """The furthest step since the last decision: a check leaves what is closed closed."""
    taken = {step.state for step in since_decided(course)}
    return max((HEARD, *taken), key=STATES.index)


def since_decided(course: Course) -> tuple[Step, ...]:
    """The last decision and what came after; every step where nothing is decided yet."""
    starts = [at for at, step in enumerate(course.steps) if step.state == DECIDED]
    return course.steps[starts[-1] :] if starts else course.steps


def kind_of(course: Course) -> str:
    first = next(iter(since_decided(course)), None)
    return first.kind if first and first.state == DECIDED else ""


def checks_of(course: Course) -> tuple[Step, ...]:
    """The last word of each organisation on what is decided now, in the order they gave it."""
    checks = [step for step in since_decided(course) if step.state == CHECKED]
    return tuple({step.organisation: step for step in checks}.values())


def verdict_of(course: Course) -> str:
    """What families say; the least good where organisations differ. Empty before a check."""
    said = {step.said for step in checks_of(course)}
    return max(said, key=VERDICTS.index) if said else ""


def difference_of(course: Course) -> Step | None:
    return next((s for s in reversed(since_decided(course)) if s.state == SHOWN), None)


def why_again(course: Course) -> str:
    """Why it is looked at again: "not_yet", "comments", or nothing where it is not."""
    if verdict_of(course) == NOT_YET:
        return "not_yet"
    is_closed = state_of(course) == CLOSED
    return "comments" if is_closed and course.new_comments >= COMMENTS_REOPEN else ""


def is_finished(course: Course) -> bool:
    """Said to be done, or closed: no day is waited for any more."""
    return STATES.index(state_of(course)) >= STATES.index(DONE)


def due_on(course: Course) -> date | None:
    """The day by which something is promised: what was decided or, before that, an answer."""
    latest = next((s for s in reversed(course.steps) if s.state in (ASSIGNED, DECIDED)), None)
    if latest is None:
        return None
    waits = latest.state == ASSIGNED or is_dated(latest.kind, latest.reason)
    return latest.due_on if waits else None


def is_dated(kind: str, reason: str) -> bool:
    """Whether an answer of this kind waits for a day. What was typed for another kind is kept."""
    return kind in DATED_KINDS or (kind == "cannot" and reason == DATED_REASON)


def owner_of(course: Course) -> str:
    latest = next((s for s in reversed(course.steps) if s.state in (ASSIGNED, DECIDED)), None)
    return latest.owner if latest else ""


def days_over(course: Course, today: date) -> int:
    """How long ago it should have been done; 0 where it is not late."""
    due = due_on(course)
    if due is None or is_finished(course):
        return 0
    return max((today - due).days, 0)


# ---- red, amber, green


def light(course: Course, today: date) -> Light:
    return _red(course, today) or _amber(course, today) or Light(GREEN, _green(course))


def _red(course: Course, today: date) -> Light | None:
    if again := why_again(course):
        return Light(RED, again)
    if days := days_over(course, today):
        return Light(RED, "overdue", days)
    waited = today - day_of(course.heard_at)
    if not kind_of(course) and waited >= TWELVE_WEEKS:
        return Light(RED, "no_decision", waited.days)
    return None


def _amber(course: Course, today: date) -> Light | None:
    state, due = state_of(course), due_on(course)
    if due and not is_finished(course) and due - today <= SOON:
        return Light(AMBER, "due_soon", (due - today).days)
    if state == DONE and today - _day_of_last(course, DONE) >= TWELVE_WEEKS:
        return Light(AMBER, "no_check", (today - _day_of_last(course, DONE)).days)
    if verdict_of(course) == PARTLY and state != CLOSED:
        return Light(AMBER, "partly")
    return None


def _day_of_last(course: Course, state: str) -> date:
    return day_of(next(step.at for step in reversed(course.steps) if step.state == state))


def _green(course: Course) -> str:
    return "closed" if state_of(course) == CLOSED else "on_time"
