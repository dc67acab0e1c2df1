"""A file of themes comes in by the page, however many numbers it holds."""

import io

import pytest

from engage.analysis.frame.file import LONGEST_FILE
from engage.analysis.models import Theme

AT = "/staff/surveys/small/frame"
KILO = 1024


def a_file(size, name="Buses"):
    """A frame of themes of this many bytes, most of them a remark."""
    frame = f"engage_frame: 1\nthemes:\n- name: {name}\n".encode()
    line = b"# " + b"x" * 97 + b"\n"
    rest = size - len(frame)
    return frame + line * (rest // len(line)) + b"#" * (rest % len(line))


def a_frame_of_numbers():
    """Themes as a real model describes them: a row of numbers each."""
    row = ", ".join(["-0.0123"] * 384)
    themes = "".join(f"- name: Theme {n}\n  middle: [{row}]\n" for n in range(180))
    return f"engage_frame: 1\nmodel: some\nthemes:\n{themes}".encode()


def send(client, content):
    """By hand: the test client leaves its own file open for as much as this."""
    head = b'--xx\r\nContent-Disposition: form-data; name="file"; filename="codes.yaml"\r\n\r\n'
    return send_body(client, "/versions/import", head + content + b"\r\n--xx--\r\n")


def send_body(client, where, body):
    kind = "multipart/form-data; boundary=xx"
    return client.post(AT + where, data=io.BytesIO(body).read(), content_type=kind)


def names(session):
    return [theme.name for theme in session.query(Theme)]


def test_a_file_of_600_kilobytes_comes_in(browser, run, session):
    content = a_frame_of_numbers()
    assert 600 * KILO < len(content) < 700 * KILO

    sent = send(browser, content)

    assert sent.status_code == 303
    assert "180 themes came in." in browser.get(sent.location).page.html
    assert len(names(session)) == 180


def test_a_file_as_long_as_it_may_be_comes_in(browser, run, session):
    assert send(browser, a_file(LONGEST_FILE)).status_code == 303
    assert names(session) == ["Buses"]


@pytest.mark.parametrize("too_much", [1, 20 * KILO], ids=["by a byte", "by 20 KB"])
def test_a_longer_file_is_said_on_the_page(browser, run, session, too_much):
    refused = send(browser, a_file(LONGEST_FILE + too_much))

    assert refused.status_code == 422
    assert "A file with themes can have up to 5 MB." in refused.page.texts(".govuk-error-summary a")
    assert names(session) == []


def test_a_much_longer_file_is_said_before_it_is_read(browser, run, session):
    refused = send(browser, a_file(LONGEST_FILE + 200 * KILO))

    assert refused.status_code == 413
    assert refused.page.heading == "That file is too large"
    assert "can have up to 5 MB. Go back and choose a smaller one." in refused.page.html
    assert names(session) == []


def test_letters_of_several_bytes_are_not_cut_in_the_middle(browser, run, session):
    """Fewer letters than may be, and more bytes."""
    remark = "# ü".encode() + "ü".encode() * (LONGEST_FILE // 2 + 100)
    refused = send(browser, b"engage_frame: 1\nthemes: [{name: Buses}]\n" + remark)

    assert refused.status_code == 422
    assert "up to 5 MB" in refused.page.texts(".govuk-error-summary a")[0]


def test_only_this_page_takes_as_much(browser, run, session):
    head = b'--xx\r\nContent-Disposition: form-data; name="note"; filename="n"\r\n\r\n'
    refused = send_body(browser, "/versions", head + b"x" * 600 * KILO + b"\r\n--xx--\r\n")

    assert refused.status_code == 413
    assert refused.page.heading == "That is too long"


def test_a_stranger_is_not_read_at_length(client, run, session):
    assert send(client, a_file(600 * KILO)).status_code == 413
    assert names(session) == []


def test_whoever_may_not_curate_brings_nothing_in(signed_in, run, session):
    assert send(signed_in("reader"), a_file(600 * KILO)).status_code == 403
    assert names(session) == []
