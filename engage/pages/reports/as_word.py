"""A report as a Word file: real headings, header rows, alternative texts, language and title."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from engage.loop.public.atom import NOT_IN_XML
from engage.pages.reports.as_pdf import as_png, picture_svg
from engage.pages.reports.report import (
    Facts,
    ListOf,
    Note,
    Pair,
    Paragraph,
    Picture,
    Quote,
    Report,
    Table,
)

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Arial"  # that every Word has
USUAL, EASY = 12, 16  # points
PICTURE, DRAWING = Mm(22), Mm(160)
DOTS = 200  # to the inch


def as_word(report: Report) -> bytes:
    made = Document()
    _set_up(made, report)
    made.add_heading(_clean(report.title), level=1)
    made.add_paragraph(_clean(report.subtitle), style="Subtitle")
    made.add_paragraph(_clean(f"{report.place}. {report.made_on}."))
    if report.invented:
        _note(made, Note(report.invented), report)
    for section in report.sections:
        made.add_heading(_clean(section.title), level=2)
        for block in section.blocks:
            SHAPES[block.shape](made, block, report)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


# ---- the whole file


def _set_up(made: Any, report: Report) -> None:
    about = made.core_properties
    about.title, about.language = _clean(report.title), report.language
    about.author, about.comments = _clean(report.place), _clean(report.invented)
    about.subject, about.keywords = _clean(report.subtitle), ""
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(EASY if report.is_easy_read else USUAL)
    normal.paragraph_format.space_after = Pt(8)
    for style in made.styles:
        _say_language(style, report.language)
    for name in ("Heading 1", "Heading 2", "Heading 3", "Subtitle"):
        _in_dark_letters(made.styles[name])
    for section in made.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        if report.invented:
            section.header.paragraphs[0].text = _clean(report.invented)


def _say_language(said: Any, language: str) -> None:
    """Of a style or of some words."""
    if getattr(said, "font", None) is None:
        return
    properties = said._element.get_or_add_rPr()
    marked = properties.find(qn("w:lang"))
    if marked is None:
        marked = OxmlElement("w:lang")
        properties.append(marked)
    marked.set(qn("w:val"), language)


def _in_dark_letters(style: Any) -> None:
    """The usual blue is too pale for small headings, and its font is not the one of the text."""
    properties = style.element.get_or_add_rPr()
    for name in ("w:color", "w:rFonts"):
        found = properties.find(qn(name))
        if found is not None:
            properties.remove(found)
    style.font.name = FONT
    style.font.italic = False


# ---- one way for each kind of block


def _paragraph(made: Any, block: Paragraph, report: Report) -> None:
    _lines(made, block.picture, block.lines, alt="")


def _note(made: Any, block: Note, report: Report) -> None:
    made.add_paragraph().add_run(_clean(block.text)).bold = True


def _facts(made: Any, block: Facts, report: Report) -> None:
    for term, text in block.rows:
        _marked(made.add_paragraph(style="List Bullet"), f"{term}:", text)


def _list(made: Any, block: ListOf, report: Report) -> None:
    for item in block.items:
        made.add_paragraph(_clean(item), style="List Bullet")


def _table(made: Any, block: Table, report: Report) -> None:
    caption = made.add_paragraph(_clean(block.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = made.add_table(rows=1, cols=len(block.header), style="Table Grid")
    _name_table(table, block.caption)
    for cell, text in zip(table.rows[0].cells, block.header, strict=True):
        cell.paragraphs[0].add_run(_clean(text)).bold = True
    _repeat(table.rows[0])
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].text = _clean(text)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeat(row: Any) -> None:
    """The header row stands again on each page, and is known as one to who listens."""
    marked = OxmlElement("w:tblHeader")
    marked.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(marked)


def _name_table(table: Any, caption: str) -> None:
    named = OxmlElement("w:tblCaption")
    named.set(qn("w:val"), _clean(caption))
    table._tbl.tblPr.append(named)


def _picture(made: Any, block: Picture, report: Report) -> None:
    _add_picture(made.add_paragraph(), block.svg, DRAWING, block.alt)


def _pair(made: Any, block: Pair, report: Report) -> None:
    made.add_heading(_clean(block.title), level=3)
    if block.people:
        made.add_paragraph(_clean(block.people))
    _bold(made, report.word("you_said"))
    _lines(made, block.picture_said, block.you_said, report.word("you_said"))
    if block.quotes:
        _bold(made, report.word("from_people"))
        for quote in block.quotes:
            _quote(made, quote)
    _bold(made, block.sign)
    _lines(made, block.picture_answer, block.answer, block.sign)
    _marked_where_said(made, report, ("instead", block.instead), ("disagree", block.challenge))
    _lines(made, "", (*block.families, *block.co_lead_notes), alt="")
    _marked_where_said(made, report, ("owner", block.owner), ("changed", block.changed))
    _lines(made, "", [block.notes] if block.notes else [], alt="")


def _quote(made: Any, quote: Quote) -> None:
    paragraph = made.add_paragraph(style="Quote")
    said = paragraph.add_run(_clean(f"{quote.marked} "))
    _say_language(said, quote.language)
    paragraph.add_run(_clean(quote.by))


SHAPES: dict[str, Callable[[Any, Any, Report], None]] = {
    "paragraph": _paragraph,
    "note": _note,
    "facts": _facts,
    "list": _list,
    "table": _table,
    "picture": _picture,
    "pair": _pair,
}


# ---- words and pictures


def _lines(made: Any, picture: str, lines: Sequence[str], alt: str) -> None:
    if picture:
        place = made.add_paragraph()
        place.paragraph_format.keep_with_next = True
        _add_picture(place, picture_svg(picture), PICTURE, alt or lines[0])
    for line in lines:
        made.add_paragraph(_clean(line))


def _add_picture(paragraph: Any, svg: str, width: Any, alt: str) -> None:
    drawn = paragraph.add_run().add_picture(
        BytesIO(as_png(svg, round(width.inches * DOTS))), width=width
    )
    drawn._inline.docPr.set("descr", _clean(alt))


def _bold(made: Any, text: str) -> None:
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(_clean(text)).bold = True


def _marked_where_said(made: Any, report: Report, *said: tuple[str, str]) -> None:
    for name, text in said:
        if text:
            _marked(made.add_paragraph(), report.word(name), text)


def _marked(paragraph: Any, name: str, text: str) -> None:
    paragraph.add_run(_clean(f"{name} ")).bold = True
    paragraph.add_run(_clean(text))


def _clean(text: str) -> str:
    """Without the letters that no XML may hold."""
    return NOT_IN_XML.sub("", text)
