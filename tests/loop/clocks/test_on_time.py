"""The page that says whether families hear back in time, its data, and the line beside q."""

from datetime import timedelta

from engage.extensions import db
from engage.jobs import queue
from engage.jobs.worker import ask_for_daily_jobs
from engage.loop import operations
from engage.loop.clocks import queries
from engage.loop.clocks.queries import latest_rate, lines
from engage.responses.models import Snapshot
from engage.responses.snapshots import checksum
from tests.loop.clocks.conftest import NOW, ago
from tests.loop.made import a_check, a_partner, a_survey, a_theme

PAGE = "/you-said-we-did/on-time"


def open_page(client, query=""):
    return client.get(PAGE + query).page


def sentences_about(page, title):
    (row,) = [row for row in page.texts("ul.list > li") if row.startswith(title)]
    return row


def daily_jobs():
    ask_for_daily_jobs()
    queue.work_off()


def test_late_is_said_as_plainly_as_in_time(client, closed):
    closed(20, [17, 15, 9], title="In time")
    closed(20, [12, 6, None], title="Behind")
    closed(2, [1, None], title="Not yet due")
    a_survey(title="Still running")
    page = open_page(client)

    assert "In time In time" in sentences_about(page, "In time")
    assert "3 of 3 themes were answered in time." in sentences_about(page, "In time")
    behind = sentences_about(page, "Behind")
    assert behind.startswith("Behind Late now")
    assert "That was 28 days late." in behind, "the first words that everyone could read"
    assert "1 of 3 themes were answered in time. 1 was answered late." in behind
    assert "It was 14 days late." in behind
    assert "1 has no answer. It is 56 days late." in behind
    waiting = sentences_about(page, "Not yet due")
    assert "1 still waits. Its answer has to be public by" in waiting
    assert "The clocks start when it closes." in sentences_about(page, "Still running")
    assert "Secret theme" not in page.html, "a theme has no public name before its answer"


def test_easy_read_says_the_same_in_short(client, closed):
    closed(20, [12], title="Behind", title_easy="Behind")
    page = open_page(client, "?read=easy")
    assert "We told you what we heard. We were 28 days late." in sentences_about(page, "Behind")
    assert "We will tell you" not in page.html
    assert page.texts(".easy-pic")


def test_to_accept_no_theme_is_late_and_figures_do_not_stand_for_words(client, closed):
    for weeks, title in ((10, "Silence"), (70, "Long silence")):
        version = closed(weeks, title=title, slug=title.lower().replace(" ", "-"))
        figures = Snapshot(
            kind="figures", made_at=ago(weeks), answers_counted=9, data={}, checksum="x"
        )
        figures.survey_id = version.survey_id
        db.session.add(figures)
    daily_jobs()
    page = open_page(client)

    said = sentences_about(page, "Silence")
    assert said.startswith("Silence Late now")
    assert "What we heard is not public yet. It is 42 days late." in said
    assert "No theme has been accepted and counted yet." in said
    said = sentences_about(page, "Long silence")
    assert said.startswith("Long silence Late: no themes yet"), "it stays, however old it is"
    assert "People wrote to us. We have no themes of it yet." in said
    assert "1 survey with comments has no themes yet." in page.html
    assert "1 survey with comments has no themes yet." in client.get("/indicators/q").page.html
    assert latest_rate().data["without_themes"] == ["long-silence"]


def test_figures_are_what_was_heard_where_nobody_wrote(closed):
    version = closed(20, people=0)
    figures = Snapshot(kind="figures", made_at=ago(19), answers_counted=9, data={}, checksum="x")
    figures.survey_id = version.survey_id
    db.session.add(figures)
    (line,) = lines(NOW)
    assert (line.course.heard_on, line.course.owes(NOW.date())) == (ago(19).date(), False)


def test_the_rate_is_a_row_with_base_rule_source_and_day(client, closed):
    closed(20, [17, 6, None])
    closed(5, [1])
    page = open_page(client)
    assert "This has not been counted yet." in page.html
    assert client.get(f"{PAGE}.json").json["rate"] is None

    daily_jobs()
    row = latest_rate()
    assert row.survey_id is None
    assert row.checksum == checksum(row.data)
    assert {key: row.data[key] for key in ("base", "on_time", "percent", "done", "checked")} == {
        "base": 3,
        "on_time": 1,
        "percent": None,
        "done": 2,
        "checked": 0,
    }
    assert row.data["rule"]
    assert row.data["source"]
    page = open_page(client)
    assert "1 of 3 themes were answered in time." in page.html
    assert "Half of them had an answer within 14 weeks." in page.html
    assert client.get(f"{PAGE}.json").json["rate"]["counted_on"] == NOW.date().isoformat()


def test_the_rate_is_published_again_only_where_it_changes(closed):
    closed(20, [17])
    daily_jobs()
    daily_jobs()
    assert db.session.query(Snapshot).filter_by(kind=queries.RATE).count() == 1


def test_a_theme_that_is_accepted_late_is_counted_all_the_same(client, closed):
    version = closed(20, [17])
    a_theme(version, name="Accepted long after")
    db.session.commit()
    daily_jobs()
    assert latest_rate().data["base"] == 2
    assert "1 has no answer" in sentences_about(open_page(client), "Parents")


def test_made_up_surveys_count_only_where_there_are_no_real_ones(client, closed):
    closed(20, [17, None], title="Made up", is_invented=True)
    daily_jobs()
    assert latest_rate().data["is_invented"]
    assert "Made-up example." in sentences_about(open_page(client), "Made up")
    closed(20, [17], title="Real")
    daily_jobs()
    data = latest_rate().data
    assert (data["base"], data["is_invented"]) == (1, False)


def test_an_answer_that_was_taken_down_answers_nobody(closed):
    version = closed(20, [17])
    (line,) = lines(NOW)
    assert line.course.themes[0].answered_on
    theme = operations.queries.accepted_themes(version.survey_id)[0]
    (action,) = operations.queries.published_actions(version.survey_id)
    operations.take_down(action, theme.decided_by)
    (line,) = lines(NOW)
    assert (line.course.themes[0].answered_on, line.course.heard_on) == (None, None)


def test_a_minute_in_public_is_no_answer_in_time(closed):
    version = closed(20, [17])
    (action,) = operations.queries.published_actions(version.survey_id)
    operations.publish(action, action.written_by, ago(3))
    assert lines(NOW)[0].course.tally(NOW.date())["in_time"] == 1, "it was public all the time"
    operations.take_down(action, action.written_by, ago(17) + timedelta(minutes=1))
    operations.publish(action, action.written_by, ago(3))
    (line,) = lines(NOW)
    assert line.course.tally(NOW.date())["late"] == 1
    assert line.course.heard.days_late(NOW.date()) == 13 * 7


def test_families_yes_is_counted(closed):
    version = closed(20, [17])
    forum = a_partner(version.survey)
    (action,) = operations.queries.published_actions(version.survey_id)
    operations.steps.record_check(action, a_check("yes", at=ago(1)), forum)
    (line,) = lines(NOW)
    assert line.course.themes[0].is_checked


def test_data_say_the_same(client, closed):
    closed(20, [12, None], slug="behind")
    (row,) = client.get(f"{PAGE}.json").json["surveys"]
    assert row["survey"] == "behind"
    assert (row["what_we_heard"]["state"], row["what_we_heard"]["days_late"]) == ("late", 28)
    assert row["answers"] == {"in_time": 1, "late": 0, "waiting": 0, "overdue": 1}


def test_the_rate_stands_beside_q_and_is_led_to(client, closed):
    closed(20, [17])
    daily_jobs()
    for address in ("/indicators/q", "/you-said-we-did"):
        assert PAGE in client.get(address).page.html
    beside = client.get("/indicators/q?read=easy").page
    assert "We answered 1 of 1 things in time." in beside.html
