"""One person at one response: what they are asked, and the addresses of their own pages."""

from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from engage.responses import opening, queries
from engage.responses.drafts import Contacts, Draft
from engage.responses.question_page import Reader
from engage.surveys.branching import Step, path
from engage.surveys.definition import SurveyDefinition
from engage.surveys.question_types import TYPES
from engage.surveys.wording import pick
from engage.web.i18n import page_context


class Sitting:
    """A draft and its survey, as the views and templates of answering use them."""

    def __init__(self, draft: Draft, survey: SurveyDefinition) -> None:
        self.draft = draft
        self.survey = survey
        self.reader = Reader(draft.language, draft.easy_read, draft.seed)

    @property
    def token(self) -> str:
        return self.draft.token

    @cached_property
    def steps(self) -> list[Step]:
        return path(self.survey, self.draft.said, self.draft.seed)

    @property
    def title(self) -> str:
        return pick(self.survey.titles, self.draft.language, self.draft.easy_read).text

    def find(self, key: str) -> Step | None:
        """The page of that key, while this person is asked it."""
        return next((step for step in self.steps if step.key == key), None)

    def step(self, key: str) -> Step:
        """The same, where there must be one. Raises NotFound."""
        step = self.find(key)
        if step is None:
            raise NotFound
        return step

    def after(self, step: Step) -> Step | None:
        following = self.steps[self.steps.index(step) + 1 :]
        return following[0] if following else None

    def url(self, step: Step | None, screen: int = 1) -> str:
        """The address of a page, or of the check page after the last."""
        if step is None:
            return url_for("responses.check", token=self.token)
        later = screen if screen > 1 else None
        return url_for("responses.ask", token=self.token, key=step.key, screen=later)

    def first_blank(self) -> Step | None:
        """Where somebody who comes back goes on: after the last page they answered."""
        answered = [step for step in self.steps if self.draft.answer_to(step)[0] is not None]
        return self.after(answered[-1]) if answered else self.steps[0]

    def owed(self) -> Step | None:
        """The first page that must be answered and is not, nor was marked as not understood."""
        missing = [step for step in self.steps if not self._is_settled(step)]
        if not missing:
            return None
        excused = queries.not_understood_by(self.draft.id)
        return next((step for step in missing if step.question.id not in excused), None)

    def _is_settled(self, step: Step) -> bool:
        question = step.question
        value, _words = self.draft.answer_to(step)
        return not question.is_required or TYPES[question.type].is_whole(question, value)

    def is_first_open_question(self, step: Step) -> bool:
        writing = (other for other in self.steps if TYPES[other.question.type].is_open_text)
        return step == next(writing, None)


def sitting_of(token: str) -> Sitting:
    """The sitting a token opens; the page speaks its language. Raises NoResultFound."""
    draft, survey = opening.opened(token, for_update=request.method == "POST")
    page = page_context()
    # First of all: the language of a request is settled by the first word that is looked up.
    page.language, page.easy_read, page.look = draft.language, draft.easy_read, draft.look
    set_page(draft.contacts, draft.is_invented)
    page.help_url = help_url(draft.contacts.organisation_code, request.path)
    return Sitting(draft, survey)


def help_url(organisation_code: str, back: str) -> str:
    """ "Please help me", in the words and the look of this page, and the way back to it."""
    choices = page_context().choices_in_address()
    return f"/help-me/{quote(organisation_code)}?{urlencode(choices | {'back': back})}"


def set_page(contacts: Contacts | Any, is_invented: bool) -> None:
    """Whom to turn to, on every page of a survey. `contacts` may be an organisation."""
    page = page_context()
    page.help_phone, page.help_hours = contacts.help_phone, contacts.help_hours
    page.out_of_hours_phone = contacts.out_of_hours_phone
    page.leave_url = contacts.leave_url
    if is_invented:
        page.demo_note = _("This is an example. The survey and its answers are made up.")
