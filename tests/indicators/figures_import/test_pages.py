"""Bringing figures and margins in on the page of staff, and with the commands."""

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engage.errors import InvalidInputError
from engage.indicators.others.command import imported_figures
from engage.indicators.others.command import imported_margins as import_margins
from engage.indicators.others.margins import margins_in_force
from engage.indicators.others.queries import imported_margins, measurements
from engage.people.models import AuditEvent
from tests.factories import StaffFactory
from tests.indicators.factories_figures import make_figure, make_margins
from tests.signin import sign_in

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
PAGE = "/staff/indicators"
ABOUT = {"title": "School census", "source": "The council", "as_of": "2025-01-16"}


def send(client, kind, content, **typed):
    upload = (io.BytesIO(content), f"{kind}.csv")
    return client.post(f"{PAGE}/{kind}", data={kind: upload, **typed})


def example(kind):
    return (EXAMPLES / f"{kind}.csv").read_bytes()


def test_figures_are_kept_with_their_source_and_who_brought_them(staff_client, session):
    assert send(staff_client, "figures", example("figures")).status_code == 302
    page = staff_client.get(PAGE).page
    assert "Source: Made-up example of a table, 1 February 2025" in page.texts("main p")
    assert staff_client.staff.name in page.html
    assert session.query(AuditEvent).one().detail == {
        "series": ["complaints", "ind-2018-l", "independent:my-forum"]
    }


def test_margins_are_kept_and_in_force(staff_client):
    send(staff_client, "margins", example("margins"), **ABOUT)
    found = margins_in_force("parent_carer")
    assert (found.code, found.title) == ("school-census-2025", "School census")
    assert round(found.shares["support"]["ehcp"], 4) == 0.2347
    assert margins_in_force("young_person") is None


def test_one_bad_line_keeps_the_whole_file_out(staff_client):
    bad = example("figures") + b"ind-2018-r,,2025-01-01,2025-02-01,5,percent,,,,,,A,2025-03-01,\n"
    reply = send(staff_client, "figures", bad)
    assert reply.status_code == 422
    summary = reply.page.texts(".govuk-error-summary li")
    assert len(summary) == 1
    assert summary[0].startswith("Line 5: “ind-2018-r” is not defined")
    assert measurements("complaints") == []


def test_a_file_of_10_mb_is_refused_in_a_sentence(staff_client):
    # Written by hand: the client of the tests would leave a file of its own open.
    head = b'--x\r\nContent-Disposition: form-data; name="figures"; filename="f.csv"\r\n\r\n'
    reply = staff_client.post(
        f"{PAGE}/figures",
        data=head + b"x" * 10_000_000 + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
    )
    assert reply.status_code == 422
    assert "The file is larger than 1 MB" in reply.page.html


@pytest.mark.parametrize("kind", ["figures", "margins"])
def test_without_a_file_the_page_asks_for_one(staff_client, kind):
    reply = staff_client.post(f"{PAGE}/{kind}", data=ABOUT)
    assert reply.status_code == 422
    assert "Choose a file" in reply.page.soup.select_one(f"#{kind}-error").get_text()


def test_margins_need_a_title_a_source_and_a_day(staff_client):
    reply = send(staff_client, "margins", example("margins"), as_of="soon")
    for name in ("title", "source", "as_of"):
        assert reply.page.soup.select_one(f"#{name}-error")


def test_margins_of_tomorrow_are_refused(staff_client):
    reply = send(staff_client, "margins", example("margins"), **{**ABOUT, "as_of": "2999-01-01"})
    assert "still to come" in reply.page.html


def test_the_same_figure_is_not_taken_twice(staff_client):
    send(staff_client, "figures", example("figures"))
    reply = send(staff_client, "figures", example("figures"))
    assert "This figure is here already" in reply.page.html
    assert len(measurements("complaints")) == 1


def test_the_day_a_figure_was_brought_in_is_the_day_here(staff_client):
    make_figure(added_at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    assert "2 July 2026" in " ".join(staff_client.get(PAGE).page.texts("main"))


def test_a_wrong_figure_is_taken_out_with_a_reason_and_makes_room(staff_client, session):
    send(staff_client, "figures", example("figures"))
    (figure,) = measurements("complaints")
    address = f"{PAGE}/figures/{figure.id}/take-out"
    assert staff_client.post(address).status_code == 422
    staff_client.post(address, data={"why": "A slip of the pen"})
    assert measurements("complaints") == []
    assert "A slip of the pen" in staff_client.get(PAGE).page.html
    told = session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
    assert (told.what, told.detail["why"]) == ("took a figure out", "A slip of the pen")
    assert staff_client.post(address, data={"why": "Again"}).status_code == 409
    only_it = b"\n".join(example("figures").splitlines()[::2][:2])
    assert send(staff_client, "figures", only_it).status_code == 302
    assert len(measurements("complaints")) == 1


def test_wrong_margins_are_taken_out_and_the_ones_before_are_in_force(staff_client):
    make_margins(as_of=date(2024, 1, 1), code="older")
    make_margins(as_of=date(2025, 1, 1), code="newer")
    assert margins_in_force("parent_carer").code == "newer"
    staff_client.post(f"{PAGE}/margins/newer/take-out", data={"why": "Wrong year"})
    assert margins_in_force("parent_carer").code == "older"


def test_made_up_margins_never_stand_before_real_ones(session):
    make_margins(as_of=date(2024, 1, 1), code="real")
    make_margins(as_of=date(2026, 1, 1), code="made-up", is_synthetic=True)
    assert margins_in_force("parent_carer").code == "real"


def test_a_reader_sees_the_figures_and_cannot_change_them(app):
    figure = make_figure()
    reader = sign_in(app.test_client(), StaffFactory(roles=["reader"]))
    page = reader.get(PAGE).page
    assert "Days missed" in page.html
    assert not page.soup.select("main form")
    assert send(reader, "figures", example("figures")).status_code == 403
    assert reader.get(f"{PAGE}/figures/{figure.id}/take-out").status_code == 403


def test_strangers_are_asked_to_sign_in(client):
    assert client.get(PAGE).status_code == 302


def test_the_commands_keep_what_they_are_given(app, session):
    said = import_margins(
        EXAMPLES / "margins.csv", "Census", "Council", date(2025, 1, 16), is_synthetic=True
    )
    assert said == "2 shares are kept as census-2025."
    assert imported_figures(EXAMPLES / "figures.csv") == "3 figures are kept."
    assert imported_margins()[0].is_synthetic


def test_a_command_without_a_file_says_so(app, tmp_path):
    with pytest.raises(InvalidInputError, match=r"none.csv cannot be read."):
        imported_figures(tmp_path / "none.csv")
