"""How well the wording checker does on questions that somebody else wrote and labelled.

Precision: of the questions it speaks up about, how many are hard. Recall: of the hard ones, how
many it speaks up about. Remarks on how a question is built, such as a missing picture, are left
out. The rules were written and improved on the "dev" half; "held_out" was only ever measured.

    python -m benchmarks.wording [FOLDER]
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from engage.surveys.definition import (
    OptionDefinition,
    QuestionDefinition,
    SectionDefinition,
    SurveyDefinition,
    Words,
)
from engage.surveys.easyread import Finding, check

CORPUS = Path(__file__).parent.parent / "tests" / "corpora" / "wording"
PARTS = ("dev", "held_out")
LEVELS = ("stop only", "stop or look")


@dataclass(frozen=True)
class Figures:
    """What came of one half at one level."""

    found: int  # hard, and spoken up about
    missed: int
    false_alarms: int  # easy, and spoken up about all the same
    quiet: int

    @property
    def precision(self) -> float:
        return self.found / max(self.found + self.false_alarms, 1)

    @property
    def recall(self) -> float:
        return self.found / max(self.found + self.missed, 1)


def main(corpus: Path = CORPUS, show: bool = False) -> int:
    questions = {name: read(corpus / f"{name}.yaml") for name in ("good", "bad")}
    for part in PARTS:
        for level in LEVELS:
            print(f"{part:9} {level:13} {said(figures(questions, part, level))}")
    # Only the half that rules may be improved on.
    print_by_problem(questions["bad"], "dev")
    if show:
        print_dev(questions)
    return 0


def read(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


def figures(questions: Mapping[str, list[dict[str, Any]]], part: str, level: str) -> Figures:
    def spoken_up(name: str) -> list[bool]:
        return [bool(remarks(each, level)) for each in of(questions[name], part)]

    bad, good = spoken_up("bad"), spoken_up("good")
    return Figures(sum(bad), len(bad) - sum(bad), sum(good), len(good) - sum(good))


def of(questions: Iterable[dict[str, Any]], part: str) -> Iterator[dict[str, Any]]:
    return (question for question in questions if question["part"] == part)


def remarks(labelled: Mapping[str, Any], level: str = LEVELS[1]) -> list[Finding]:
    """What is said of the easy read wording of one question, left out what is not about words."""
    found = check(survey_of(str(labelled["question"]), labelled.get("options") or ()))
    return [
        finding
        for finding in found
        if finding.place.question and finding.place.easy_read and not finding.is_structural
        if finding.stops or level == LEVELS[1]
    ]


def survey_of(text: str, options: Iterable[Any]) -> SurveyDefinition:
    """A survey of that one question, the same in both wordings."""
    answers = tuple(
        OptionDefinition(code=f"answer-{n}", wordings=both(str(answer)))
        for n, answer in enumerate(options)
    )
    kind = "single" if answers else "text"
    question = QuestionDefinition(code="Q1", type=kind, wordings=both(text), options=answers)
    return SurveyDefinition(
        titles=both("A survey"),
        audiences=("young_person",),
        estimated_minutes=1,
        starts_easy_read=True,
        template="benchmark",
        template_version="1",
        sections=(SectionDefinition(code="all", wordings=both("All"), questions=(question,)),),
    )


def both(text: str) -> tuple[Words, ...]:
    return Words("en", False, text), Words("en", True, text)


def said(found: Figures) -> str:
    return (
        f"precision {found.precision:.2f} recall {found.recall:.2f} "
        f"(found {found.found}, missed {found.missed}, "
        f"false alarms {found.false_alarms} of {found.false_alarms + found.quiet})"
    )


def print_by_problem(bad: Iterable[dict[str, Any]], part: str) -> None:
    """How many of each kind of problem were found: counts, no wording."""
    found: dict[str, Counter[bool]] = defaultdict(Counter)
    for labelled in of(bad, part):
        found[str(labelled["problem"])][bool(remarks(labelled))] += 1
    for problem, counts in sorted(found.items()):
        print(f"          {problem}: {counts[True]} of {counts.total()}")


def print_dev(questions: Mapping[str, list[dict[str, Any]]]) -> None:
    for labelled in of(questions["bad"], "dev"):
        rules = sorted({f"{f.severity} {f.rule}" for f in remarks(labelled)})
        print(
            f"bad  [{labelled['problem']}] {labelled['question']} {labelled.get('options')} {rules}"
        )
    for labelled in of(questions["good"], "dev"):
        if found := remarks(labelled):
            said_of = [f"{f.severity} {f.rule} “{f.quote}”" for f in found]
            print(f"good {labelled['question']} {labelled.get('options')} {said_of}")


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--show"]
    sys.exit(main(Path(arguments[0]) if arguments else CORPUS, "--show" in sys.argv))
