"""The command `engage check-wording`: survey files in, what to look at in their words out."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from engage.errors import EngageError
from engage.framework import Pack, load_pack
from engage.surveys.catalogue import read_survey
from engage.surveys.definition import SurveyDefinition
from engage.surveys.easyread import Finding, Place, check
from engage.surveys.wording import ENGLISH, pick

NOTE = (
    "A machine cannot tell whether words are easy to read. This does not replace people with "
    "learning disabilities testing the words."
)


@click.command("check-wording")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for another program.")
@click.option("--stops", is_flag=True, help="Leave out what is only to look at.")
@click.option("--pack", default="hertfordshire", show_default=True, help="The county's pack.")
def check_wording(files: tuple[Path, ...], as_json: bool, stops: bool, pack: str) -> None:
    """Say what to look at in the words of survey FILES, question by question.

    Exit status 1 where anything must be changed. See docs/check-wording.md.
    """
    try:
        county = load_pack(pack)
        read = {str(file): _read(file, county) for file in files}
    except EngageError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    found = {file: _wanted(check(definition), stops) for file, definition in read.items()}
    click.echo(_as_json(found) if as_json else "\n".join(_lines(read, found, stops)))
    sys.exit(any(finding.stops for findings in found.values() for finding in findings))


def _read(file: Path, pack: Pack) -> SurveyDefinition:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EngageError(f"{file.name} cannot be read.") from error
    return read_survey(text, pack, file.name)


def _wanted(findings: Iterable[Finding], stops: bool) -> list[Finding]:
    return [finding for finding in findings if finding.stops or not stops]


def _as_json(found: dict[str, list[Finding]]) -> str:
    content: dict[str, Any] = {
        "note": NOTE,
        "files": [
            {"file": file, "findings": [asdict(finding) for finding in findings]}
            for file, findings in found.items()
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _lines(
    read: dict[str, SurveyDefinition], found: dict[str, list[Finding]], stops: bool
) -> Iterator[str]:
    for file, findings in found.items():
        yield from (file, "")
        for place, here in groupby(findings, key=lambda finding: finding.place):
            yield _where(place, read[file])
            yield from (_said(finding) for finding in here)
            yield ""
        yield _counted(findings, stops)
        yield ""
    yield NOTE


def _counted(findings: list[Finding], stops: bool) -> str:
    to_change = sum(finding.stops for finding in findings)
    things = "1 thing" if to_change == 1 else f"{to_change} things"
    to_look_at = "" if stops else f", {len(findings) - to_change} to look at"
    return f"{things} to change{to_look_at}."


def _where(place: Place, definition: SurveyDefinition) -> str:
    """ "YP05, easy read: Do you have an EHCP?" """
    option = f", answer {place.option}" if place.option else ""
    name = place.question or (f"Section {place.section}" if place.section else "The survey")
    wording = "easy read" if place.easy_read else "standard"
    language = "" if place.language == ENGLISH else f" ({place.language})"
    return f"{name}{option}, {wording}{language}: {_text(place, definition)}".rstrip(": ")


def _text(place: Place, definition: SurveyDefinition) -> str:
    if not place.question:
        return ""
    questions = (q for section in definition.sections for q in section.questions)
    question = next(q for q in questions if q.code == place.question)
    option = question.option(place.option) if place.option else None
    return pick((option or question).wordings, place.language, place.easy_read).text


def _said(finding: Finding) -> str:
    quote = f" “{finding.quote}”" if finding.quote else ""
    plainer = f" Perhaps: {finding.plainer}." if finding.plainer else ""
    return f"  {finding.severity.value}  {finding.rule}:{quote} {finding.why}{plainer}"
