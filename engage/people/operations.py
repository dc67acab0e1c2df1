"""What is done to organisations and staff. Roles and what they may do are in access."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_security import hash_password

from engage.errors import InvalidInputError, NotReadyError
from engage.extensions import db
from engage.people import audit, queries, totp
from engage.people.access import ROLES
from engage.people.models import Organisation, Role, Staff

HELP = ("help_phone", "help_hours", "out_of_hours_phone", "leave_url")


@dataclass(frozen=True)
class Authenticator:
    """What an authenticator app needs: typed in by hand, or read as one address."""

    secret: str
    uri: str


def ensure_roles() -> None:
    """Every role of the table is in the database. Safe to call again."""
    known = {role.name for role in queries.roles(list(ROLES))}
    db.session.add_all(Role(name=name) for name in ROLES if name not in known)
    db.session.flush()


def create_organisation(code: str, name: str, short_name: str, **settings: Any) -> Organisation:
    """`settings` are the organisation's other columns: the help numbers and leave_url."""
    made = Organisation(code=code, name=name, short_name=short_name, **settings)
    db.session.add(made)
    db.session.flush()
    return made


def set_help(organisation: Organisation, **settings: str) -> None:
    """The numbers people can ring, and where "Leave this page" leads."""
    for name, value in settings.items():
        if name not in HELP:
            raise InvalidInputError(f"“{name}” is not about help.")
        setattr(organisation, name, value)
    db.session.flush()


def begin_organisation(names: tuple[str, str, str], administrator: str, email: str) -> str:
    """A new organisation (code, name, short name) with one administrator. Returns the password."""
    code, name, short_name = names
    if queries.is_known_organisation(code, name):
        raise InvalidInputError(f"There is an organisation “{code}” or “{name}” already.")
    password = secrets.token_urlsafe(12)
    organisation = create_organisation(code, name, short_name)
    roles = ["administrator", "survey_lead", "analyst"]
    create_staff(organisation, administrator, email, password, roles)
    return password


def create_staff(  # noqa: PLR0913 the six things that make a person who can sign in
    organisation: Organisation,
    name: str,
    email: str,
    password: str,
    roles: Sequence[str],
    totp_secret: str | None = None,
) -> Staff:
    """Someone who can sign in. With no secret, the first sign-in asks them to set up their app.

    `totp_secret` is base32, as authenticator apps write it; `authenticator(staff)` gives it back.
    """
    if queries.staff_by_email(email):
        raise InvalidInputError("Somebody already signs in with this e-mail address.")
    ensure_roles()
    staff = Staff(
        organisation=organisation,
        name=name,
        email=email.strip().lower(),
        password=hash_password(password),
        active=True,
        fs_uniquifier=secrets.token_hex(32),
        roles=known_roles(roles),
    )
    if totp_secret:
        set_authenticator(staff, totp_secret)
    db.session.add(staff)
    db.session.flush()
    return staff


def known_roles(names: Sequence[str]) -> list[Role]:
    if unknown := set(names) - set(ROLES):
        raise InvalidInputError(f"There is no such role: {', '.join(sorted(unknown))}")
    return queries.roles(names)


def new_totp_secret() -> str:
    return base64.b32encode(secrets.token_bytes(20)).decode()


def set_authenticator(staff: Staff, secret: str) -> None:
    """Kept encrypted, in the form Flask-Security reads."""
    staff.tf_primary_method = "authenticator"
    staff.tf_totp_secret = totp.factory().encrypted(secret)


def authenticator(staff: Staff) -> Authenticator:
    """The secret in the clear, for a demonstration to print. Never shown on a page."""
    if not staff.tf_totp_secret:
        raise NotReadyError("This member of staff has not set up an authenticator app.")
    factory = totp.factory()
    return Authenticator(
        secret=factory.get_totp_b32_key(staff.tf_totp_secret),
        uri=factory.get_totp_uri(staff.email, staff.tf_totp_secret),
    )


def add_colleague(
    by: Staff, *, name: str, email: str, password: str, roles: Sequence[str]
) -> Staff:
    """A new member of staff in one's own organisation, and in no other."""
    added = create_staff(by.organisation, name, email, password, roles)
    audit.record(by, "added a member of staff", added.email, roles=sorted(roles))
    return added


def deactivate(by: Staff, colleague: Staff) -> None:
    """They are signed out at once and cannot sign in. What they did stays in the history."""
    if colleague.organisation_id != by.organisation_id:
        raise InvalidInputError("This person works in another organisation.")
    if colleague.id == by.id:
        raise InvalidInputError("You cannot stop your own sign-in. Ask another administrator.")
    colleague.active = False
    colleague.fs_uniquifier = secrets.token_hex(32)
    audit.record(by, "stopped a member of staff signing in", colleague.email)
