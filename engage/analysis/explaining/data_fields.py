"""Sections 4.3 and 4.4 of the record: what the tool learnt from, and what it reads."""

from collections.abc import Iterator

from flask_babel import gettext as _

from engage.analysis.explaining.facts import Facts
from engage.analysis.explaining.record import Field, field


def development_data(facts: Facts) -> Iterator[Field]:
    rows = (
        _(
            "%(name)s: %(rows)s rows, rated by %(who)s, licence %(licence)s",
            name=each.name,
            rows=f"{each.rows:,}",
            who=each.rated_by,
            licence=each.licence,
        )
        for each in facts.training_data
    )
    yield field(
        "4.3.1",
        _("Development data"),
        _("Only the sentiment head is trained by the makers of Engage, on these sets:"),
        *rows,
    )
    yield field("4.3.2", _("Data modality"), _("Text."))
    total = sum(each.rows for each in facts.training_data)
    yield field("4.3.3", _("Data quantities"), _("%(rows)s rows in all", rows=f"{total:,}"))
    yield field(
        "4.3.4",
        _("Sensitive attributes"),
        _("The comments of the NHS may speak of health. None of the texts is kept in Engage."),
    )
    yield field(
        "4.3.5",
        _("Data completeness and representativeness"),
        _(
            "English only. No feedback from children and none about SEND was in the training. "
            "Neutral comments are recognised least well."
        ),
    )
    yield field(
        "4.3.6",
        _("Data cleaning"),
        _(
            "One trust whose marks contradict its words was left out. Equal texts were kept "
            "together."
        ),
    )
    yield field(
        "4.3.7", _("Data collection"), _("Published by others under the licences named above.")
    )
    yield field(
        "4.3.8",
        _("Data access and storage"),
        _(
            "Public sets, read where they lie when the head is trained. Engage holds the "
            "coefficients."
        ),
    )
    yield field("4.3.9", _("Data sharing agreements"), _("None is needed: the sets are open."))


def operational_data() -> Iterator[Field]:
    yield field(
        "4.4.1", _("Data sources"), _("What people write in the open questions of the survey.")
    )
    yield field(
        "4.4.2",
        _("Sensitive attributes"),
        _(
            "Comments may speak of disability, health and family. The survey asks for no names; "
            "staff take out what may name somebody."
        ),
    )
    yield field(
        "4.4.3",
        _("Data processing methods"),
        _("Language is guessed, comments that say nothing are set aside, repeats are found."),
    )
    yield field(
        "4.4.4",
        _("Data access and storage"),
        _(
            "In the organisation's own database. Only staff whose role is to read answers can, "
            "and reading is recorded."
        ),
        ask=_("How long sent answers are kept."),
    )
    yield field(
        "4.4.5",
        _("Data sharing agreements"),
        ask=_("Agreements between partners, or that there is none."),
    )
