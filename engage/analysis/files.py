"""Files in and out: a CSV of comments, an ambitions pack, and the five files of an analysis."""

import csv
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
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
from engage.responses.export import harmless

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
    "repeats",
    "campaign",
    "rich",
)
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
    anchors = item.get("anchors", [])
    means = item.get("what_it_means", {}).get("description", "").strip()
    bees = sorted({anchor["bee"] for anchor in anchors if anchor.get("bee")})
    return Ambition(
        code=item["code"],
        name=item["name"],
        description=item["description"].strip(),
        keywords=tuple(item.get("keywords", [])),
        anchors=(*_texts_of(anchors), *([means] if means else [])),
        sub_themes=tuple(_sub_theme(part, anchors) for part in item.get("sub_themes", [])),
        bees=tuple((bee, _texts_of(a for a in anchors if a.get("bee") == bee)) for bee in bees),
    )


def _sub_theme(
    part: dict[str, Any], anchors: Sequence[dict[str, Any]]
) -> tuple[str, tuple[str, ...]]:
    own = (anchor for anchor in anchors if anchor.get("sub") == part["code"])
    return part["code"], (f"{part['name']}. {part['description']}", *_texts_of(own))


def _texts_of(anchors: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(text for anchor in anchors if (text := anchor["text"].strip()))


# Out


def write_findings(findings: Findings, out: Path, title: str) -> None:
    """All five files or none: they are made beside the folder and moved in at the end."""
    check_writable(out)
    made: Path | None = None
    try:
        made = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        _write_all(findings, made, title)
        _move(made, out)
    except OSError as error:
        raise AnalysisError(f"{out.name} cannot be written: {_reason(error)}.") from error
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)


def _write_all(findings: Findings, folder: Path, title: str) -> None:
    """The tables go out row by row: as one text they would be a second copy of all comments."""
    _write(folder / "themes.json", _json([theme_row(theme) for theme in findings.themes]))
    _write_csv(
        folder / "assignments.csv", ASSIGNMENT_COLUMNS, assignment_rows(findings.assignments)
    )
    _write_csv(folder / "comments.csv", COMMENT_COLUMNS, comment_rows(findings.comments))
    _write(folder / "run.json", _json(run_record(findings)))
    _write(folder / "report.html", report(findings, title))


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


def assignment_rows(assignments: Iterable[Assignment]) -> Iterator[tuple[object, ...]]:
    """By comment and sentence; a sentence's second theme comes after its first."""
    ordered = sorted(assignments, key=lambda a: (natural(a.comment_id), a.sentence_number))
    for a in ordered:
        yield (a.comment_id, a.sentence_number, harmless(a.sentence), a.theme, f"{a.weight:.4f}")


def comment_rows(comments: Iterable[CommentFinding]) -> Iterator[tuple[object, ...]]:
    for found in sorted(comments, key=lambda c: natural(c.comment_id)):
        yield _comment_row(found)


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
        found.duplicate_of,
        "" if found.campaign is None else found.campaign,
        "yes" if found.is_rich else "",
    )


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


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _reason(error: OSError) -> str:
    return (error.strerror or "unknown reason").lower()
