"""The words staff read of where an answer stands: its state, its light and the rule behind it."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from engage.loop import lifecycle
from engage.loop.lifecycle import Course, Light

STATES = {
    lifecycle.HEARD: _("Heard"),
    lifecycle.ACKNOWLEDGED: _("Acknowledged"),
    lifecycle.ASSIGNED: _("Assigned"),
    lifecycle.DECIDED: _("Decided"),
    lifecycle.DONE: _("Said to be done"),
    lifecycle.CHECKED: _("Checked by families"),
    lifecycle.SHOWN: _("Difference shown"),
    lifecycle.CLOSED: _("Closed"),
}
AGAIN = _("Looked at again")
VERDICTS = {
    lifecycle.YES: _("Yes, it is done"),
    lifecycle.PARTLY: _("Partly"),
    lifecycle.NOT_YET: _("Not yet"),
}
COLOURS = {lifecycle.RED: _("Red"), lifecycle.AMBER: _("Amber"), lifecycle.GREEN: _("Green")}
RULES: dict[str, Callable[[int], str]] = {
    "not_yet": lambda days: str(_("Families say that it is not done yet.")),
    "comments": lambda days: str(_("3 or more new comments came after it was closed.")),
    "overdue": lambda days: ngettext("%(num)d day overdue.", "%(num)d days overdue.", days),
    "no_decision": lambda days: str(_("No decision 12 weeks after the theme was accepted.")),
    "due_soon": lambda days: ngettext("Due in %(num)d day.", "Due in %(num)d days.", days),
    "no_check": lambda days: str(_("Said to be done 12 weeks ago, and no family has checked it.")),
    "partly": lambda days: str(_("Families say that it is partly done.")),
    "closed": lambda days: str(_("Closed, and nothing new has come.")),
    "on_time": lambda days: str(_("Nothing is late.")),
}


def state_words(course: Course) -> str:
    return str(AGAIN if lifecycle.why_again(course) else STATES[lifecycle.state_of(course)])


def rule_words(light: Light) -> str:
    return RULES[light.rule](light.days)
