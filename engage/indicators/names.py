"""What the parts of q, what people are, and the ways they were found are called, everywhere."""

from flask_babel import lazy_gettext as _l

from engage.indicators.q.series import CONFIDENCE, HEADLINE

PARTS = {
    HEADLINE: _l("Overall"),
    "domain_needs": _l("Needs are met"),
    "domain_listened": _l("We are listened to"),
    "domain_comms": _l("Things are explained"),
    "domain_joined": _l("Services work together"),
    "domain_timely": _l("Help comes in time"),
    "domain_info": _l("We can find information"),
    CONFIDENCE: _l("Confidence"),
}
VARIABLES = {
    "area": _l("Area"),
    "support": _l("Support"),
    "phase": _l("Age of the child or young person"),
    "setting": _l("Where they learn"),
}
GRADES = {
    "A": _l("A: everybody who was known, or a random sample, was sent a link of their own"),
    "B": _l("B: an open link, which anybody could follow and pass on"),
    "C": _l("C: events, groups and stalls; counts and themes only"),
}
