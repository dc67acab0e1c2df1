"""The recorded sound of a question and the video that signs it, where its survey has them."""

from dataclasses import dataclass

from engage.responses.sitting import Sitting
from engage.surveys.branching import Step
from engage.surveys.definition import Words
from engage.surveys.media_checks import BSL, SIGNS, SOUND
from engage.surveys.wording import ENGLISH
from engage.web.i18n import in_its_language


@dataclass(frozen=True, slots=True)
class Playable:
    """As the macros of the page show it: where to fetch it, and its words by paragraph."""

    url: str
    transcript: list[str]
    captions_url: str = ""


def sound_for(sitting: Sitting, step: Step, words: Words) -> Playable | None:
    """In the language of the page only: to hear another one would be of no help.

    Its words are those of the question, `words`, unless it was sent with its own.
    """
    language = sitting.reader.language
    kept = sitting.survey.media_for(step.question.code, SOUND, language)
    if kept is None:
        return None
    paragraphs = _paragraphs(kept.transcript) or [in_its_language(words.text, words.language)]
    return Playable(_address(kept.file), paragraphs)


def signs_for(sitting: Sitting, step: Step) -> Playable | None:
    """The video in British Sign Language, in every language of the page; its words are English."""
    kept = sitting.survey.media_for(step.question.code, SIGNS, BSL)
    if kept is None:
        return None
    words = [in_its_language(text, ENGLISH) for text in _paragraphs(kept.transcript)]
    return Playable(_address(kept.file), words, _address(kept.captions))


def _paragraphs(transcript: str) -> list[str]:
    return [line.strip() for line in transcript.splitlines() if line.strip()]


def _address(name: str) -> str:
    """Without the language and look that other links carry: one file is fetched and kept once."""
    return f"/media/{name}"
