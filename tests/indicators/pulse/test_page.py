"""The page and its files, as people see them."""

import csv
import io
import re

from engage.surveys.models import Survey
from tests.indicators.pulse.conftest import month
from tests.page import words_of


def page(client, **asked):
    return client.get("/indicators/pulse", query_string=asked).page


def words(found):
    return found.texts("main")[0]


def rows(found):
    return [[words_of(cell) for cell in row] for row in found.tree.cssselect("tbody tr")]


def in_file(client):
    text = client.get("/indicators/pulse.csv").get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(text)))


def test_before_any_month_the_page_says_so(client, session):
    for read in ("standard", "easy"):
        assert "There are no figures yet" in page(client, read=read).html, read


def test_it_says_that_it_is_never_put_together_with_q(client, long_line):
    found = page(client)
    assert "the two are never put together" in words(found)
    assert found.tree.cssselect('main a[href="/indicators/q"]')


def test_the_newest_month_comes_first_with_its_base(client, long_line):
    found = page(client)
    assert found.texts(".bigfig") == ["80% positive, July 2026"]
    assert "Improvement. About 40 people gave a view." in words(found)


def test_every_month_is_in_the_table_with_a_word(client, long_line):
    shown = rows(page(client))
    assert shown[0] == ["January 2025", "45%", "40", "35 to 59", "Usual ups and downs"]
    assert [row[0] for row in shown[-2:]] == ["June 2026", "July 2026"]
    assert shown[-1][1:3] == ["80%", "40"]
    assert re.fullmatch(r"Improvement \(\d\)", shown[-1][4])
    assert len(shown) == 19


def test_what_stands_out_is_explained_by_number_and_in_words(client, long_line):
    found = page(client)
    said = found.texts(".signal")
    assert all(each.startswith(f"{number}. Improvement ") for number, each in enumerate(said, 1))
    assert "January 2026 to July 2026. Above the upper limit." in said[-1]
    assert set(found.texts(".control--wide text.v")) == {
        str(number) for number in range(1, len(said) + 1)
    }
    assert "They do not say why." in words(found)


def test_points_that_stand_out_have_another_shape(client, long_line):
    picture = page(client).tree.cssselect(".control--wide")[0]
    better = picture.cssselect("path.improvement")
    assert len(picture.cssselect("circle.dot")) + len(better) == 19
    assert better
    assert not picture.cssselect("path.concern")


def test_the_picture_has_a_title_and_says_in_words_what_it_shows(client, long_line):
    pictures = page(client).soup.select('svg[role="img"]')
    assert len(pictures) == 2
    for picture in pictures:
        assert picture.title["id"] == picture["aria-labelledby"]
        assert picture.desc["id"] == picture["aria-describedby"]
        assert "the last at 80%" in picture.desc.get_text()
        assert "Improvement." in picture.desc.get_text()
        assert not picture.get("viewbox")


def test_a_phone_gets_the_last_twelve_months_and_is_told(client, long_line):
    narrow = page(client).soup.select_one("svg.control--narrow")
    assert len(narrow.select(".dot, path")) == 12
    assert "The picture shows the last 12 points." in page(client).texts("p.control--narrow")[0]
    assert "from August 2025" in narrow.desc.get_text()


def test_every_mark_is_inside_the_picture(client, long_line):
    for picture in page(client).soup.select("svg.control"):
        for line in picture.select("line"):
            assert all(0 <= float(line[end].rstrip("%")) <= 100 for end in ("x1", "x2"))
            assert all(0 <= float(line[end]) <= float(picture["height"]) for end in ("y1", "y2"))


def test_nineteen_points_have_settled_limits(client, long_line):
    assert "The mean and the limits come from the first 12 points." in words(page(client))


def test_seven_points_have_limits_for_trial_and_words_for_it(client, contacts, publish):
    for number, good in enumerate((18, 20, 19, 21, 18, 20, 19), 1):
        month(contacts, 2026, number, good, 40 - good)
    publish()
    found = page(client)
    assert "These are trial limits: they come from 7 points and may still move." in words(found)
    assert "Nothing stands out: these are the usual ups and downs." in words(found)
    assert not found.tree.cssselect(".signal, .control--narrow")


def test_six_points_have_no_limits_at_all(client, contacts, publish):
    for number in range(1, 7):
        month(contacts, 2026, number, 20, 20)
    publish()
    found = page(client)
    assert "There are no limits yet: they need at least 7 points, and there are 6." in words(found)
    assert not found.tree.cssselect(".mean, .limit")
    assert "Usual" not in words(found)
    assert {row[3] + row[4] for row in rows(found)} == {""}


def test_months_of_very_different_size_have_limits_of_their_own(client, contacts, publish):
    for number in range(1, 8):
        month(contacts, 2026, number, 15 * number, 15 * number)
    publish()
    found = page(client)
    assert "(a P-chart)" in words(found)
    assert len({row[3] for row in rows(found)}) > 5
    assert "Limits: in the table, month by month" in words(found)


def test_bad_news_is_said_as_plainly_as_good_news(client, contacts, publish):
    for at in range(19):
        good = 30 + at % 2 if at < 12 else 24
        month(contacts, 2025 + at // 12, at % 12 + 1, good, 40 - good)
    publish()
    found = page(client)
    assert "Concern" in found.texts(".signal")[0]
    assert "below the mean" in words(found)
    assert len(found.tree.cssselect(".control--wide path.concern")) == 7
    assert "It may be getting worse." in words(page(client, read="easy"))


def test_months_put_together_are_called_so(client, contacts, publish):
    month(contacts, 2026, 5, 10, 9)
    month(contacts, 2026, 7, 10, 11)
    publish()
    assert rows(page(client))[0][:3] == ["May 2026 to July 2026", "50%", "40"]


def test_nearly_everybody_is_said_in_words_and_has_no_dot(client, contacts, publish):
    month(contacts, 2026, 7, 40)
    publish()
    found = page(client)
    assert found.texts(".bigfig") == ["over 85% positive, July 2026"]
    assert not found.tree.cssselect("svg.control .dot")
    assert "More than 85 of them said it was good." in words(page(client, read="easy"))


def test_each_group_has_a_picture_of_its_own(client, groups, publish):
    month(groups, 2026, 7, 40, 10, audience="parent_carer")
    month(groups, 2026, 7, 5, 9, audience="young_person")
    publish()
    found = page(client)
    assert found.texts("main h2")[:2] == [
        "For two groups: Parent carer",
        "For two groups: Young person",
    ]
    assert "Nothing to show yet" in words(found)
    assert found.texts(".bigfig") == ["80% positive, July 2026"]


def test_the_easy_page_says_it_in_short_sentences(client, long_line):
    found = page(client, read="easy")
    assert found.heading == "Is it getting better?"
    assert "About 80 of them said it was good." in words(found)
    assert "It is better than it was." in words(found)
    assert not found.tree.cssselect("table, svg.control")


def test_the_easy_page_says_when_it_is_too_soon(client, contacts, publish):
    month(contacts, 2026, 7, 20, 20)
    publish()
    assert "It is too soon to say if it is getting better." in words(page(client, read="easy"))


def test_made_up_answers_are_called_so(client, session, long_line):
    assert "made-up" not in page(client).html
    session.get_one(Survey, long_line.survey_id).is_invented = True
    session.commit()
    assert page(client).texts(".tag")[0] == "Example with made-up answers."


def test_exact_numbers_are_nowhere(client, contacts, publish):
    month(contacts, 2026, 7, 113, 120)
    publish()
    for address in ("/indicators/pulse", "/indicators/pulse.json", "/indicators/pulse.csv"):
        text = client.get(address).get_data(as_text=True)
        assert "235" in text, address
        assert (address, re.findall(r"\b(113|120|233)\b", text)) == (address, [])


def test_a_title_is_shown_as_words_and_never_as_html(client, long_line):
    assert "Contacts &lt;2026&gt;" in page(client).html


def test_the_files_have_the_figures_of_the_page_and_what_they_mean(client, long_line):
    shown, written = rows(page(client)), in_file(client)
    assert [row["percent_positive"] + "%" for row in written] == [row[1] for row in shown]
    assert [row["base_to_nearest_5"] for row in written] == [row[2] for row in shown]
    last = written[-1]
    assert (last["month_first"], last["stands_out"], last["chart"]) == (
        "2026-07",
        "improvement",
        "xmr",
    )
    assert last["definition"].startswith("The pulse is the percentage of people")
    assert last["question_easy_read"] == "How was it?"


def test_the_json_file_carries_the_checksum_and_says_what_it_is_not(client, long_line):
    found = client.get("/indicators/pulse.json").json
    assert "never added to indicator q" in found["note"]
    (published,) = found["published"]
    assert published["checksum"] == in_file(client)[0]["checksum"]
    assert published["data"]["definition_version"] == "1.0"


def test_the_page_is_there_in_other_languages(client, long_line):
    found = page(client, lang="ar")
    assert found.status == 200
    assert found.tree.get("dir") == "rtl"
