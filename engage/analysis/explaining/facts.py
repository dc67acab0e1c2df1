"""What is known of the machine beside its runs: one data file, checked when it is read. Pure."""

from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from engage.framework.yaml_files import read_yaml

FACTS = Path(__file__).parent / "facts.yaml"


class Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Tool(Fact):
    name: str
    source: str
    licence: str


class Model(Fact):
    """`version` and `files`: by what name a run keeps its version and its checksums."""

    name: str
    task: str
    input: str
    output: str
    architecture: str
    made_by: str
    version: str
    files: tuple[str, ...]
    licence: str
    training: str


class TrainingSet(Fact):
    name: str
    rows: int
    rated_by: str
    licence: str


class Measured(Fact):
    what: str
    figure: str
    beside: str
    date: date
    source: str


class OfTen(Fact):
    right: int
    exact: str
    date: date
    source: str


class Facts(Fact):
    tool: Tool
    models: tuple[Model, ...]
    training_data: tuple[TrainingSet, ...]
    measured: tuple[Measured, ...]
    feelings_right_of_ten: OfTen


@cache
def known_facts() -> Facts:
    """Raises InvalidInputError or ValidationError, with the place, for a file that is wrong."""
    return Facts.model_validate(read_yaml(FACTS))
