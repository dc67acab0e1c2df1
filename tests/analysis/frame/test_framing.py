"""Versions of the frame, files of it, and the next wave."""

import numpy as np
import pytest
from click.testing import CliRunner

from engage.analysis import operations as naming
from engage.analysis.frame import operations as frame
from engage.analysis.frame.command import exported, imported
from engage.analysis.frame.file import Code, Frame, read_frame, to_yaml
from engage.analysis.frame.framing import bring_in, frame_of, keep_version
from engage.analysis.frame.overview import overview
from engage.analysis.frame.undoing import undo
from engage.analysis.models import Theme
from engage.cli import main
from engage.errors import InvalidInputError
from tests.analysis.found import a_run, comments
from tests.factories import StaffFactory
from tests.loop.made import a_survey

AMBITIONS = ["ambition-1", "ambition-2"]


def middles(run, *rows):
    for found, row in zip(run.themes, rows, strict=True):
        found.centroid = np.array(row, dtype=np.float32).tobytes()


@pytest.fixture
def three(version, said):
    """A reading of three findings, each with a middle."""
    run = a_run(version, {"letters": said[:3], "waits": said[3:10], "rest": said[10:]})
    middles(run, (10, 1, 0), (10, 0, 1), (10, -1, -1))
    return run


@pytest.fixture
def whole(three, officer):
    """Two themes that stand, one under the other, and one that does not."""
    letters = naming.accept(three.themes[0], "Letters", officer, "ambition-1")
    waits = naming.accept(three.themes[1], "Waits", officer, "ambition-2")
    naming.set_aside(three.themes[2], officer, "Somebody said a private thing")
    frame.define(waits, "Any waiting", officer)
    frame.mark_critical(waits, True, officer)
    frame.nest(letters, waits, officer)
    return waits


def test_a_file_holds_the_themes_that_stand(whole, version):
    kept = frame_of(version.survey)
    assert [(code.name, code.parent, code.critical) for code in kept.themes] == [
        ("Letters", "Waits", False),
        ("Waits", None, True),
    ]
    assert kept.themes[1].definition == "Any waiting"
    assert len(kept.themes[0].middle) == 3


def test_a_file_holds_no_words_of_anybody(whole, version, said):
    text = to_yaml(frame_of(version.survey))
    assert not [answer for answer in said if str(answer.value) in text]
    assert "private" not in text
    assert "about waiting" not in text


def test_a_keyword_that_few_people_said_is_left_out(version, officer):
    said = comments(version, [*["My bus was late"] * 5, "Jayden missed the bus"])
    run = a_run(version, {"bus": said})
    run.themes[0].keywords = ["bus", "late", "jayden"]
    naming.accept(run.themes[0], "Buses", officer)
    assert frame_of(version.survey).themes[0].keywords == ["bus", "late"]


def test_what_goes_out_comes_in_the_same(whole, version):
    text = to_yaml(frame_of(version.survey))
    other = a_survey(slug="next-wave")
    by = StaffFactory(organisation=other.survey.organisation)
    made, known = bring_in(other.survey, read_frame(text), AMBITIONS, by)
    assert (len(made), known) == (2, [])
    again = frame_of(other.survey)
    assert again.themes == read_frame(text).themes


def test_themes_that_come_in_are_named_and_wait_to_be_found(whole, version, session):
    other = a_survey(slug="next-wave")
    by = StaffFactory(organisation=other.survey.organisation)
    made, _known = bring_in(other.survey, frame_of(version.survey), AMBITIONS, by)
    assert {(theme.state, theme.origin) for theme in made} == {("named", "imported")}


def test_what_is_here_already_stays_as_it_is(whole, version, officer, session):
    given = Frame(
        engage_frame=1, themes=[Code(name="WAITS", definition="Other"), Code(name="Buses")]
    )
    made, known = bring_in(version.survey, given, AMBITIONS, officer)
    assert ([theme.name for theme in made], known) == (["Buses"], ["WAITS"])
    assert whole.definition == "Any waiting"


def test_an_ambition_of_another_county_is_refused(version, officer, session):
    given = Frame(engage_frame=1, themes=[Code(name="Buses", ambition="moon")])
    with pytest.raises(InvalidInputError, match="not one of this county"):
        bring_in(version.survey, given, AMBITIONS, officer)
    assert session.query(Theme).count() == 0


def test_bringing_in_can_be_undone(version, officer, session):
    given = Frame(engage_frame=1, themes=[Code(name="A"), Code(name="B", parent="A")])
    bring_in(version.survey, given, AMBITIONS, officer)
    from engage.analysis.frame.models import CurationStep  # noqa: PLC0415

    undo(session.query(CurationStep).one(), officer)
    assert session.query(Theme).count() == 0


def test_the_next_wave_proposes_the_code_and_a_person_says_it_is_the_same(whole, version, session):
    other = a_survey(slug="next-wave")
    by = StaffFactory(organisation=other.survey.organisation)
    bring_in(other.survey, frame_of(version.survey), AMBITIONS, by)
    new = comments(other, [f"Something else {n}" for n in range(12)])
    run = a_run(other, {"queueing": new[:4], "post": new[4:8], "food": new[8:]})
    middles(run, (20, 0, 3), (20, 3, 0), (20, -3, -3))

    proposals = overview(other.survey).proposals

    assert [(one.found.label, one.theme.name) for one in proposals.same] == [
        ("queueing", "Waits"),
        ("post", "Letters"),
    ]
    assert [one.name for one in proposals.new] == ["food"]
    frame.rest_on(proposals.same[0].theme, run.themes[0], by)
    assert [one.theme.name for one in overview(other.survey).proposals.same] == ["Letters"]


def test_before_the_first_decision_nothing_is_proposed(three, version):
    assert not overview(version.survey).proposals


def test_a_later_reading_proposes_and_changes_nothing_by_itself(
    version, said, run, officer, session
):
    waits = naming.accept(run.themes[1], "Waits", officer)
    more = comments(version, [f"More {n}" for n in range(4)])
    a_run(version, {"queues": [*said[3:9], *more], "new things": said[:3]})

    proposals = overview(version.survey).proposals

    assert [(one.reading.theme, one.came, one.went) for one in proposals.changed] == [(waits, 4, 1)]
    assert [one.name for one in proposals.new] == ["new things"]
    assert (waits.name, waits.state) == ("Waits", "accepted")
    frame.keep(waits, officer)
    assert overview(version.survey).proposals.changed == ()


def test_a_change_adds_up_over_readings_until_somebody_looks(version, said, run, officer):
    naming.accept(run.themes[1], "Waits", officer)
    more = comments(version, [f"More {n}" for n in range(4)])
    a_run(version, {"waits": [*said[3:10], *more[:2]]})
    assert overview(version.survey).proposals.changed == ()
    a_run(version, {"waits": [*said[3:10], *more]})
    assert [one.came for one in overview(version.survey).proposals.changed] == [4]


def test_a_version_is_kept_with_a_number_and_never_changes(whole, version, officer):
    first = keep_version(version.survey, "Before the meeting", officer)
    naming.rename(whole, "Queues", officer)
    second = keep_version(version.survey, "", officer)
    assert (first.number, second.number) == (1, 2)
    assert [code["name"] for code in first.frame["themes"]] == ["Letters", "Waits"]
    assert [code["name"] for code in second.frame["themes"]] == ["Letters", "Queues"]


def test_a_version_of_nothing_is_not_kept(version, officer):
    with pytest.raises(InvalidInputError, match="no theme to keep yet"):
        keep_version(version.survey, "", officer)


def test_the_command_writes_the_frame_or_a_version_of_it(whole, version, officer):
    keep_version(version.survey, "first", officer)
    naming.rename(whole, "Queues", officer)
    assert "name: Queues" in exported("small", None)
    assert "name: Waits" in exported("small", 1)
    with pytest.raises(InvalidInputError, match="no version 7"):
        exported("small", 7)
    with pytest.raises(InvalidInputError, match="no survey with the address"):
        exported("nowhere", None)


def test_the_command_brings_a_frame_in(version, tmp_path, officer, session):
    file = tmp_path / "codes.yaml"
    file.write_text("engage_frame: 1\nthemes: [{name: Buses}]", encoding="utf-8")
    session.commit()
    said = imported("small", file, officer.email)
    assert said == "New themes: 1. Here already, and left as they are: 0.\n- Buses"
    assert session.query(Theme).one().decided_by == officer
    with pytest.raises(InvalidInputError, match="owns this survey"):
        imported("small", file, "nobody@example.org")
    with pytest.raises(InvalidInputError, match="cannot be read"):
        imported("small", tmp_path / "none.yaml", officer.email)


def test_the_commands_are_there():
    said = CliRunner().invoke(main, ["frame", "--help"]).output
    assert "export" in said
    assert "import" in said
