"""The boxes that several forms of staff share."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired

from engage.web.fields import day, how_many, line, words


class Typed(Form):  # type: ignore[misc]
    title = line("Title", "", 20)
    why = words("Why", "")
    by = day("By", "")
    must = day("Must", "", InputRequired("Give a day"))
    people = how_many("People")


def form_of(**typed):
    form = Typed(MultiDict({"must": "2027-02-26"} | typed))
    form.validate()
    return form


def test_a_day_is_read_as_people_write_it(app):
    for typed in ("2027-02-26", "26/02/2027", " 26 02 2027 ", "26 February 2027"):
        assert form_of(by=typed).by.data == date(2027, 2, 26)
    assert form_of(by="soon").by.errors == ["Write a date like 2027-02-26"]
    assert form_of(by="").by.data is None


def test_a_day_that_is_wanted_is_asked_for(app):
    assert form_of(must="").must.errors == ["Give a day"]


def test_a_number_may_have_commas_or_be_left_out(app):
    assert form_of(people="1,200").people.data == 1200
    assert form_of(people="").people.data is None
    for typed in ("many", "-1", "99999999"):
        assert form_of(people=typed).people.errors[0] == "Write a whole number, like 340"


@pytest.mark.parametrize(("name", "longest"), [("title", "20"), ("why", "2,000")])
def test_what_is_too_long_is_told_how_long_it_may_be(app, name, longest):
    (said,) = form_of(**{name: "a" * 2001})[name].errors
    assert said == f"Make this shorter: up to {longest} letters"


def test_nothing_that_cannot_be_kept_is_kept(app):
    assert form_of(title=" A\x00 fair ").title.data == "A fair"
