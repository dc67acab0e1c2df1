"""Draws the page that asks one question, and understands what comes back from it."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from flask import render_template, request, url_for
from werkzeug.datastructures import MultiDict
from wtforms import Form

from engage.responses.drafts import Draft
from engage.responses.forms import answer_form, with_other_screens
from engage.responses.kept_pages import ANY_TOKEN, KeptPages
from engage.responses.pictures import picture_for
from engage.responses.question_page import (
    Place,
    choices_for,
    option_screens,
    place_of,
    question_words,
    shown_choices,
)
from engage.responses.screens import Screen, merged
from engage.responses.sitting import Sitting, help_url
from engage.responses.sound_and_signs import signs_for, sound_for
from engage.surveys.branching import Step, codes
from engage.surveys.definition import Words
from engage.surveys.hard_words import explained
from engage.surveys.question_types import FIELD, TYPES
from engage.surveys.the_pack import the_pack
from engage.surveys.wording import ENGLISH
from engage.web.i18n import easier_url, in_its_language, page_context

kept_pages = KeptPages()


class Asked:
    """One question to one person, at one screen of its choices."""

    def __init__(self, sitting: Sitting, step: Step) -> None:
        self.sitting = sitting
        self.step = step
        self.parts = option_screens(step.question, sitting.reader)
        self.number = min(max(1, request.args.get("screen", 1, type=int)), len(self.parts))
        self.value, self.other_words = sitting.draft.answer_to(step)

    @property
    def screen(self) -> Screen:
        return self.parts[self.number - 1]

    @property
    def place(self) -> Place:
        sitting = self.sitting
        return place_of(self.step, sitting.steps, sitting.survey.estimated_minutes)

    def form(self, sent: MultiDict[str, str] | None = None) -> Form:
        """The form as it was sent, or as it stands with what was kept."""
        question, choices = self.step.question, choices_for(self.screen, self.sitting.reader)
        if sent is None:
            return answer_form(question, choices, value=self.value, other_words=self.other_words)
        return answer_form(question, choices, formdata=self._with_other_screens(sent))

    def _with_other_screens(self, sent: MultiDict[str, str]) -> MultiDict[str, str]:
        """What was sent, with what is kept from the other screens of a long list."""
        question = self.step.question
        if len(self.parts) == 1 or question.type == "rank":
            return sent
        chosen, kept = sent.getlist(FIELD), codes(self.value)
        if chosen:
            # What stands alone and cannot be seen here gives way: it could not be unticked.
            kept -= {option.code for option in question.options if option.is_exclusive}
        many = question.type == "multi"
        whole = merged(sorted(kept), chosen, self.screen, many)
        words = {code: said for code, said in self.other_words.items() if code in whole}
        return with_other_screens(sent, whole, words)

    def page(self) -> str:
        """The page as it is first seen: drawn once for all who see the same."""
        is_its_own = self.value is not None or self.step.question.settings.get("randomise")
        if is_its_own:
            return self.draw(self.form())
        anybody = Asked(Sitting(anyones(self.sitting.draft), self.sitting.survey), self.step)
        anybody.sitting.steps = self.sitting.steps
        return kept_pages.page(
            self._key(), self.sitting.survey, self.sitting.token, lambda: anybody.draw(self.form())
        )

    def _key(self) -> tuple[Any, ...]:
        """All that can differ between two people who have not answered this question."""
        draft = self.sitting.draft
        return (
            *(draft.version_id, self.step.key, self.number, self.place),
            *(draft.language, draft.easy_read, draft.look, draft.contacts),
            self.sitting.is_first_open_question(self.step),
        )

    def draw(self, form: Form, mistaken: dict[str, str] | None = None) -> str:
        """`mistaken`: the words beside "other" as they were sent, where something is wrong."""
        sitting, step, screen = self.sitting, self.step, self.screen
        value = TYPES[step.question.type].value(form) if mistaken is not None else self.value
        other_words = self.other_words if mistaken is None else mistaken
        here, page = sitting.url(step, self.number), page_context()
        words = question_words(step, sitting.survey, sitting.reader)
        page.easier_url = easier_url(here)
        page.help_url = help_url(sitting.draft.contacts.organisation_code, here)
        return render_template(
            f"responses/kinds/{TYPES[step.question.type].template}.html",
            sitting=sitting,
            question=step.question,
            words=replace(words, text=in_its_language(words.text, words.language)),
            title=f"{words.text} – {sitting.title}",
            form=form,
            choices=shown_choices(screen, sitting.reader, value, other_words),
            screen=self.number,
            screens=len(self.parts),
            place=self.place,
            back=self.back(),
            explains_reading=sitting.is_first_open_question(step),
            picture=picture_for(step.question),
            hard_words=hard_words([words, *(sitting.reader.words(o.wordings) for o in screen)]),
            sound=sound_for(sitting, step, words),
            signs=signs_for(sitting, step),
            page_errors=[(f"#{name}", errors[0]) for name, errors in form.errors.items()],
        )

    def back(self) -> str:
        """The screen before, the question before, or the front page of the survey."""
        if self.number > 1:
            return self.sitting.url(self.step, self.number - 1)
        if self.place.back:
            return url_for("responses.ask", token=self.sitting.token, key=self.place.back)
        return url_for("welcome.welcome", slug=self.sitting.draft.slug)


def hard_words(wordings: Iterable[Words]) -> list[tuple[str, str]]:
    """What the glossary of the county explains of the English words on a page."""
    pack = the_pack()
    english = (words.text for words in wordings if words.language == ENGLISH)
    return explained(english, pack.glossary)


def anyones(draft: Draft) -> Draft:
    """The same draft for a page that is drawn once for all."""
    return replace(draft, token=ANY_TOKEN)


def wanted_screen() -> int | None:
    """The screen a "More choices" button asks for."""
    asked = re.fullmatch(r"screen-([0-9]{1,3})", request.form.get("go", ""))
    return int(asked[1]) if asked else None
