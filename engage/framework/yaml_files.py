"""Reading our YAML files, and saying in a sentence what is wrong with one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from engage.errors import InvalidInputError

# The parser written in C is ten times faster; a machine without it can still read the files.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MOST_LEVELS = 50


def read_yaml(path: Path) -> Any:
    """The content of a file."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InvalidInputError(f"{path.name} cannot be read.") from error
    return parse_yaml(text, path.name)


def parse_yaml(text: str, file: str) -> Any:
    """The content of YAML text; `file` is how a message names it."""
    try:
        _refuse_too_much(text, file)
        return yaml.load(text, Loader=Loader)  # noqa: S506 — both loaders are safe ones
    # The loaders turn "2020-99-99" and the like into whatever Python says of it.
    except (yaml.YAMLError, ValueError, LookupError, AttributeError) as error:
        raise InvalidInputError(f"{file} is not valid YAML: {_one_line(error)}.") from error


def _refuse_too_much(text: str, file: str) -> None:
    """Before it is loaded: the parser in C calls itself for each level, and ends the process."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.AliasEvent):
            # A few nested aliases can stand for more than any machine holds.
            raise InvalidInputError(f"{file} uses “*” to repeat a part, which is not read.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MOST_LEVELS:
            raise InvalidInputError(f"{file} is nested too deeply to be read.")


def complaint(file: str, raw: Any, error: ValidationError) -> InvalidInputError:
    """The first thing pydantic found wrong, as one sentence naming the file, the thing, the key."""
    first = error.errors(include_url=False)[0]
    things, key = _place(raw, first["loc"])
    return InvalidInputError(f"{': '.join([file, *things])}: {_words(first, key)}.")


def _place(raw: Any, location: tuple[int | str, ...]) -> tuple[list[str], str]:
    """The code of the innermost thing that has one, then the path of keys below it."""
    things: list[str] = []
    keys: list[str] = []
    for step in location:
        keys.append(f"{step + 1}" if isinstance(step, int) else step)
        raw = _inside(raw, step)
        if isinstance(raw, Mapping) and isinstance(step, int):
            # A question is known by its id, whatever section it is in; an answer within it.
            outer = [] if "id" in raw else things
            name = raw.get("id") or raw.get("code")
            if isinstance(name, str) and name:
                things, keys = [*outer, name], []
    return things, " ".join(keys)


def _inside(raw: Any, step: int | str) -> Any:
    try:
        return raw[step]
    except (KeyError, IndexError, TypeError):
        return None


def _words(error: ErrorDetails, key: str) -> str:
    given = error["input"]
    match error["type"]:
        case "missing":
            return f"“{key}” is missing"
        case "extra_forbidden":
            return f"“{key}” is not a key of the format"
        case "literal_error" | "string_pattern_mismatch":
            return f"unknown {key} “{given}”"
        case "value_error":
            return f"{error['ctx']['error']}"
        case _:
            return f"“{key}”: {error['msg'][0].lower()}{error['msg'][1:]}"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
