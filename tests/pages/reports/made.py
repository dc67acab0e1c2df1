"""A report with every kind of block in it, and words that would be code elsewhere."""

from dataclasses import replace

from engage.pages.reports.report import (
    Facts,
    ListOf,
    Note,
    Pair,
    Paragraph,
    Picture,
    Quote,
    Report,
    Section,
    Table,
)

HOSTILE = (
    "#panic(1)",
    "#include/etc/passwd",
    "$x^2$",
    "\\u{41}\\\\",
    "<tag>",
    "<script>alert(1)</script>",
    "@ref",
    "*bold*_thin_`code`",
    "=heading",
    "//gone",
    "/*gone*/",
    "{{7*7}}",
    '"quoted"',
    "مرحبا",
)
ALL_HOSTILE = " ".join(HOSTILE)
LONG = "a" * 5000
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    '<rect width="9" height="9"/></svg>'
)
INVENTED = "Example with made-up answers."
SMALL_WORDS = ("you_said", "instead", "disagree", "owner", "changed", "from_people", "no_shape")


def a_pair(words: str = "You wait", **details: object) -> Pair:
    made = Pair(
        title=f"Title {words}",
        kind="cannot",
        sign="We can’t, because",
        you_said=(words,),
        answer=(words, "Another line"),
        people="About 40 people said this.",
        instead=words,
        challenge=words,
        families=("Families checked this: partly.",),
        co_lead_notes=("The forum says: not yet.",),
        owner="Head of therapies",
        changed="22 November 2026",
        notes="12 days late.",
        quotes=(Quote(words, "Parent carer, autumn 2026.", "pl"),),
    )
    return replace(made, **details)


def a_report(words: str = "You wait", is_easy_read: bool = False) -> Report:
    pictures = {"picture_said": "say", "picture_answer": "cannot"} if is_easy_read else {}
    blocks = (
        Paragraph((words,)),
        Paragraph((words, "Two"), picture="info" if is_easy_read else ""),
        Note(words),
        Facts(((words, words),)),
        ListOf((words, "Two")),
        Table(words, ("Area", "Share"), ((words, "12%"), ("South", "13%")), numbers=(1,)),
        Picture(SVG, f"A drawing: {words}"),
        a_pair(words, **pictures),
    )
    return Report(
        title=f"A report {words}",
        subtitle="The year",
        language="en-GB",
        is_easy_read=is_easy_read,
        invented=INVENTED,
        made_on="Made on 22 November 2026",
        sections=(Section("First", blocks, "first"), Section("Second", blocks[:1], "second")),
        place="Hertfordshire SEND partnership",
        words=tuple((name, f"{name}:") for name in SMALL_WORDS),
    )


def shapes() -> set[str]:
    """Of every block there is."""
    return {block.shape for section in a_report().sections for block in section.blocks}
