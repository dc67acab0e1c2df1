"""Files in and out: a CSV of comments, an ambitions pack, and the five files of an analysis."""

import csv
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from engage.analysis.prepare import natural, question_tone
from engage.analysis.report import report
from engage.analysis.types import (
    Ambition,
    AnalysisError,
    Assignment,
    Comment,
    CommentFinding,
    Findings,
    FoundTheme,
)

ASSIGNMENT_COLUMNS = ("id", "sentence_number", "sentence", "theme", "weight")
COMMENT_COLUMNS = (
    "id",
    "language",
    "set_aside",
    "sentiment",
    "sentiment_label",
    "ambition_1",
    "score_1",
    "ambition_2",
    "score_2",
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
OUTPUTS = ("themes.json", "assignments.csv", "comments.csv", "run.json", "report.html")


@dataclass(frozen=True)
class Columns:
    """Which column holds what; `question` is one question for all rows."""

    text: str
    id: str | None = None
    question_column: str | None = None
    question: str = ""


# In


def read_comments(path: Path, columns: Columns) -> list[Comment]:
    """The comments of a CSV, with every fault said in one sentence."""
    header, rows = _table(_text_of(path), path.name)
    text = _position(header, columns.text)
    identifier = _position(header, columns.id) if columns.id else None
    question = _position(header, columns.question_column) if columns.question_column else None
    if not rows:
        raise AnalysisError(f"{path.name} has a first line with names, and no rows after it.")
    comments = []
    for number, row in enumerate(rows, start=1):
        asked = _cell(row, question) if question is not None else columns.question
        name = str(number) if identifier is None else _cell(row, identifier).strip()
        if not name:
            raise AnalysisError(f"Row {number} of {path.name} has nothing in the id column.")
        comments.append(Comment(name, _cell(row, text), asked, question_tone(asked)))
    return comments


def _text_of(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise AnalysisError(f"{path.name} cannot be read: {_reason(error)}.") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise AnalysisError(
            f"{path.name} is not in UTF-8 (see line {line}); "
            'save it again as "CSV UTF-8" and try once more.'
        ) from error
    if not text.strip():
        raise AnalysisError(f"{path.name} is empty.")
    return text


def _table(text: str, name: str) -> tuple[list[str], list[list[str]]]:
    csv.field_size_limit(max(len(text) + 1, 131_072))
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        rows = [row for row in lines if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise AnalysisError(f"{name} cannot be read as a CSV file: {error}.") from error
    if not rows:
        raise AnalysisError(f"{name} is empty.")
    return [cell.strip() for cell in rows[0]], rows[1:]


def _delimiter(text: str) -> str:
    """The mark that parts the first line into most cells; a comma when there is one cell."""
    first = io.StringIO(text.lstrip("\r\n"), newline="")

    def cells(mark: str) -> int:
        first.seek(0)
        try:
            return len(next(csv.reader(first, delimiter=mark), []))
        except csv.Error:
            return 0

    return max((",", ";", "\t"), key=lambda mark: (cells(mark), mark == ","))


def _position(header: Sequence[str], name: str) -> int:
    if name.strip() not in header:
        raise AnalysisError(
            f'There is no column "{name}"; the columns are: {", ".join(header)[:300]}.'
        )
    if header.count(name.strip()) > 1:
        raise AnalysisError(f'The column "{name}" stands more than once in the first line.')
    return header.index(name.strip())


def _cell(row: Sequence[str], position: int) -> str:
    return row[position] if position < len(row) else ""


def read_ambitions(path: Path) -> list[Ambition]:
    """The ambitions of a pack file; none where there is no such file."""
    if not path.exists():
        return []
    try:
        pack = yaml.safe_load(path.read_text(encoding="utf-8"))
        return [_ambition(item) for item in pack["ambitions"]]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise AnalysisError(f"{path.name} cannot be read as a file of ambitions.") from error


def _ambition(item: dict[str, Any]) -> Ambition:
    subs = [f"{sub['name']}. {sub['description']}" for sub in item.get("sub_themes", [])]
    means = item.get("what_it_means", {}).get("description", "")
    anchors = [anchor["text"] for anchor in item.get("anchors", [])]
    return Ambition(
        code=item["code"],
        name=item["name"],
        description=item["description"].strip(),
        keywords=tuple(item.get("keywords", [])),
        anchors=tuple(text.strip() for text in (*anchors, *subs, means) if text.strip()),
    )


# Out


def write_findings(findings: Findings, out: Path, title: str) -> None:
    """All five files or none: they are made beside the folder and moved in at the end."""
    contents = {
        "themes.json": _json([theme_row(theme) for theme in findings.themes]),
        "assignments.csv": _csv(ASSIGNMENT_COLUMNS, assignment_rows(findings.assignments)),
        "comments.csv": _csv(COMMENT_COLUMNS, comment_rows(findings.comments)),
        "run.json": _json(run_record(findings)),
        "report.html": report(findings, title),
    }
    check_writable(out)
    made: Path | None = None
    try:
        made = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        for name, text in contents.items():
            (made / name).write_text(text, encoding="utf-8", newline="")
        _move(made, out)
    except OSError as error:
        raise AnalysisError(f"{out.name} cannot be written: {_reason(error)}.") from error
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)


def check_writable(out: Path) -> None:
    """Says at once, before minutes of work, that the results would have nowhere to go."""
    if out.exists() and not out.is_dir():
        raise AnalysisError(f"{out.name} is a file; --out needs a folder.")
    folder = out if out.is_dir() else out.absolute().parent
    if not folder.is_dir():
        raise AnalysisError(f"The folder {folder.name} that should hold {out.name} is not there.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise AnalysisError(f"{out.name} cannot be written: you may not write in {folder.name}.")


def _move(made: Path, out: Path) -> None:
    if not out.exists():
        made.chmod(0o755)
        made.rename(out)
        return
    for name in OUTPUTS:
        (made / name).replace(out / name)


def theme_row(theme: FoundTheme) -> dict[str, Any]:
    """One theme as themes.json holds it; docs/analyse.md lists the fields."""
    return asdict(theme)


def assignment_rows(assignments: Iterable[Assignment]) -> list[tuple[object, ...]]:
    ordered = sorted(assignments, key=lambda a: (natural(a.comment_id), a.sentence_number))
    return [
        (a.comment_id, a.sentence_number, safe(a.sentence), a.theme, f"{a.weight:.4f}")
        for a in ordered
    ]


def comment_rows(comments: Iterable[CommentFinding]) -> list[tuple[object, ...]]:
    return [_comment_row(c) for c in sorted(comments, key=lambda c: natural(c.comment_id))]


def _comment_row(found: CommentFinding) -> tuple[object, ...]:
    tags: list[object] = []
    for tag in found.ambitions[:2]:
        tags += [tag.code, f"{tag.score:.4f}"]
    tags += [""] * (4 - len(tags))
    score = f"{found.sentiment:.4f}" if found.sentiment_label else ""
    return (
        found.comment_id,
        found.language,
        found.set_aside,
        score,
        found.sentiment_label,
        *tags,
    )


def safe(text: str) -> str:
    """Text a spreadsheet will show and not run: a formula's first mark gets an apostrophe."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def run_record(findings: Findings) -> dict[str, Any]:
    return {
        "method": findings.method,
        "settings": findings.settings,
        "versions": findings.versions,
        "checksums": findings.checksums,
        "times": findings.timings,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _reason(error: OSError) -> str:
    return (error.strerror or "unknown reason").lower()
