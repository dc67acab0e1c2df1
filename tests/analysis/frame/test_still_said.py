"""What the machine found, once words were taken out, taken back or are with the lead."""

import pytest

from engage.analysis import operations
from engage.analysis.checking import operations as checking
from engage.analysis.checking import queries as checks
from engage.analysis.frame.framing import keep_version
from engage.extensions import db
from tests.analysis.found import a_run, comments
from tests.factories import StaffFactory
from tests.loop.made import NOW

AT = "/staff/surveys/small"
WORDS = "Jayden missed the bus"
HOW = ("redacted", "held", "withdrawn")


def gone(how, said, browser):
    """Nobody may read the word any more, for that reason."""
    survey_id = said[0].response.version.survey_id
    for answer in said:
        if how == "redacted":
            decided = {"what-0-6": "taken_out", "why-0-6": ""}
            browser.post(f"{AT}/redaction/{answer.id}/decide?stop=1", data=decided)
        elif how == "held":
            answer.response.is_held = True
        else:
            db.session.delete(answer.response)
    db.session.commit()
    operations.forget_quotes(survey_id)
    db.session.commit()


def found(version, texts, label="help"):
    said = comments(version, texts)
    run = a_run(version, {label: said})
    run.themes[0].keywords = ["jayden", "bus"]
    db.session.commit()
    return said, run.themes[0]


@pytest.mark.parametrize("how", HOW)
def test_a_word_that_nobody_still_says_is_not_behind_a_theme(version, browser, how):
    said, finding = found(version, [WORDS, "the buses", "a bus"])
    theme = operations.accept(finding, "Buses", browser.staff, now=NOW)
    place = f"{AT}/frame/{theme.id}"
    assert browser.get(place).page.texts(".chips li") == ["jayden", "bus"]
    gone(how, said[:1], browser)
    assert browser.get(place).page.texts(".chips li") == ["bus"]
    # A later reading that does not find it again leaves the earlier one on the page.
    a_run(version, {"other": []}, alone=said[1:])
    db.session.commit()
    assert browser.get(place).page.texts(".chips li") == ["bus"]


def test_two_words_of_a_keyword_may_stand_apart(version, browser):
    _said, finding = found(version, ["Speech and language therapy is late"])
    finding.keywords = ["speech therapy", "therapy speech"]
    db.session.commit()
    page = browser.get(f"{AT}/themes/{finding.number}").page
    assert page.texts(".chips li") == ["speech therapy"]


@pytest.mark.parametrize("how", HOW)
def test_a_kept_version_says_no_word_that_too_few_still_say(version, browser, how):
    said, finding = found(version, [WORDS] * 5)
    operations.accept(finding, "Buses", browser.staff, now=NOW)
    kept = keep_version(version.survey, "", browser.staff, NOW)
    db.session.commit()
    address = f"{AT}/frame/versions/{kept.number}.yaml"
    assert "jayden" in browser.get(address).text
    gone(how, said[:1], browser)
    assert "jayden" not in browser.get(address).text.lower()


def test_a_name_that_was_taken_out_goes_from_what_the_machine_calls_it(version, browser, signed_in):
    said, _finding = found(version, [WORDS] * 2 + ["the bus is late"], label="Jayden missed bus")
    reader = signed_in("reader")
    gone("redacted", said[:1], browser)
    assert "Jayden missed bus" in reader.get(f"{AT}/themes").text, "somebody still says it"
    gone("redacted", said[1:2], browser)
    assert "[…] missed bus" in reader.get(f"{AT}/themes").text
    machine = reader.get(f"{AT}/themes/0").page.texts("section[aria-labelledby=machine]")[0]
    assert "Words that people took out of comments are left out of its name." in machine
    assert "Nobody has changed it." not in machine
    assert "jayden" not in reader.get(f"{AT}/themes").text.lower()
    # The next reading reads the comments as they were sent.
    a_run(version, {"Jayden missed bus": said})
    db.session.commit()
    assert "jayden" not in reader.get(f"{AT}/themes").text.lower()


def test_people_whose_comment_is_with_the_lead_are_in_no_count(version, browser, signed_in):
    said, finding = found(version, [f"Comment {n} about waiting" for n in range(20)])
    operations.accept(finding, "Waits", browser.staff, now=NOW)
    gone("held", said[:1], browser)
    page = signed_in("reader").get(f"{AT}/themes/0").page
    assert "105%" not in page.html
    assert "19 people, 100%" in page.html


def test_a_round_of_coding_counts_no_comment_that_is_with_the_lead(version, browser):
    second = StaffFactory(organisation=version.survey.organisation, roles=["survey_lead"])
    said, finding = found(version, [f"Comment {n} about waiting" for n in range(3)])
    operations.accept(finding, "Waits", browser.staff, now=NOW)
    round = checking.begin(version.survey, browser.staff, NOW, seed=1)
    for item in round.items:
        for who in (browser.staff, second):
            checking.code(round, item, [], who, NOW)
    checking.end(round, version.survey, browser.staff, early=False, now=NOW)
    gone("held", said[:1], browser)
    assert checks.results_of(round).comparisons[0].agreement.comments == 2
    assert checks.comments_in([round]) == {round.id: 2}
