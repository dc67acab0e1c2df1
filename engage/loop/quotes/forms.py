"""What staff and partners type about a quote, and the words when something is missing."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired

from engage.loop.quotes.fitness import Wish
from engage.web.fields import words


class PrepareForm(FlaskForm):  # type: ignore[misc]
    """The words as everyone will read them, once somebody else has approved them."""

    place = HiddenField()  # which sentence: see queries.Sentence.code
    about = HiddenField()  # which step was the last: see views.held_as_read
    words = words(
        _("The words that everyone can read"),
        "",
        InputRequired(_("Write the words that everyone can read")),
    )
    is_large = BooleanField(_("This place is large enough, everybody may know it"))
    is_nobody = BooleanField(_("I looked at each of these. None points to a person"))

    def wish(self) -> Wish:
        return Wish(self.words.data, self.is_large.data, self.is_nobody.data)


class DeedForm(FlaskForm):  # type: ignore[misc]
    """A deed that says nothing of its own."""

    about = HiddenField()


class ReasonForm(DeedForm):
    note = words(
        _("Why"),
        _("Whoever prepared it reads this. No names, schools or towns."),
        InputRequired(_("Write why")),
    )
