"""What each role may do, and the rules that staff pages declare from it."""

import time
from collections.abc import Callable
from enum import Enum
from typing import TypeVar, cast

from flask import abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user, logout_user

from engage.people.models import Staff
from engage.web.access import Rule, access

View = TypeVar("View", bound=Callable[..., object])
# A day's work. After it the password and code are asked for again, whatever was left open.
SIGNED_IN_FOR = 12 * 60 * 60


class Permission(Enum):
    """One thing that only some staff may do."""

    VIEW_RESULTS = "view_results"
    READ_ANSWERS = "read_answers"
    EDIT_SURVEYS = "edit_surveys"
    CURATE = "curate"
    PUBLISH = "publish"
    EXPORT = "export"
    MANAGE_STAFF = "manage_staff"
    SAFEGUARD = "safeguard"


P = Permission
# Running the service is no reason to read what a child wrote, so an administrator may not.
# Someone who does two jobs is given two roles.
ROLES: dict[str, frozenset[Permission]] = {
    "administrator": frozenset({P.VIEW_RESULTS, P.EDIT_SURVEYS, P.PUBLISH, P.MANAGE_STAFF}),
    "survey_lead": frozenset(
        {P.VIEW_RESULTS, P.READ_ANSWERS, P.EDIT_SURVEYS, P.CURATE, P.PUBLISH, P.EXPORT}
    ),
    "analyst": frozenset({P.VIEW_RESULTS, P.READ_ANSWERS, P.CURATE, P.EXPORT}),
    "safeguarding_lead": frozenset({P.VIEW_RESULTS, P.READ_ANSWERS, P.SAFEGUARD}),
    "reader": frozenset({P.VIEW_RESULTS}),
}


def current_staff() -> Staff:
    """Who is signed in. For views that declare `any_staff` or `staff_may`; 403 elsewhere."""
    if not is_signed_in():
        abort(403)
    return cast(Staff, current_user._get_current_object())


def is_signed_in() -> bool:
    return bool(current_user and current_user.is_authenticated)


def may(permission: Permission) -> bool:
    """True when the person signed in has a role with this permission."""
    return is_signed_in() and permission in permissions_of(current_staff())


def permissions_of(staff: Staff) -> frozenset[Permission]:
    # A role that is in the database and not in the table gives nothing.
    return frozenset().union(*(ROLES.get(role.name, frozenset()) for role in staff.roles))


def staff_may(*permissions: Permission) -> Callable[[View], View]:
    """Open to staff with one of these: others get 403, strangers are asked to sign in."""

    def rule() -> ResponseReturnValue | None:
        if asked := ask_strangers_to_sign_in():
            return asked
        if not any(map(may, permissions)):
            abort(403)
        return None

    return access(rule)


def ask_strangers_to_sign_in() -> ResponseReturnValue | None:
    if is_signed_in() and time.time() - session.get("fs_paa", 0) < SIGNED_IN_FOR:
        return None
    if is_signed_in():
        logout_user()
    # Only a page can be gone back to; what a form would have done is not done after sign-in.
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("security.login", next=back))


def nobody() -> ResponseReturnValue | None:
    """For views that a library adds and this service does not use."""
    abort(403)


any_staff_rule: Rule = ask_strangers_to_sign_in


def any_staff(view: View) -> View:
    """Open to everybody who is signed in."""
    return access(any_staff_rule)(view)
