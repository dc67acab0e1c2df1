"""What is known of the machine beside its runs: one data file, checked when it is read. Pure."""

from collections import Counter
from collections.abc import Mapping
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
    """`version`, `files` and `setting`: by what names a run keeps what took part.

    `pinned`: the checksums of files that are refused where they differ.
    """

    name: str
    task: str
    input: str
    output: str
    architecture: str
    made_by: str
    version: str
    files: tuple[str, ...]
    setting: str = ""
    pinned: Mapping[str, str] = {}
    licence: str
    training: str


class TrainingSet(Fact):
    """`taught`: the name of the model that learnt from it."""

    name: str
    taught: str
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
    taught_both: int
    measured: tuple[Measured, ...]
    feelings_right_of_ten: OfTen

    def rows_by_model(self) -> dict[str, int]:
        """How many rows each trained model learnt from."""
        rows: Counter[str] = Counter()
        for each in self.training_data:
            rows[each.taught] += each.rows
        return dict(rows)


@cache
def known_facts() -> Facts:
    """Raises InvalidInputError or ValidationError, with the place, for a file that is wrong."""
    return Facts.model_validate(read_yaml(FACTS))
