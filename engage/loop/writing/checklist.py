"""ACT and the Professional Promise as questions to the writer. Pure.

What was promised is the county's, in the promises of its pack. What to ask about each, what the
machine can look at and what it cannot know are in questions.yaml.
"""

from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from engage.framework.pack import Promise
from engage.framework.yaml_files import read_yaml


class Asked(BaseModel):
    """What questions.yaml holds of one promise."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ask: str
    looks_at: tuple[str, ...] = ()  # codes of findings
    looked_for: str = ""
    only_you: str


class Question(BaseModel):
    """One question as the writer meets it. Without `looked_for`, no machine can help with it."""

    model_config = ConfigDict(frozen=True)

    code: str
    name: str
    ask: str
    looked_for: str
    found: int
    only_you: str


def questions(promises: Iterable[Promise], found: Collection[str]) -> tuple[Question, ...]:
    """One for each promise of the county; `found` has the code of each finding."""
    return tuple(_question(promised, found) for promised in promises)


def _question(promised: Promise, found: Collection[str]) -> Question:
    # A promise that nobody wrote a question for is its own question.
    asked = asked_about().get(promised.code) or Asked(ask=promised.description, only_you="")
    return Question(
        code=promised.code,
        name=promised.name or promised.short_name,
        ask=asked.ask,
        looked_for=asked.looked_for,
        found=sum(code in asked.looks_at for code in found),
        only_you=asked.only_you,
    )


@cache
def asked_about() -> dict[str, Asked]:
    content = read_yaml(Path(__file__).with_name("questions.yaml"))
    return {code: Asked.model_validate(row) for code, row in content.items()}
