"""Signing in and out of the staff pages, by Flask-Security in our words.

A password and a code from an authenticator app, both, for everybody. Resetting a forgotten
password stays off until the service can send mail: an administrator stops the old sign-in and
adds a new one.
"""

import base64
import hashlib
from datetime import timedelta
from typing import Any, NoReturn

from flask import Flask, Request, request
from flask.sessions import NullSession, SecureCookieSession, SecureCookieSessionInterface
from flask_babel import lazy_gettext as _
from flask_login import user_logged_out  # type: ignore[import-untyped]
from flask_security import (
    Security,
    SQLAlchemyUserDatastore,
    password_changed,
    tf_profile_changed,
    user_authenticated,
)

from engage.extensions import db
from engage.people import audit, forms, tries
from engage.people.access import (
    Permission,
    any_staff_rule,
    current_staff,
    is_signed_in,
    may,
    nobody,
)
from engage.people.models import Role, Staff
from engage.people.totp import OnceOnlyTotp
from engage.web.access import access, anyone
from engage.web.i18n import page_context

STAFF_PAGES = "/staff"
HALF_A_MINUTE = 30

# What of Flask-Security is open, and to whom. The first group sees to itself: who has given
# a password and no code yet is kept in the session.
RULES = {
    "login": anyone,
    "two_factor_token_validation": anyone,
    "two_factor_setup": anyone,
    "mf_recovery": anyone,
    "logout": any_staff_rule,
    "verify": any_staff_rule,
    "change_password": any_staff_rule,
    "two_factor_setup_validate": any_staff_rule,
    "mf_recovery_codes": any_staff_rule,
    "two_factor_rescue": nobody,  # asks for help by mail, and there is none
    "tf_select": nobody,  # there is one method
}

SETTINGS = {
    "URL_PREFIX": STAFF_PAGES,
    "STATIC_FOLDER": None,
    "LOGIN_URL": "/sign-in",
    "LOGOUT_URL": "/sign-out",
    "LOGOUT_METHODS": ["POST"],
    "VERIFY_URL": "/password-again",
    "CHANGE_URL": "/password",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/second-step",
    "TWO_FACTOR_SETUP_URL": "/second-step/set-up",
    "TWO_FACTOR_RESCUE_URL": "/second-step/help",
    "TWO_FACTOR_SELECT_URL": "/second-step/choose",
    "MULTI_FACTOR_RECOVERY_URL": "/second-step/recovery",
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/recovery-codes",
    "POST_LOGIN_VIEW": STAFF_PAGES,
    "POST_CHANGE_VIEW": STAFF_PAGES,
    "POST_LOGOUT_VIEW": f"{STAFF_PAGES}/sign-in",
    # Right after a new app is set up is when recovery codes are wanted.
    "TWO_FACTOR_POST_SETUP_VIEW": f"{STAFF_PAGES}/recovery-codes",
    "REGISTERABLE": False,
    "RECOVERABLE": False,
    "CHANGEABLE": True,
    "SEND_PASSWORD_CHANGE_EMAIL": False,
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_LENGTH_MIN": forms.SHORTEST_PASSWORD,
    "TWO_FACTOR": True,
    "TWO_FACTOR_REQUIRED": True,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_ALWAYS_VALIDATE": True,
    # One code either side of now, for clocks that differ.
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": HALF_A_MINUTE,
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "TOTP_ISSUER": "Engage",
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_N": 8,
    # Changing the app or seeing recovery codes asks for the password again after this.
    "FRESHNESS": timedelta(minutes=15),
    "FRESHNESS_GRACE_PERIOD": timedelta(minutes=5),
    "API_ENABLED_METHODS": ["session"],
}

MESSAGES = {
    "LOGIN": (_("Sign in to open this page."), "info"),
    "UNAUTHENTICATED": (_("Sign in to open this page."), "info"),
    "PASSWORD_CHANGE": (_("Your password is changed. Other places are signed out."), "good"),
    "PASSWORD_IS_THE_SAME": (_("The new password is the one you have. Choose another."), "error"),
    "INVALID_PASSWORD": (_("That password is not right. Check it and try again."), "error"),
    "REAUTHENTICATION_REQUIRED": (_("Type your password again to open this page."), "info"),
    "REAUTHENTICATION_SUCCESSFUL": (_("Thank you. You can carry on."), "good"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (_("You are signed in."), "good"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
        _("Your new app is set up. Keep new recovery codes as well."),
        "good",
    ),
    "TWO_FACTOR_INVALID_TOKEN": (_("That code is not right. Start again."), "error"),
    "TWO_FACTOR_PERMISSION_DENIED": (_("Sign in with your password first."), "error"),
    "TWO_FACTOR_SETUP_EXPIRED": (_("That took too long. Start again."), "error"),
    "NO_RECOVERY_CODES_SETUP": (_("You have no recovery codes yet."), "info"),
}

FORMS: dict[str, Any] = {
    "login_form": forms.SignInForm,
    "two_factor_verify_code_form": forms.CodeForm,
    "two_factor_setup_form": forms.AppForm,
    "two_factor_rescue_form": forms.NoHelpForm,
    "mf_recovery_form": forms.RecoveryForm,
    "mf_recovery_codes_form": forms.RecoveryCodesForm,
    "verify_form": forms.PasswordAgainForm,
    "change_password_form": forms.NewPasswordForm,
}


class NoSession(NullSession):
    """Outside the staff pages nothing can be put in a session, so no cookie can ever be set."""

    def _fail(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RuntimeError("Only pages under /staff have a session: families get no cookie.")

    __setitem__ = __delitem__ = clear = pop = popitem = update = setdefault = _fail


class StaffSessions(SecureCookieSessionInterface):
    null_session_class = NoSession

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if is_staff_page(request.path):
            return super().open_session(app, request)
        return self.make_null_session(app)


def is_staff_page(path: str) -> bool:
    return path == STAFF_PAGES or path.startswith(f"{STAFF_PAGES}/")


def init_app(app: Flask) -> None:
    configure(app)
    app.session_interface = StaffSessions()
    datastore = SQLAlchemyUserDatastore(db, Staff, Role)
    security = Security(app, datastore, totp_cls=OnceOnlyTotp, **FORMS)
    # Pages only: no JSON way in beside the forms that count wrong tries.
    security.want_json(lambda request: False)
    for name, rule in RULES.items():
        access(rule)(app.view_functions[f"security.{name}"])
    look_for_staff_on_their_pages_only(app)
    app.before_request(say_who_is_signed_in)
    app.jinja_env.globals.update(may=may, Permission=Permission, mistakes=forms.mistakes)
    keep_history(app)


def configure(app: Flask) -> None:
    """Settings of the environment, or of a test, win over these."""
    for name, value in SETTINGS.items():
        app.config.setdefault(f"SECURITY_{name}", value)
    for name, words in MESSAGES.items():
        app.config.setdefault(f"SECURITY_MSG_{name}", words)
    app.config.setdefault(
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS",
        [recovery_key(secret) for secret in app.config["SECURITY_TOTP_SECRETS"].values()],
    )
    app.config.update(
        SESSION_COOKIE_NAME="engage_staff",
        SESSION_COOKIE_PATH=STAFF_PAGES,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # The token of a form is good for as long as the sign-in: nobody loses a long text.
        WTF_CSRF_TIME_LIMIT=None,
    )


def recovery_key(secret: str) -> bytes:
    """Recovery codes are kept encrypted, with a key made from the one for app secrets."""
    return base64.urlsafe_b64encode(hashlib.sha256(f"recovery codes {secret}".encode()).digest())


def look_for_staff_on_their_pages_only(app: Flask) -> None:
    """People who answer have no session to look into, and theirs are nearly all the pages."""
    hooks = app.before_request_funcs.setdefault(None, [])
    hooks[:] = [_on_staff_pages(hook) if _loads_identity(hook) else hook for hook in hooks]


def _loads_identity(hook: Any) -> bool:
    return str(hook.__module__) == "flask_principal"


def _on_staff_pages(hook: Any) -> Any:
    return lambda: hook() if is_staff_page(request.path) else None


def say_who_is_signed_in() -> None:
    if is_staff_page(request.path) and is_signed_in():
        staff, page = current_staff(), page_context()
        page.organisation, page.staff_name = staff.organisation.name, staff.name


def keep_history(app: Flask) -> None:
    user_authenticated.connect(signed_in, app)
    user_logged_out.connect(signed_out, app)
    password_changed.connect(changed_password, app)
    tf_profile_changed.connect(changed_app, app)


def signed_in(app: Flask, user: Staff, authn_via: list[str] | None = None, **rest: Any) -> None:
    # A changed password signs the same person in again, which is not news.
    if "change" in (authn_via or []):
        return
    tries.forget(user.email)
    audit.record(user, "signed in", user.email)


def signed_out(app: Flask, user: Any, **rest: Any) -> None:
    if isinstance(user, Staff):
        audit.record(user, "signed out", user.email)


def changed_password(app: Flask, user: Any, **rest: Any) -> None:
    audit.record(user, "changed their password", user.email)


def changed_app(app: Flask, user: Any, **rest: Any) -> None:
    audit.record(user, "set up a new authenticator app", user.email)
