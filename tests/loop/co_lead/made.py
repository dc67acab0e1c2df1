"""What co-leads say, and what is public by their word."""

from engage.clock import day_of
from engage.extensions import db
from engage.loop import operations
from engage.loop.co_lead import operations as together
from engage.loop.co_lead import waiting
from engage.surveys.co_lead import operations as signing_together
from engage.surveys.co_lead import queries as signed
from tests.loop.made import NOW, an_action, whole


def agree(survey, thing, by):
    signing_together.sign(survey, thing, signing_together.Said("agreed"), by, NOW)
    db.session.commit()


def standings(theme, by, today=None):
    found = waiting.of_survey(theme.survey, [by.organisation], today or day_of(NOW))
    return {each.thing.key: each for each in found}


def agree_to_themes(theme, by):
    for (what, _id), each in standings(theme, by).items():
        if what == "themes" and each.waits:
            agree(theme.survey, each.thing, by)


def agree_to_answer(action, by, officer, parts=None):
    ask = together.ask_about_answer(action, parts or whole("will"), officer, NOW)
    agree(action.theme.survey, signed.of_asked(ask), by)


def place(theme, rest=""):
    return f"/staff/co-lead/{theme.survey.slug}{rest}"


def about(page):
    return page.soup.select_one("input[name=about]")["value"]


def published(theme, forum, officer, **parts):
    """An answer that both agreed to and that everyone can read."""
    agree_to_themes(theme, forum)
    action = an_action(theme, **parts)
    agree_to_answer(action, forum, officer, whole("will", **parts))
    operations.publish(action, officer, NOW)
    db.session.commit()
    return action
