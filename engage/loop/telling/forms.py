"""The one box of "Tell me what happened"."""

from flask_babel import lazy_gettext as _
from wtforms import Form, StringField
from wtforms.validators import ValidationError

from engage.loop.telling.addresses import address_in
from engage.typed import tidy

LONGEST = 254  # letters; no mail server takes a longer address


def on_one_line(typed: str | None) -> str:
    return " ".join(tidy(typed).split())[: LONGEST + 1]


class AskForm(Form):  # type: ignore[misc]
    """What is typed stays in the box, whatever is wrong with it."""

    email = StringField(filters=[on_one_line])

    def validate_email(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError(_("Type your e-mail address."))
        if address_in(field.data) is None:
            raise ValidationError(
                _("Look at your e-mail address again. It looks like name@example.org.")
            )

    @property
    def address(self) -> str:
        return address_in(self.email.data) or ""
