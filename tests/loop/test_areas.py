"""Answers that are about one area: how staff say so, and the pages of areas."""

import pytest
from sqlalchemy import select, text

from engage.extensions import db
from engage.loop import operations
from engage.loop.demands import Parts
from engage.loop.models import Action, LoopStep
from tests.loop.made import (
    ALL,
    HOSTILE,
    LATER,
    a_draft,
    a_public_action,
    a_theme,
    place,
    typed,
    whole,
)

AREA = f"{ALL}/area/dspl2"


def test_staff_say_which_areas_an_answer_is_about(lead, theme, session):
    action = a_draft(theme, areas=["dspl9"])
    address = place(theme, f"/{action.id}")
    boxes = lead.get(address).page.soup.select("input[name=areas]")
    assert [box["value"] for box in boxes if box.has_attr("checked")] == ["dspl9"]
    assert len(boxes) == 9
    lead.post(address, data=typed("will") | {"areas": ["dspl3", "dspl2"]})
    session.expire_all()
    assert session.scalars(select(Action.areas)).one() == ["dspl2", "dspl3"]
    lead.post(address, data=typed("will"))
    session.expire_all()
    assert session.scalars(select(Action.areas)).one() == []


def test_an_area_that_is_none_is_refused_and_nothing_typed_is_lost(lead, theme, session):
    address = place(theme, f"/new?theme={theme.id}")
    page = lead.post(address, data=typed("will") | {"areas": ["dspl2", "moon"]}).page
    assert page.status == 422
    assert page.texts(".govuk-error-summary a") == ["Choose only areas that are on this list"]
    assert page.soup.select_one("#areas-error")
    assert page.soup.select_one("input[name=areas][checked]")["value"] == "dspl2"
    assert session.scalars(select(Action)).all() == []


@pytest.mark.parametrize("read", ["standard", "easy"])
def test_answers_about_the_area_come_first_and_then_those_of_the_county(client, version, read):
    theme = a_theme(version)
    for _ in range(12):
        a_public_action(theme)
    a_public_action(theme, areas=["dspl3"])
    a_public_action(theme, areas=["dspl7", "dspl2"])
    page = client.get(f"{AREA}?read={read}").page
    assert page.heading.endswith("You said, we did: 2. Stevenage")
    whom = [pair.select_one("header h3 + p").get_text() for pair in page.soup.select(".pair")]
    names = "2. Stevenage; 7. St Albans, Harpenden and Villages"
    assert whom == [f"For: {names}", *["For the whole county"] * 11]
    assert page.soup.select_one(".pair header bdi").get_text() == names
    rest = client.get(page.soup.select_one("a[rel=next]")["href"]).page
    assert rest.texts(".pair header h3 + p") == ["For the whole county"]


def test_an_area_that_does_not_exist_is_not_found_and_one_without_answers_says_so(client, session):
    assert client.get(f"{ALL}/area/moon").status_code == 404
    assert client.get(f"{ALL}/area/moon.json").status_code == 404
    assert "yet" in client.get(AREA).page.texts(".lead")[-1]


def test_data_name_the_areas_of_an_answer(client, version):
    a_public_action(a_theme(version), areas=["dspl2"])
    a_public_action(a_theme(version))
    said = client.get(f"{AREA}.json").json
    assert said["area"] == {"code": "dspl2", "number": 2, "name": "Stevenage"}
    assert [each["areas"] for each in said["actions"]] == [["dspl2"], []]


def test_what_was_taken_down_is_gone_and_hostile_words_are_words(client, version):
    a_public_action(a_theme(version, name=HOSTILE), we_did=HOSTILE, areas=["dspl2"])
    gone = a_public_action(a_theme(version), we_did="Secret plan", areas=["dspl2"])
    operations.take_down(gone, gone.written_by, LATER)
    db.session.commit()
    for address in (AREA, f"{AREA}?read=easy", f"{AREA}.json"):
        assert "Secret plan" not in client.get(address).text
    assert HOSTILE not in client.get(AREA).text


def test_another_area_is_another_decision(theme):
    action = a_public_action(theme, areas=["dspl2"])
    operations.publish(action, action.written_by, LATER, whole(areas=["dspl2"]))
    assert len(action.steps) == 1
    operations.publish(action, action.written_by, LATER, whole(areas=["dspl2", "dspl3"]))
    assert [step.parts["areas"] for step in action.steps] == [["dspl2"], ["dspl2", "dspl3"]]


def test_an_answer_kept_before_there_were_areas_is_still_the_same_answer(theme, session):
    action = operations.add_action(theme, whole(), theme.decided_by, LATER)
    kept = {name: value for name, value in parts_before(action).items() if name != "areas"}
    session.add(step_before(action, kept))
    session.commit()
    assert "areas" not in session.scalar(text("SELECT CAST(parts AS VARCHAR) FROM loop_step"))
    operations.publish(action, action.written_by, LATER)
    assert [step.state for step in action.steps] == ["decided"]
    assert action.steps[0].parts["areas"] == []


def parts_before(action):
    names = Parts.__dataclass_fields__
    return {name: getattr(action, name) for name in names} | {"due_on": action.due_on.isoformat()}


def step_before(action, kept):
    return LoopStep(
        theme=action.theme,
        action=action,
        state="decided",
        at=LATER,
        by=action.written_by,
        organisation=action.written_by.organisation,
        kind=action.kind,
        owner=action.owner,
        due_on=action.due_on,
        parts=kept,
    )


def test_the_same_areas_in_another_order_are_the_same_parts():
    assert whole(areas=["dspl3", "dspl2"]) == whole(areas=["dspl2", "dspl3", "dspl2"])
