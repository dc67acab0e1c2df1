"""Sections 4.3 and 4.4 of the record: what the tool learnt from, and what it reads."""

from collections.abc import Iterator

from flask_babel import gettext as _

from engage.analysis.explaining.facts import Facts
from engage.analysis.explaining.record import Field, field


def development_data(facts: Facts) -> Iterator[Field]:
    yield field(
        "4.3.1",
        _("Development data"),
        _(
            "Two parts are trained by the makers of Engage: %(parts)s.",
            parts=", ".join(facts.rows_by_model()),
        ),
        *_sets(facts),
        _(
            "Two more parts learn in use from what staff decide, and are no part of what is "
            "delivered: the code book and the ambition guide, described above."
        ),
    )
    yield field("4.3.2", _("Data modality"), _("Text."))
    yield field("4.3.3", _("Data quantities"), *_quantities(facts))
    yield from _quality()
    yield from _sources()


def _sets(facts: Facts) -> Iterator[str]:
    for each in facts.training_data:
        yield _(
            "%(model)s: %(name)s: %(rows)s rows, rated by %(who)s, licence %(licence)s",
            model=each.taught,
            name=each.name,
            rows=f"{each.rows:,}",
            who=each.rated_by,
            licence=each.licence,
        )


def _quantities(facts: Facts) -> Iterator[str]:
    """A total for each part: some comments taught both, so a sum of all would count them twice."""
    for model, rows in facts.rows_by_model().items():
        yield _("%(model)s: %(rows)s rows in all", model=model, rows=f"{rows:,}")
    yield _("%(rows)s different comments taught both.", rows=f"{facts.taught_both:,}")


def _quality() -> Iterator[Field]:
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
            "Sentiment head: one trust whose marks contradict its words was left out. Equal texts "
            "were kept together."
        ),
        _(
            "Feedback map: each comment was taken once, and those on which the groups are "
            "measured were left out."
        ),
    )


def _sources() -> Iterator[Field]:
    yield field(
        "4.3.7", _("Data collection"), _("Published by others under the licences named above.")
    )
    yield field(
        "4.3.8",
        _("Data access and storage"),
        _(
            "Public sets, read where they lie when the two parts are trained. Engage holds the "
            "coefficients, and VADER's word list."
        ),
    )
    yield field("4.3.9", _("Data sharing agreements"), _("None is needed: the sets are open."))


def operational_data() -> Iterator[Field]:
    yield field(
        "4.4.1",
        _("Data sources"),
        _("What people write in the open questions of the survey."),
        _(
            "What staff decide: which sentences stand under accepted themes, and which ambition a "
            "comment is about."
        ),
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
    yield from _keeping()


def _keeping() -> Iterator[Field]:
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
