"""What somebody said, read back to them: before they send it, and in their copy of it."""

from typing import Any

from engage.responses.concerns import written_in
from engage.responses.question_page import question_words, read_back
from engage.responses.sitting import Sitting
from engage.safeguarding.doors import doors_for
from engage.surveys.question_types import TYPES


def check_rows(sitting: Sitting) -> list[dict[str, Any]]:
    return [
        {
            "words": question_words(step, sitting.survey, sitting.reader),
            "lines": read_back(step, sitting.survey, sitting.reader, sitting.draft.said),
            "other": sitting.draft.answer_to(step)[1],
            "url": sitting.url(step),
        }
        for step in sitting.steps
        if TYPES[step.question.type].is_answered
    ]


def doors_wanted(sitting: Sitting) -> list[str]:
    """Complaint, deadline or advice: what somebody's words ask for, and no survey can give."""
    written = written_in(sitting.draft, sitting.survey)
    return sorted({door for _asked, words in written for door in doors_for(words)})
