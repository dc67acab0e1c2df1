"""What a translator's file says about a survey, text by text, and what of it we can take. Pure."""

from dataclasses import dataclass, replace

from engage.errors import InvalidInputError
from engage.surveys.definition import SurveyDefinition
from engage.surveys.translation import SurveyText, all_texts_of, placeholders, tidy
from engage.surveys.wording import ENGLISH

LONGEST = 5000  # characters of one text: many times the longest in any survey


@dataclass(frozen=True, slots=True)
class FileText:
    """A text as a file has it. `place` says where, "row 12", where the file has places."""

    id: str
    english: str
    target: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class TranslationFile:
    """What a translator sent back."""

    survey: str
    version: int
    language: str
    texts: tuple[FileText, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file would change, and what in it cannot be taken and why."""

    taken: tuple[SurveyText, ...]  # `target` is the new words
    filled: int  # how many of these the file itself did not say
    unchanged: int
    empty: int
    problems: tuple[str, ...]


def refuse_another(file: TranslationFile, survey: str, version: int, language: str) -> None:
    """A file for something else is refused whole."""
    if language == ENGLISH:
        raise InvalidInputError("The English words of a survey are not changed by a file.")
    if file.survey != survey:
        raise InvalidInputError(f"This file is for the survey “{file.survey}”, not for this one.")
    if file.version != version:
        raise InvalidInputError(
            f"This file is for version {file.version} of the survey. You are adding to version "
            f"{version}. Download the file of version {version} and use that one."
        )
    if file.language != language:
        raise InvalidInputError(
            f"This file is in the language “{file.language}”, and you are adding “{language}”."
        )


def read_against(
    definition: SurveyDefinition, file: TranslationFile, *, fill_same: bool = False
) -> Reading:
    """What the file says about this survey, text by text."""
    return _Reader(definition, file).read(fill_same=fill_same)


class _Reader:
    def __init__(self, definition: SurveyDefinition, file: TranslationFile) -> None:
        self.file = file
        self.known = {text.id: text for text in all_texts_of(definition, file.language)}
        self.given: dict[str, SurveyText] = {}
        self.problems: list[str] = []
        self.empty = 0

    def read(self, *, fill_same: bool) -> Reading:
        for line in self.file.texts:
            self._read_line(line)
        new = [text for id, text in self.given.items() if text.target != self.known[id].target]
        filled = self._filled() if fill_same else []
        return Reading(
            taken=(*new, *filled),
            filled=len(filled),
            unchanged=len(self.given) - len(new),
            empty=self.empty,
            problems=tuple(self.problems),
        )

    def _read_line(self, line: FileText) -> None:
        target = tidy(line.target)
        if complaint := self._complaint(line, target):
            where = f"{line.id} ({line.place})" if line.place else line.id
            self.problems.append(f"{where}: {complaint}")
        elif not target:
            self.empty += 1
        else:
            self.given[line.id] = replace(self.known[line.id], target=target)

    def _complaint(self, line: FileText, target: str) -> str:
        text = self.known.get(line.id)
        if text is None:
            return "The survey has no text of this name."
        if _squeezed(line.english) != _squeezed(text.english):
            return "The English has changed since the file was made. Translate the new English."
        if not target:
            return ""
        if line.id in self.given:
            return "This text is in the file twice. The first one was taken."
        if len(target) > LONGEST:
            return f"The translation is longer than {LONGEST:,} characters."
        return _placeholder_complaint(text.english, target)

    def _filled(self) -> list[SurveyText]:
        """Texts still without words whose English is translated elsewhere, always the same."""
        spoken: dict[tuple[str, str], set[str]] = {}
        merged = {**self.known, **self.given}
        for text in merged.values():
            if text.target:
                spoken.setdefault((text.spot.kind, text.english), set()).add(text.target)
        silent = (text for text in merged.values() if not text.target)
        pairs = ((text, spoken.get((text.spot.kind, text.english), set())) for text in silent)
        return [replace(text, target=next(iter(found))) for text, found in pairs if len(found) == 1]


def _placeholder_complaint(english: str, target: str) -> str:
    wanted, found = placeholders(english), placeholders(target)
    if lost := [name for name in wanted if name not in found]:
        return f"{' and '.join(lost)} is missing. Write it as it is in the English, brackets too."
    if strange := [name for name in found if name not in wanted]:
        return f"{' and '.join(strange)} is not in the English. Please take it out."
    return ""


def _squeezed(words: str) -> str:
    """Programs for translators, and spreadsheets, change blanks and line ends."""
    return " ".join(tidy(words).split())
