"""What a mapping file says: which column of a CSV file answers which question. Pure.

The keys are explained in docs/import.md.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from engage.errors import InvalidInputError
from engage.framework.yaml_files import complaint, read_yaml


def _text(value: Any) -> Any:
    """YAML reads a bare 1 as a number and a bare yes as true; the file has neither."""
    if isinstance(value, bool):
        raise ValueError("put quotes around “yes” and “no”, or YAML reads them as true and false")
    return str(value) if isinstance(value, int | float) else value


def _texts(value: Any) -> Any:
    return [value] if isinstance(value, str | int | float) else value


Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_texts), Field(min_length=1)]
# A CSV value without a code is left out: nothing is said.
Codes = dict[Text, Text | None]


class Spec(BaseModel):
    """Part of a mapping file. A key the format does not know is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class QuestionMapping(Spec):
    """Where the answer to one question stands."""

    column: Text
    values: Codes = {}
    format: Text | None = None  # of a date that is not written as we keep it
    split: Annotated[str, Field(min_length=1)] | None = None
    where: dict[Text, Texts] = {}  # only rows with one of these values in that column
    other_words: dict[Text, Text] = {}  # option code: the column with the words beside it

    def columns(self) -> tuple[str, ...]:
        return (self.column, *self.where, *self.other_words.values())


class DayMapping(Spec):
    """The day the answers were sent: a column, or the same day for all."""

    column: Text | None = None
    format: str = "%Y-%m-%d"
    day: date | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> "DayMapping":
        if (self.column is None) == (self.day is None):
            raise ValueError("submitted needs “column” or “day”, and not both")
        return self


class LanguageMapping(Spec):
    """The language the answers were given in: a column with its codes, or the same for all."""

    column: Text | None = None
    values: dict[Text, Text] = {}
    code: Text = "en"


class FileMapping(Spec):
    # Where it is left out, the heading row tells a comma from a semicolon.
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    encoding: str = "utf-8-sig"
    row_id: Annotated[tuple[Text, ...], BeforeValidator(_texts)] = ()
    submitted: DayMapping
    language: LanguageMapping = LanguageMapping()
    questions: Annotated[dict[Text, QuestionMapping], Field(min_length=1)]

    def columns(self) -> list[str]:
        """Every column the mapping names, each once."""
        named = [*self.row_id, self.submitted.column, self.language.column]
        for question in self.questions.values():
            named.extend(question.columns())
        return list(dict.fromkeys(name for name in named if name is not None))


def read_mapping(path: Path) -> FileMapping:
    """The mapping in a file. Raises InvalidInputError with the first thing that is wrong."""
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise InvalidInputError(f"{path.name}: a mapping file is a list of keys and values.")
    try:
        return FileMapping.model_validate(content)
    except ValidationError as error:
        raise complaint(path.name, content, error) from error
