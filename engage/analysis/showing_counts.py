"""Counts as a member of staff may see them."""

from flask_babel import gettext as _

from engage.people.access import Permission, may
from engage.responses.disclosure import HIDDEN_FROM_STAFF


def safe_number(number: int) -> str:
    """A count for staff: from 1 to 4 only for those who may read the answers."""
    if number in HIDDEN_FROM_STAFF and not may(Permission.READ_ANSWERS):
        return str(_("fewer than 5"))
    return str(number)
