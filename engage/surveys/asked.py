"""What the address of a staff page asks for: which survey, and which page of a list."""

from flask import request

from engage.people.access import current_staff
from engage.surveys.models import Survey
from engage.surveys.queries import survey_of

LAST_PAGE = 100_000


def our_survey(slug: str) -> Survey:
    """The survey, if it is of the organisation of whoever is signed in."""
    return survey_of(current_staff().organisation_id, slug)


def page_number() -> int:
    """From the address or from a form; what is no number, or none there can be, is the nearest."""
    return min(max(1, request.values.get("page", 1, type=int)), LAST_PAGE)
