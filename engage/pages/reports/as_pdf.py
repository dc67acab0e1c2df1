"""A report as PDF/UA-1, made by Typst in a temporary folder. Nothing is fetched.

What is said comes to Typst as data, never as its own language: people's words could be code.
"""

import json
import re
import shutil
import tempfile
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from engage.pages.reports.report import Block, Pair, Report
from engage.typed import tidy

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
PICTURES = HERE.parent.parent / "static" / "pictures"
MIMETYPE = "application/pdf"
Standard = Literal["ua-1"]
STANDARD: Standard = "ua-1"

NO_SHAPE = "\u25a1"  # instead of a letter that no font here has: PDF/UA allows no empty box
LONGEST_WORD = 40  # a longer one would run off the paper
MAY_BREAK = "\u200b"
MOST_LETTERS_TRIED = 200
# The fonts have all of these; any other letter is tried once.
SURELY = re.compile(
    "[\n\u0020-\u007e\u00a0-\u017f\u2013\u2014\u2018\u2019\u201c\u201d\u25a1\u200b]"
)
LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


def as_pdf(report: Report, *, standard: Standard | None = STANDARD, has_tags: bool = True) -> bytes:
    """The file. Without a standard or tags only to prove that the check finds what is missing."""
    data = _values(report)
    for told in (_for_paper(data), _only_sure(data)):
        try:
            return _compiled(told, standard, has_tags)
        except typst.TypstError as error:
            # Letters may each have a shape, and yet none together.
            if "could not be displayed" not in str(error):
                raise
    raise AssertionError("every letter that is surely there was shown")


@lru_cache(maxsize=64)  # the same few pictures stand beside easy words again and again
def as_png(svg: str, width: int) -> bytes:
    """A drawing for those who cannot show SVG, so many pixels wide."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "drawing.svg").write_text(svg, encoding="utf-8")
        source = Path(folder) / "drawing.typ"
        source.write_text(
            "#set page(width: 300pt, height: auto, margin: 0pt)\n"
            '#image("drawing.svg", width: 100%)\n',
            encoding="utf-8",
        )
        made: bytes = typst.compile(
            str(source), format="png", ppi=width * 72 / 300, font_paths=_fonts()
        )
        return made


def picture_svg(name: str) -> str:
    """One of the pictures beside easy words. Raises LookupError for any other name."""
    if name not in _pictures():
        raise LookupError(f"no picture {name!r}")
    return (PICTURES / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _pictures() -> frozenset[str]:
    return frozenset(file.stem for file in PICTURES.glob("*.svg"))


def _compiled(data: Any, standard: Standard | None, has_tags: bool) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copy(HERE / "report.typ", place / "report.typ")
        (place / "report.json").write_text(json.dumps(data), encoding="utf-8")
        (place / "pictures").mkdir()
        for name in _named_pictures(data):
            (place / "pictures" / f"{name}.svg").write_text(picture_svg(name), encoding="utf-8")
        made: bytes = typst.compile(
            str(place / "report.typ"),
            root=str(place),
            format="pdf",
            pdf_standards=standard,
            pdf_tags=has_tags,
            # No package may come from anywhere: this folder holds none.
            package_path=str(place),
            package_cache_path=str(place),
            font_paths=_fonts(),
        )
        return made


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Only those that come with Engage and Typst: the same file on every machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def _named_pictures(data: Any) -> set[str]:
    blocks = [block for section in data["sections"] for block in section["blocks"]]
    names = ("picture", "picture_said", "picture_answer")
    return {block[name] for block in blocks for name in names if block.get(name)}


# ---- the report as what JSON knows


def _values(report: Report) -> dict[str, Any]:
    return {
        **asdict(report),
        "words": dict(report.words),
        "sections": [
            {"title": section.title, "blocks": [_block(block) for block in section.blocks]}
            for section in report.sections
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    values = {"shape": block.shape, **asdict(block)}
    if isinstance(block, Pair):
        values["quotes"] = [{**asdict(each), "marked": each.marked} for each in block.quotes]
    return values


# ---- letters


def _for_paper(data: dict[str, Any]) -> dict[str, Any]:
    """Everything said, in letters that have a shape, and no word wider than the paper."""
    said = tidy(json.dumps(data, ensure_ascii=False))
    letters = {each for each in said if not SURELY.match(each)}
    tried = sorted(letters)[:MOST_LETTERS_TRIED]
    missing = letters - {each for each in tried if _has_shape(each)}
    shown = _each(data, lambda text: _fitting(text, missing))
    return {**shown, "lacks_letters": bool(missing)}


def _only_sure(data: dict[str, Any]) -> dict[str, Any]:
    def sure(text: str) -> str:
        return "".join(each if SURELY.match(each) else NO_SHAPE for each in text)

    return {**_each(data, lambda text: _fitting(sure(text), set())), "lacks_letters": True}


def _fitting(text: str, missing: set[str]) -> str:
    shown = "".join(NO_SHAPE if each in missing else each for each in tidy(text))
    return LONG_WORD.sub(lambda found: found[0] + MAY_BREAK, shown)


def _each(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        # A drawing is no text: it is read as it stands.
        return {key: each if key == "svg" else _each(each, change) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_each(each, change) for each in value]
    return value


@lru_cache(maxsize=4096)
def _has_shape(letter: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "letter.typ"
        source.write_text(
            '#set document(title: "letter")\n'
            '#set text(font: ("Atkinson Hyperlegible Next", "DejaVu Sans Mono"))\n'
            "#sys.inputs.letter\n",
            encoding="utf-8",
        )
        try:
            typst.compile(
                str(source),
                format="pdf",
                pdf_standards=STANDARD,
                sys_inputs={"letter": f"a{letter}a"},
                font_paths=_fonts(),
            )
        except typst.TypstError:
            return False
        return True
