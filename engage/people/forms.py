"""What staff type to sign in and to add a colleague, and the words when it is wrong."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_security import (
    ChangePasswordForm,
    LoginForm,
    MfRecoveryCodesForm,
    MfRecoveryForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    SubmitField,
)
from wtforms.validators import Email, EqualTo, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from engage.people import audit, tries
from engage.people.access import current_staff

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
ROLE_NAMES = {
    "administrator": _("Administrator: adds and stops staff, and publishes"),
    "survey_lead": _("Survey lead: writes surveys, reads answers, publishes"),
    "analyst": _("Analyst: reads answers and groups them into themes"),
    "safeguarding_lead": _("Safeguarding lead: reads and acts on worrying answers"),
    "reader": _("Reader: sees results, and no single answer"),
}


def without_spaces(typed: str | None) -> str | None:
    """Apps show codes as two groups of three, and people copy what they see."""
    return typed and "".join(typed.split())


def new_password(label: str, *validators: Any) -> PasswordField:
    return PasswordField(
        label,
        validators=[InputRequired(_("Type a new password")), *validators],
        description=_("At least 12 letters. Three words that do not belong together are good."),
        render_kw={"autocomplete": "new-password"},
    )


LONG_ENOUGH = Length(
    SHORTEST_PASSWORD, LONGEST_PASSWORD, _("Use at least 12 letters, and not more than 200")
)


class Guarded:
    """After five wrong tries the answer is a wait, right or wrong, and nothing is checked.

    Put before a Flask-Security form. `secret` is the field that is guessed, `sorry` what is
    said of it.
    """

    secret = "password"  # noqa: S105 the name of a field
    sorry = _("That password is not right. Check it and try again.")
    user: Any
    form_errors: list[str]

    def validate(self, **kwargs: Any) -> bool:
        who = self.who()
        if tries.too_many(who):
            self.form_errors.append(
                gettext("Too many wrong tries. Wait 10 minutes, then try again.")
            )
            return False
        if super().validate(**kwargs):  # type: ignore[misc]
            return True
        if self.was_wrong():
            self.refuse(who)
        return False

    def who(self) -> str:
        return str(self.user.email)

    def was_wrong(self) -> bool:
        field = self[self.secret]  # type: ignore[index]
        return bool(field.data and field.errors)

    def refuse(self, who: str) -> None:
        tries.note(who)
        if self.user:
            audit.record(self.user, "was refused", self.user.email, asked_for=self.secret)
        self[self.secret].errors = [str(self.sorry)]  # type: ignore[index]


class SignInForm(Guarded, LoginForm):
    # Somebody else may use this computer next.
    remember = None
    sorry = _("The e-mail address or the password is not right. Check both and try again.")
    email = EmailField(
        _("E-mail address"),
        validators=[InputRequired(_("Type your e-mail address"))],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _("Password"),
        validators=[InputRequired(_("Type your password"))],
        render_kw={"autocomplete": "current-password"},
    )
    submit = SubmitField(_("Sign in"))

    def who(self) -> str:
        return self.email.data or ""

    def was_wrong(self) -> bool:
        return bool(self.email.data and self.password.data)

    def refuse(self, who: str) -> None:
        """The same words whether the address, the password or the person is not known."""
        super().refuse(who)
        self.email.errors = []


class CodeForm(Guarded, TwoFactorVerifyCodeForm):
    secret = "code"  # noqa: S105
    sorry = _("That code is not right, or has been used. Wait for the next one and type it.")
    code = StringField(
        _("6-digit code"),
        filters=[without_spaces],
        validators=[InputRequired(_("Type the 6-digit code from your app"))],
        description=_("Type the 6-digit code from your app. A new one comes every 30 seconds."),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )
    submit = SubmitField(_("Carry on"))


class AppForm(TwoFactorSetupForm):
    # The library's own field warns with this WTForms, and there is one method to choose.
    setup = HiddenField()


class NoHelpForm(TwoFactorRescueForm):
    # Built beside every code form, and never shown: help by mail is closed.
    help_setup = RadioField(choices=[])


class RecoveryForm(Guarded, MfRecoveryForm):
    secret = "code"  # noqa: S105
    sorry = _("That recovery code is not right, or has been used. Try another.")
    code = StringField(
        _("Recovery code"),
        filters=[without_spaces],
        validators=[InputRequired(_("Type one of your recovery codes"))],
        description=_("Three groups of four, for example 12ab-34cd-56ef. Each works once."),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    submit = SubmitField(_("Sign in"))

    def validate(self, **kwargs: Any) -> bool:
        right = super().validate(**kwargs)
        if right:
            audit.record(self.user, "used a recovery code", self.user.email)
        return right


class RecoveryCodesForm(MfRecoveryCodesForm):
    generate_new_codes = SubmitField(_("Make new recovery codes"))

    def validate(self, **kwargs: Any) -> bool:
        right = bool(super().validate(**kwargs))
        if right:
            staff = current_staff()
            audit.record(staff, "made new recovery codes", staff.email)
        return right


class PasswordAgainForm(Guarded, VerifyForm):
    password = PasswordField(
        _("Password"),
        validators=[InputRequired(_("Type your password"))],
        render_kw={"autocomplete": "current-password"},
    )
    submit = SubmitField(_("Carry on"))


class NewPasswordForm(ChangePasswordForm):
    password = PasswordField(
        _("Password you have now"),
        validators=[InputRequired(_("Type the password you have now"))],
        render_kw={"autocomplete": "current-password"},
    )
    new_password = new_password(_("New password"), LONG_ENOUGH)
    new_password_confirm = PasswordField(
        _("New password again"),
        validators=[
            InputRequired(_("Type the new password again")),
            EqualTo("new_password", _("The two new passwords are not the same")),
        ],
        render_kw={"autocomplete": "new-password"},
    )
    submit = SubmitField(_("Change my password"))


class ColleagueForm(FlaskForm):  # type: ignore[misc]
    """A new member of staff. They set up their app when they first sign in."""

    name = StringField(
        _("Name"),
        validators=[InputRequired(_("Type their name")), Length(max=120)],
        render_kw={"autocomplete": "off"},
    )
    email = EmailField(
        _("Work e-mail address"),
        validators=[
            InputRequired(_("Type their e-mail address")),
            Email(_("Type an e-mail address like name@example.org")),
            Length(max=255),
        ],
        render_kw={"autocomplete": "off"},
    )
    roles = SelectMultipleField(
        _("What they do"),
        choices=[SelectChoice(name, label) for name, label in ROLE_NAMES.items()],
        validators=[InputRequired(_("Choose at least one"))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    password = new_password(_("First password"), LONG_ENOUGH)
    submit = SubmitField(_("Add this person"))


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """A button and its token, nothing to type."""

    submit = SubmitField(_("Carry on"))


def mistakes(form: Any) -> list[tuple[str, str]]:
    """For the summary at the top of a page: where each mistake is, and what it is."""
    general = [("#main", str(message)) for message in form.form_errors]
    return general + [(f"#{field.name}", str(field.errors[0])) for field in form if field.errors]
