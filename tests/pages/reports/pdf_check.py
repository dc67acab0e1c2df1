"""What PDF/UA-1 asks of a file and a machine can look at. Each fault is a sentence.

It reads the file as a screen reader does: the catalogue, the tree of what is on the pages, and the
marks around everything that is drawn.
"""

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf

HEADINGS = ("/H1", "/H2", "/H3")
SHOWS_TEXT = {"Tj", "TJ", "'", '"'}
SHOWS_FORM = "Do"


def faults(file: bytes, language: str = "en-GB") -> list[str]:
    with pikepdf.open(BytesIO(file)) as pdf:
        tree = list(elements(pdf))
        return [
            *of_catalogue(pdf, language),
            *of_metadata(pdf),
            *of_headings(tree),
            *of_figures(tree),
            *of_tables(tree),
            *of_pages(pdf),
        ]


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every element of the structure tree, in reading order."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is not None:
        yield from below(root)


def below(element: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    for kid in as_list(element.get("/K")):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from below(kid)


def as_list(value: object) -> list[pikepdf.Object]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def of_catalogue(pdf: pikepdf.Pdf, language: str) -> Iterator[str]:
    root = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "not marked as tagged"
    if str(root.get("/Lang", "")) != language:
        yield f"the language is not {language}"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the window does not show the title"
    if "/StructTreeRoot" not in root:
        yield "no structure tree"


def of_metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        if not said.get("dc:title"):
            yield "no title"
        if str(said.get("pdfuaid:part", "")) != "1":
            yield "does not say that it is PDF/UA-1"


def of_headings(tree: list[pikepdf.Dictionary]) -> Iterator[str]:
    levels = [HEADINGS.index(str(each.S)) + 1 for each in tree if str(each.S) in HEADINGS]
    if levels[:1] != [1]:
        yield "the first heading is not of the first level"
    for before, after in zip(levels, levels[1:], strict=False):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"


def of_figures(tree: list[pikepdf.Dictionary]) -> Iterator[str]:
    if any(str(each.S) == "/Figure" and not str(each.get("/Alt", "")) for each in tree):
        yield "a figure has no words"


def of_tables(tree: list[pikepdf.Dictionary]) -> Iterator[str]:
    for table in (each for each in tree if str(each.S) == "/Table"):
        parts = {str(each.S) for each in below(table)}
        if not {"/TR", "/TH", "/TD"} <= parts:
            yield "a table without rows or header cells"


def of_pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        if str(page.get("/Tabs", "")) != "/S":
            yield f"page {number}: the order of the keyboard is not the one of the structure"
        if has_loose_content(page):
            yield f"page {number}: something is drawn outside of the structure"
        for name, font in page.get("/Resources", {}).get("/Font", {}).items():
            yield from (f"font {name}: {fault}" for fault in of_font(font))


def has_loose_content(page: pikepdf.Page) -> bool:
    """Text or a picture that neither belongs to an element nor is an artifact."""
    marks: list[bool] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            is_artifact = str(operands[0]) == "/Artifact"
            marks.append(is_artifact or (name == "BDC" and "/MCID" in operands[1]))
        elif name == "EMC":
            marks.pop()
        elif (name in SHOWS_TEXT or name == SHOWS_FORM) and not any(marks):
            return True
    return False


def of_font(font: pikepdf.Dictionary) -> Iterator[str]:
    if "/ToUnicode" not in font:
        yield "its letters cannot be read"
    for descendant in as_list(font.get("/DescendantFonts", font)):
        about = descendant.get("/FontDescriptor", {})
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(about.keys()):
            yield "not in the file"


def words_of(file: bytes) -> str:
    """What is written in it, letter by letter as the fonts say, without any space."""
    said = []
    with pikepdf.open(BytesIO(file)) as pdf:
        for page in pdf.pages:
            said.extend(written_on(page))
    return "".join("".join(said).split())


def written_on(page: pikepdf.Page) -> Iterator[str]:
    known = {
        name: letters_of(font) for name, font in page.get("/Resources", {}).get("/Font", {}).items()
    }
    letters: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            letters = known[str(operands[0])]
        elif str(operator) in SHOWS_TEXT:
            for shown in as_list(operands[-1]):
                if isinstance(shown, pikepdf.String):
                    codes = bytes(shown)
                    pairs = (codes[at : at + 2] for at in range(0, len(codes), 2))
                    yield from (letters.get(code, "") for code in pairs)


def letters_of(font: pikepdf.Dictionary) -> dict[bytes, str]:
    """By the code in the page, the letter: the table that screen readers use."""
    table = font.ToUnicode.read_bytes().decode("ascii", "ignore")
    found = {}
    for code, letter in re.findall(r"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>\n", table):
        found[bytes.fromhex(code)] = bytes.fromhex(letter).decode("utf-16-be", "ignore")
    for low, high, first in re.findall(
        r"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})>", table
    ):
        for step in range(int(high, 16) - int(low, 16) + 1):
            found[(int(low, 16) + step).to_bytes(2, "big")] = chr(int(first, 16) + step)
    return found
