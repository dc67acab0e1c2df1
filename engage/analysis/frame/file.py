"""A frame of themes as a file, to keep and to carry to the next wave. Pure.

It holds names, what belongs in each, keywords and numbers, and not one sentence of anybody.
The keys are explained in docs/curate.md.
"""

from collections.abc import Sequence
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from engage.errors import InvalidInputError
from engage.framework.yaml_files import complaint, parse_yaml

FORMAT = 1
LONGEST_FILE = 5_000_000
MOST_THEMES = 500


def _tidy(text: Any) -> Any:
    """On one line, without letters that nobody can see."""
    if not isinstance(text, str):
        return text
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


Line = Annotated[str, BeforeValidator(_tidy)]
Name = Annotated[Line, Field(min_length=1, max_length=200)]


class Spec(BaseModel):
    """Part of a frame file. A key the format does not know is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Code(Spec):
    """One theme. `middle` says in numbers how it differs from the others of its survey."""

    name: Name
    definition: Annotated[Line, Field(max_length=2000)] = ""
    parent: Line | None = None
    ambition: Annotated[Line, Field(max_length=40)] | None = None
    critical: bool = False
    keywords: Annotated[list[Annotated[Line, Field(max_length=100)]], Field(max_length=50)] = []
    middle: Annotated[list[float], Field(max_length=4096)] = []


class Frame(Spec):
    """The whole file."""

    engage_frame: int
    survey: Line = ""
    note: Annotated[Line, Field(max_length=500)] = ""
    model: Line = ""  # which language model the numbers are of
    themes: Annotated[list[Code], Field(max_length=MOST_THEMES)]

    @model_validator(mode="after")
    def holds_together(self) -> "Frame":
        if self.engage_frame != FORMAT:
            raise ValueError(f"engage_frame is {self.engage_frame}; this version reads {FORMAT}")
        by_name: dict[str, Code] = {}
        for code in self.themes:
            if code.name.casefold() in by_name:
                raise ValueError(f"two themes are called “{code.name}”")
            by_name[code.name.casefold()] = code
        for code in self.themes:
            _check_parent(code, by_name)
        return self


def _check_parent(code: Code, by_name: dict[str, Code]) -> None:
    if code.parent is None:
        return
    parent = by_name.get(code.parent.casefold())
    if parent is None:
        raise ValueError(f"“{code.name}” stands under “{code.parent}”, which is not in the file")
    if parent is code or parent.parent is not None:
        raise ValueError(f"“{code.name}” stands under “{code.parent}”: there is one level only")


def to_yaml(frame: Frame) -> str:
    """The file, with each theme's numbers on one line."""
    return yaml.dump(
        frame.model_dump(exclude_defaults=True),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=100,
    )


class _Dumper(yaml.SafeDumper):
    """Numbers go in a row: hundreds of lines of them would hide the themes."""


def _list(dumper: yaml.SafeDumper, items: Sequence[Any]) -> yaml.Node:
    in_a_row = all(isinstance(item, str | float) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=in_a_row)


_Dumper.add_representer(list, _list)


def read_frame(text: str, file: str = "the file") -> Frame:
    """The frame in a file. Raises InvalidInputError, which says what is wrong and where."""
    if len(text) > LONGEST_FILE:
        raise InvalidInputError(f"{file} is too long for a frame of themes.")
    raw = parse_yaml(text, file)
    if not isinstance(raw, dict) or "engage_frame" not in raw:
        raise InvalidInputError(f"{file} is not a frame of themes: it has no “engage_frame”.")
    return as_frame(raw, file)


def as_frame(raw: dict[str, Any], file: str = "the file") -> Frame:
    try:
        return Frame.model_validate(raw)
    except ValidationError as error:
        raise complaint(file, raw, error) from error
