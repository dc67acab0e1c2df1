"""PDF and Word: what a screen reader needs is in them, and words are never anything but words."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn

from engage.pages.reports import as_pdf, as_word
from engage.pages.reports.as_pdf import NO_SHAPE
from tests.pages.reports.made import ALL_HOSTILE, INVENTED, LONG, a_pair, a_report, shapes
from tests.pages.reports.pdf_check import elements, faults, words_of

# ---- PDF


@pytest.mark.parametrize("is_easy_read", [False, True])
@pytest.mark.parametrize("words", ["You wait", ALL_HOSTILE])
def test_a_pdf_has_no_fault(words, is_easy_read):
    assert faults(as_pdf.as_pdf(a_report(words, is_easy_read))) == []


def test_the_check_finds_what_is_missing_without_the_standard_and_without_tags():
    found = " ".join(faults(as_pdf.as_pdf(a_report(), standard=None, has_tags=False)))
    for fault in (
        "not marked as tagged",
        "no structure tree",
        "does not say that it is PDF/UA-1",
        "the first heading is not of the first level",
        "something is drawn outside of the structure",
        "the order of the keyboard is not the one of the structure",
    ):
        assert fault in found


def without_title(pdf):
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        del said["dc:title"]
    del pdf.Root.ViewerPreferences


def of(pdf, name):
    return next(each for each in elements(pdf) if str(each.S) == name)


def without_fonts(pdf):
    font = next(iter(pdf.pages[0].Resources.Font.values()))
    del font["/ToUnicode"]
    about = font.DescendantFonts[0].FontDescriptor
    for name in {"/FontFile2", "/FontFile3"} & set(about.keys()):
        del about[name]


def set_to(pdf, name, value):
    of(pdf, name).S = pikepdf.Name(value)


PLANTED = {
    "no title": without_title,
    "the window does not show the title": without_title,
    "the language is not en-GB": lambda pdf: pdf.Root.__setitem__("/Lang", "fr"),
    "a figure has no words": lambda pdf: of(pdf, "/Figure").__delitem__("/Alt"),
    "a heading of level 3 follows one of level 1": lambda pdf: set_to(pdf, "/H2", "/H3"),
    "a table without rows or header cells": lambda pdf: [
        each.__setitem__("/S", pikepdf.Name("/TD"))
        for each in elements(pdf)
        if str(each.S) == "/TH"
    ],
    "its letters cannot be read": without_fonts,
    "not in the file": without_fonts,
}


def test_the_check_finds_what_is_planted():
    sound = as_pdf.as_pdf(a_report())
    for fault, plant in PLANTED.items():
        with pikepdf.open(BytesIO(sound)) as pdf:
            plant(pdf)
            file = BytesIO()
            pdf.save(file)
        assert any(fault in each for each in faults(file.getvalue())), fault


def test_what_people_wrote_is_never_read_as_code():
    said = words_of(as_pdf.as_pdf(a_report(ALL_HOSTILE)))
    for word in ALL_HOSTILE.split()[:-1]:  # Arabic letters stand in the order they are drawn
        assert said.count(word) >= 10, word
    assert "made-upanswers" in said


def test_a_word_as_long_as_a_page_is_broken_and_whole():
    report = a_report()
    section = replace(report.sections[0], blocks=(a_pair(LONG, instead="", challenge=""),))
    file = as_pdf.as_pdf(replace(report, sections=(section,)))
    assert faults(file) == []
    assert words_of(file).count("a") > 4 * len(LONG)  # a foot of a page may stand in the middle


@pytest.mark.parametrize("letters", ["😀 中文 বাংলা", "\x00\u202e", "👩‍👧"])
def test_a_letter_that_no_font_has_leaves_a_sign_and_the_rest_stays(letters):
    file = as_pdf.as_pdf(a_report(f"before {letters} after Żółć"))
    said = words_of(file)
    assert faults(file) == []
    assert "before" in said
    assert "afterŻółć" in said
    is_left_out = letters == "\x00\u202e"
    assert (NO_SHAPE in said) != is_left_out
    assert ("no_shape:" in said) != is_left_out


# ---- Word


def word_of(report):
    return Document(BytesIO(as_word.as_word(report)))


def every_paragraph(made):
    cells = [cell for table in made.tables for row in table.rows for cell in row.cells]
    return [*made.paragraphs, *(each for cell in cells for each in cell.paragraphs)]


@pytest.mark.parametrize("is_easy_read", [False, True])
def test_word_has_headings_header_rows_language_and_alternative_texts(is_easy_read):
    made = word_of(a_report(is_easy_read=is_easy_read))
    levels = [p.style.name for p in made.paragraphs if p.style.name.startswith("Heading")]
    assert levels == ["Heading 1", "Heading 2", "Heading 3", "Heading 2"]
    assert made.core_properties.title == "A report You wait"
    assert made.core_properties.language == "en-GB"
    normal = made.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert normal.get(qn("w:val")) == "en-GB"
    (table,) = made.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    drawn = made.element.body.iter(qn("wp:docPr"))
    texts = [each.get("descr") for each in drawn]
    assert all(texts)
    assert len(texts) == (4 if is_easy_read else 1)
    assert INVENTED in made.sections[0].header.paragraphs[0].text


def test_word_has_no_empty_paragraph_and_says_what_people_wrote():
    made = word_of(a_report(f"{ALL_HOSTILE}\x00\ufffe"))
    paragraphs = every_paragraph(made)
    drawn = [each for each in paragraphs if each._p.findall(f".//{qn('w:drawing')}")]
    assert not [each for each in paragraphs if not each.text.strip() and each not in drawn]
    assert sum(ALL_HOSTILE in each.text for each in paragraphs) >= 10


def test_each_kind_of_block_has_its_way_in_each_form():
    assert set(as_word.SHAPES) == shapes()
    source = (as_pdf.HERE / "report.typ").read_text(encoding="utf-8")
    table = source[source.index("#let shapes") :]
    assert all(f"  {shape}:" in table for shape in shapes())


def test_pictures_come_by_name_and_never_by_path():
    report = a_report()
    first = replace(report.sections[0].blocks[1], picture="../../../etc/passwd")
    section = replace(report.sections[0], blocks=(first,))
    with pytest.raises(LookupError):
        as_pdf.as_pdf(replace(report, sections=(section,)))
