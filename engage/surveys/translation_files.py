"""The words of a survey as a file for a translator: XLIFF 1.2 or CSV, out and in again. Pure.

XLIFF 1.2 and not 2.0: every program translators use reads it, and some read nothing newer. Its
ids may hold a slash, which those of 2.0 may not.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from engage.errors import InvalidInputError
from engage.surveys.translation import Status, SurveyText, notes_for, tidy
from engage.surveys.translation_checks import FileText, TranslationFile

LARGEST = 2 * 1024 * 1024  # bytes; the longest survey in one language is about 300 KB
NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
STATES = {
    Status.MACHINE_DRAFT: "needs-review-translation",
    Status.DRAFTED: "translated",
    Status.CHECKED: "signed-off",
}
ABOUT = (
    "These are the words of a survey for children and young people with SEND, or for the people "
    "around them. Please keep them short, warm and simple. What stands in curly brackets stays "
    "as it is. A text you leave empty is shown in English."
)
ORIGINAL = re.compile(r"(?P<survey>[a-z0-9-]+)/version-(?P<version>\d{1,6})")
FIRST_HEADING = re.compile(r"id in (?P<survey>[a-z0-9-]+), version (?P<version>\d{1,6})")
DELIMITERS = ",;\t"
FORMULA = re.compile(r"'*[=+\-@\t\r\N{MINUS SIGN}]")
NOT_READ = "This file cannot be read. Send the file you downloaded here, with your words in it."


@dataclass(frozen=True, slots=True)
class FileHead:
    """Whose words a file holds."""

    survey: str
    version: int
    language: str
    status: Status


# ---- out


def to_xliff(
    head: FileHead, texts: Sequence[SurveyText], hard_words: Mapping[str, str] | None = None
) -> str:
    """One unit for each text, in the order people meet them."""
    notes = notes_for(texts, hard_words or {})
    units = (_unit(text, note, head.status) for text, note in zip(texts, notes, strict=True))
    original = f"{head.survey}/version-{head.version}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xliff version="1.2" xmlns="{NAMESPACE}">\n'
        f'<file original={quoteattr(original)} source-language="en-GB" '
        f'target-language={quoteattr(head.language)} datatype="plaintext" tool-id="engage">\n'
        f'<header><tool tool-id="engage" tool-name="Engage"/><note>{_xml(ABOUT)}</note></header>\n'
        f"<body>\n{''.join(units)}</body>\n</file>\n</xliff>\n"
    )


def _unit(text: SurveyText, note: str, status: Status) -> str:
    state = STATES[status] if text.target else "needs-translation"
    return (
        f'<trans-unit id={quoteattr(text.id)} resname={quoteattr(text.id)} xml:space="preserve">\n'
        f"<source>{_xml(text.english)}</source>\n"
        f'<target state="{state}">{_xml(text.target)}</target>\n'
        f"<note>{_xml(note)}</note>\n"
        "</trans-unit>\n"
    )


def _xml(words: str) -> str:
    return escape(tidy(words))


def to_csv(
    head: FileHead, texts: Sequence[SurveyText], hard_words: Mapping[str, str] | None = None
) -> str:
    """The same as a table, for whoever works in a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(
        [f"id in {head.survey}, version {head.version}", "What it is", "English", head.language]
    )
    for text, note in zip(texts, notes_for(texts, hard_words or {}), strict=True):
        writer.writerow([text.id, *map(_harmless, (note, text.english, text.target))])
    return out.getvalue()


def _harmless(words: str) -> str:
    """Never a formula: an apostrophe before it, which `_said_in_cell` takes off again."""
    words = tidy(words)
    return f"'{words}" if FORMULA.match(words) else words


# ---- in


def read_file(content: bytes) -> TranslationFile:
    """What a file holds, whichever of the two it is."""
    if len(content) > LARGEST:
        raise InvalidInputError("The file is larger than 2 MB. Send one survey in one language.")
    text = _decoded(content).lstrip("\ufeff \r\n\t")
    return _read_xliff(text) if text.startswith("<") else _read_csv(text)


def _decoded(content: bytes) -> str:
    is_utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if is_utf_16 else "utf-8")
    except UnicodeDecodeError as error:
        raise InvalidInputError(
            "The letters in this file cannot be read. Save it again as UTF-8. In Excel choose "
            "“CSV UTF-8” when you save."
        ) from error


def _read_xliff(text: str) -> TranslationFile:
    # Entities can only be named in a DOCTYPE, and no XLIFF file needs one.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise InvalidInputError("This file holds a DOCTYPE. For safety we do not read such files.")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 — no DOCTYPE, no entities, 2 MB at most
    except ElementTree.ParseError as error:
        raise InvalidInputError(f"{NOT_READ} The XML is broken: {error}.") from error
    if root.tag != f"{{{NAMESPACE}}}xliff":
        raise InvalidInputError("This is not an XLIFF 1.2 file. Save it as XLIFF 1.2.")
    files = root.findall(f"{{{NAMESPACE}}}file")
    if len(files) != 1:
        raise InvalidInputError("The file must hold one survey in one language.")
    name = ORIGINAL.fullmatch(files[0].get("original", ""))
    if name is None:
        raise InvalidInputError(f"{NOT_READ} It does not say which survey it is for.")
    # Some programs write "pl-PL" where we wrote "pl".
    language = files[0].get("target-language", "").partition("-")[0]
    return TranslationFile(name["survey"], int(name["version"]), language, tuple(_units(files[0])))


def _units(file: ElementTree.Element) -> Iterator[FileText]:
    for unit in file.iter(f"{{{NAMESPACE}}}trans-unit"):
        yield FileText(unit.get("id", ""), _inside(unit, "source"), _inside(unit, "target"))


def _inside(unit: ElementTree.Element, name: str) -> str:
    """The words, without what programs put around parts of them."""
    element = unit.find(f"{{{NAMESPACE}}}{name}")
    return "" if element is None else "".join(element.itertext())


def _read_csv(text: str) -> TranslationFile:
    heading = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=heading.replace(", version", "").count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InvalidInputError(f"{NOT_READ} The table is broken: {error}.") from error
    first = rows[0] if rows else []
    name = FIRST_HEADING.fullmatch(first[0].strip()) if len(first) >= 4 else None
    if name is None:
        raise InvalidInputError(f"{NOT_READ} Keep the first row and the four columns as they are.")
    texts = (_row(row, number) for number, row in enumerate(rows[1:], start=2) if any(row))
    language = first[3].strip()
    return TranslationFile(name["survey"], int(name["version"]), language, tuple(texts))


def _row(row: list[str], number: int) -> FileText:
    id, _about, english, target = (*row, "", "", "", "")[:4]
    return FileText(id.strip(), _said_in_cell(english), _said_in_cell(target), f"row {number}")


def _said_in_cell(words: str) -> str:
    return words[1:] if words.startswith("'") and FORMULA.match(words) else words
