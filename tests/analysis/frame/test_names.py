"""Two themes never have one name, and a form that is sent twice does its deed once."""

import pytest

from engage.analysis import operations as naming
from engage.analysis.frame import operations as frame
from engage.analysis.frame.models import CurationStep, Mention, Placement
from engage.analysis.models import Theme
from engage.analysis.prepare import content_key
from engage.errors import InvalidInputError, NotReadyError

TAKEN = "Another theme has this name. Choose another name, or merge the two."
GONE = "do not stand under this theme any more, so nothing was changed. Open the page again."


def at(rest=""):
    return f"/staff/surveys/small/frame{rest}"


def place(answer):
    return answer.id, content_key(str(answer.value))


def code(answer):
    return "-".join(map(str, place(answer)))


def under(theme, session):
    return {row.answer_id for row in session.query(Mention).filter_by(theme_id=theme.id)}


def kept(session):
    """How many rows the frame is made of, its history too."""
    return [session.query(model).count() for model in (Theme, Placement, CurationStep, Mention)]


def names(session):
    return sorted(theme.name for theme in session.query(Theme))


# ---- one name, one theme


@pytest.mark.parametrize("name", ["Letters", "LETTERS", "  letters "])
@pytest.mark.parametrize("deed", ["accept", "name"])
def test_a_name_that_another_theme_has_is_refused_for_a_finding(
    browser, letters, session, deed, name
):
    before = kept(session)
    finding = letters.found.run.themes[1]
    refused = browser.post(at(f"/f{finding.id}/{deed}"), data={"name": name, "ambition": ""})
    assert refused.status_code == 409
    assert refused.page.texts(".govuk-error-summary a") == [TAKEN]
    assert refused.page.heading == "waits"
    assert "Nobody has decided anything yet." in refused.page.html
    assert kept(session) == before


@pytest.mark.parametrize("deed", ["accept", "name"])
def test_a_theme_keeps_its_own_name_where_the_new_one_is_taken(
    browser, letters, waits, session, deed
):
    refused = browser.post(at(f"/t{waits.id}/{deed}"), data={"name": "letters", "ambition": ""})
    assert refused.status_code == 409
    assert refused.page.texts(".govuk-error-summary a") == [TAKEN]
    assert refused.page.heading == "Waits"
    assert refused.page.soup.select_one("input[name=name]")["value"] == "letters"
    session.expire_all()
    assert names(session) == ["Letters", "Waits"]


def test_a_name_that_only_its_letters_make_another_stays_free_for_the_theme_itself(browser, waits):
    sent = browser.post(at(f"/t{waits.id}/name"), data={"name": "WAITS", "ambition": ""})
    assert browser.get(sent.location).page.heading == "WAITS"


@pytest.mark.parametrize("deed", [naming.accept, naming.rename])
def test_the_same_name_is_refused_to_every_caller(run, letters, officer, deed):
    with pytest.raises(InvalidInputError, match="Another theme has this name"):
        deed(run.themes[1], "Letters", officer)


def test_the_name_of_a_theme_that_is_set_aside_is_free_again(run, letters, officer):
    naming.set_aside(letters, officer)
    assert naming.accept(run.themes[1], "Letters", officer).state == "accepted"


def test_the_name_of_a_theme_that_was_merged_is_free_again(letters, waits, officer):
    frame.merge(letters, waits, officer)
    assert naming.rename(waits, "Letters", officer).name == "Letters"


def test_a_split_may_not_take_a_name_that_is_there(browser, letters, waits, said, session):
    before = kept(session)
    for name in ("Letters", "waits"):
        refused = browser.post(
            at(f"/t{waits.id}/split"), data={"name": name, "pick": [code(said[3])]}
        )
        assert refused.status_code == 422
        assert refused.page.heading == "Nothing was changed"
        assert TAKEN in refused.page.texts("main p")
    assert kept(session) == before


# ---- sent twice


@pytest.mark.parametrize("name", ["Long waits", "Another name"])
def test_a_split_that_is_sent_twice_makes_one_theme_and_says_so(
    browser, waits, said, session, name
):
    ticked = [code(said[3]), code(said[4])]
    browser.post(at(f"/t{waits.id}/split"), data={"name": "Long waits", "pick": ticked})
    before = kept(session)

    again = browser.post(at(f"/t{waits.id}/split"), data={"name": name, "pick": ticked})

    assert again.status_code == 409
    assert again.page.heading == "Nothing was changed"
    assert any(text.endswith(GONE) for text in again.page.texts("main p"))
    assert kept(session) == before
    assert names(session) == ["Long waits", "Waits"]


def test_a_finding_that_is_split_twice_is_split_once(browser, run, said, session):
    data = {"name": "Long waits", "pick": [code(said[3])]}
    finding = f"/f{run.themes[1].id}/split"
    assert browser.post(at(finding), data=data).status_code == 303
    assert browser.post(at(finding), data=data).status_code == 409
    assert names(session) == ["Long waits", "waits"]


def test_one_sentence_of_another_theme_stops_the_whole_split(waits, said, officer, session):
    before = kept(session)
    with pytest.raises(NotReadyError, match="Open the page again"):
        frame.split(waits, "Long waits", [place(said[3]), place(said[0])], officer)
    assert kept(session) == before


def test_a_split_of_a_finding_takes_only_what_the_machine_put_there(run, said, officer, session):
    with pytest.raises(NotReadyError, match="Open the page again"):
        frame.split(run.themes[1], "Long waits", [place(said[0])], officer)
    new = frame.split(run.themes[1], "Long waits", [place(said[3])], officer)
    assert under(new, session) == {said[3].id}
