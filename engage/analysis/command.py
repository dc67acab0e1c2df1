"""The command `engage analyse`: a CSV of comments in, a folder of findings out."""

import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import click
from tqdm import tqdm

from engage.analysis.files import (
    Columns,
    check_writable,
    read_ambitions,
    read_comments,
    write_findings,
)
from engage.analysis.pipeline import STEPS
from engage.analysis.pipeline import analyse as find
from engage.analysis.tools import default_tools
from engage.analysis.types import (
    GROUPED_READING,
    SENTENCE,
    UNITS,
    Ambition,
    AnalysisError,
    Findings,
    Settings,
)

DEFAULT_AMBITIONS = (
    Path(__file__).parent.parent / "framework" / "packs" / "hertfordshire" / "ambitions.yaml"
)


class Bar:
    """A progress bar on standard error, in the words of the pipeline's steps."""

    def __init__(self) -> None:
        self._bar = tqdm(
            total=len(STEPS),
            file=sys.stderr,
            bar_format="{desc} {bar} {percentage:3.0f}% {elapsed}",
        )

    def __call__(self, step: str, done: int, total: int) -> None:
        self._bar.set_description_str(f"{step:<28}", refresh=False)
        self._bar.n = STEPS.index(step) + min(done / max(total, 1), 0.99)
        self._bar.refresh()

    def __enter__(self) -> "Bar":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if error is None:
            self._bar.n = len(STEPS)
            self._bar.set_description_str(f"{'Done':<28}")
        else:
            self._bar.leave = False
        self._bar.close()


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--text", required=True, help="The column with the comments.")
@click.option("--id", "identifier", help="The column with an id; without it, rows are numbered.")
@click.option("--question", help="The question all the comments answer.")
@click.option("--question-column", help="The column with the question each comment answers.")
@click.option("--themes", type=int, help="How many themes; without it, the data decide.")
@click.option(
    "--unit",
    type=click.Choice(UNITS),
    default=SENTENCE,
    show_default=True,
    help="Group each sentence, or each whole comment, which is faster.",
)
@click.option("--seed", type=int, default=42, show_default=True, help="Where chance begins.")
@click.option(
    "--ambitions",
    type=click.Path(path_type=Path),
    default=DEFAULT_AMBITIONS,
    show_default="the Hertfordshire pack",
    help="A file of ambitions to match.",
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder to write.")
def analyse(file: Path, out: Path, ambitions: Path, **chosen: Any) -> None:
    """Find themes, feelings and ambitions in a CSV FILE of comments.

    It needs no database, no web server and no network. See docs/analyse.md.
    """
    try:
        columns = _columns(chosen)
        settings = _settings(chosen["themes"], chosen["seed"], chosen["unit"])
        comments = read_comments(file, columns)
        check_writable(out)
        known = _ambitions(ambitions)
        with Bar() as bar:
            findings = find(comments, default_tools(settings), known, settings, bar)
        _refuse_nothing_usable(findings)
        write_findings(findings, out, file.stem)
    except AnalysisError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    click.echo(said(findings, out))


def _columns(chosen: Mapping[str, Any]) -> Columns:
    if chosen["question"] and chosen["question_column"]:
        raise AnalysisError("Give --question or --question-column, not both.")
    return Columns(
        chosen["text"], chosen["identifier"], chosen["question_column"], chosen["question"] or ""
    )


def _settings(themes: int | None, seed: int, unit: str) -> Settings:
    if themes is not None and themes < 2:
        raise AnalysisError("--themes needs a number of 2 or more.")
    if not 0 <= seed < 2**31:
        raise AnalysisError("--seed needs a whole number from 0 to 2147483647.")
    return Settings(themes=themes, seed=seed, unit=unit)


def _ambitions(path: Path) -> list[Ambition]:
    if path != DEFAULT_AMBITIONS and not path.exists():
        raise AnalysisError(f"The file of ambitions {path.name} is not there.")
    return read_ambitions(path)


def _refuse_nothing_usable(findings: Findings) -> None:
    if findings.usable:
        return
    reasons = findings.settings["set_aside"]
    foreign = reasons.get("other_language", 0)
    if foreign:
        raise AnalysisError(
            f"No comment could be grouped: {foreign} of {len(findings.comments)} are in another "
            "language, and a person needs to read them."
        )
    raise AnalysisError(
        "No comment could be used: all are empty, only marks, or say there is no answer."
    )


def said(findings: Findings, out: Path) -> str:
    kind = "group" if findings.method == GROUPED_READING else "theme"
    count = len(findings.themes)
    return (
        f"{count} {kind if count == 1 else kind + 's'} "
        f"in {findings.usable} of {len(findings.comments)} comments. "
        f"Open {out / 'report.html'} to read them."
    )
