"""What can happen to an alert, in which order, and when somebody looks at it again. Pure."""

from datetime import timedelta

NEW, ACKNOWLEDGED, DECIDED, CLOSED = "new", "acknowledged", "decision", "closed"
STATES = (NEW, ACKNOWLEDGED, DECIDED, CLOSED)
WORDS, HELP, TEST = "words", "help", "test"
KINDS = (WORDS, HELP, TEST)
DECISIONS = ("999", "referral", "advice", "none")

# A second decision is common: advice first, then a referral.
FOLLOWS = {NEW: {ACKNOWLEDGED}, ACKNOWLEDGED: {DECIDED}, DECIDED: {DECIDED, CLOSED}, CLOSED: set()}

LEAD, DEPUTY, SERVICE_HEAD = "lead", "deputy", "service_head"
RAISED, FIRST_REMINDER, SECOND_REMINDER, DRILL = "raised", "reminder_1h", "reminder_4h", "test"
WHO_IS_TOLD = {
    RAISED: (LEAD,),
    FIRST_REMINDER: (LEAD, DEPUTY),
    SECOND_REMINDER: (LEAD, DEPUTY, SERVICE_HEAD),
    # Both addresses are tried by the test: the deputy's is needed on the worst day.
    DRILL: (LEAD, DEPUTY),
}
REMINDERS = {FIRST_REMINDER: timedelta(hours=1), SECOND_REMINDER: timedelta(hours=4)}
# A worker that is killed holds its job for as long as its lease: this look does not wait for that.
FIRST_LOOK = timedelta(seconds=30)
TRY_AGAIN_AFTER = timedelta(hours=1)
TEST_LASTS = timedelta(days=120)


def may_follow(state: str, wanted: str, kind: str) -> bool:
    """A test is over once somebody has seen it; anything else is decided, then closed."""
    if kind == TEST:
        return (state, wanted) == (NEW, ACKNOWLEDGED)
    return wanted in FOLLOWS[state]


def is_over(state: str, kind: str) -> bool:
    return state == CLOSED or (kind == TEST and state != NEW)
