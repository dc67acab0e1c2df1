"""Section 4 of the record: what the tool is made of, what it learnt from, what it reads."""

from collections.abc import Iterator

from flask_babel import gettext as _

from engage.analysis.checking.agreement import in_words
from engage.analysis.explaining.data_fields import development_data, operational_data
from engage.analysis.explaining.facts import Facts, Model
from engage.analysis.explaining.queries import Check, HowRead
from engage.analysis.explaining.record import Field, Section, field
from engage.clock import day_of


def specification(read: HowRead | None, facts: Facts) -> Section:
    fields = (
        *_system(facts),
        *(each for model in facts.models for each in _model(model, read)),
        _other_files(read, facts),
        _performance(read, facts),
        *development_data(facts),
        *operational_data(),
    )
    return Section(2, str(_("Tool specification")), fields)


def _system(facts: Facts) -> Iterator[Field]:
    yield field(
        "4.1.1",
        _("System architecture"),
        _(
            "A web application and a worker on one machine, with one database. The worker reads "
            "comments in steps: prepare, turn into numbers, group, describe, score, tag. No step "
            "needs the internet."
        ),
        _(
            "How it is built: %(source)s. Licence: %(licence)s.",
            source=facts.tool.source,
            licence=facts.tool.licence,
        ),
    )
    yield field("4.1.2", _("System-level input"), _("Comments and the questions they answer."))
    yield field(
        "4.1.3",
        _("System-level output"),
        _(
            "Groups of sentences with words, typical sentences and how steady they are; for each "
            "comment how it sounds and up to two ambitions with reason words; comments in no "
            "group, and comments set aside with the reason."
        ),
        _(
            "For people to decide: sentences that may belong to an accepted theme, and words that "
            "may name somebody."
        ),
    )
    yield field(
        "4.1.4", _("Maintenance"), ask=_("Who updates Engage, how often, and who checks it.")
    )
    yield field("4.1.5", _("Models"), *(model.name for model in facts.models))


def _model(model: Model, read: HowRead | None) -> Iterator[Field]:
    yield field("4.2.1", _("Model name"), model.name)
    yield field("4.2.2", _("Model version"), *_version(model, read))
    yield field("4.2.3", _("Model task"), model.task)
    yield field("4.2.4", _("Model input"), model.input)
    yield field("4.2.5", _("Model output"), model.output)
    yield field("4.2.6", _("Model architecture"), model.architecture, model.made_by)
    yield field(
        "4.2.8",
        _("Datasets and licence"),
        model.training,
        _("Licence: %(licence)s", licence=model.licence),
    )


def _version(model: Model, read: HowRead | None) -> list[str]:
    """As the run kept it; where there is none, that it is not known."""
    if read is None:
        return [str(_("Not known before the first reading."))]
    lines = []
    if model.version:
        known = read.versions.get(model.version)
        lines.append(f"{model.version} {known}" if known else _not_recorded(model.version))
    if model.setting in read.settings:
        lines.append(str(_("As the reading names it: %(name)s", name=read.settings[model.setting])))
    lines += [_checksum(name, model, read) for name in model.files]
    return lines


def _checksum(name: str, model: Model, read: HowRead) -> str:
    if known := read.checksums.get(name):
        return f"{name}: sha256 {known}"
    if pinned := model.pinned.get(name):
        return str(
            _(
                "%(name)s: not recorded by the last reading. The file that Engage was tested with, "
                "and uses: sha256 %(sum)s",
                name=name,
                sum=pinned,
            )
        )
    return _not_recorded(name)


def _not_recorded(name: str) -> str:
    return str(_("%(name)s: the last reading did not use it, or did not record it", name=name))


def _other_files(read: HowRead | None, facts: Facts) -> Field:
    """What the run names beside: nothing that took part is left out."""
    named = {name for model in facts.models for name in (model.version, *model.files)}
    libraries = read.versions if read else {}
    files = read.checksums if read else {}
    return field(
        "4.2.2",
        _("Other libraries and files of the last reading"),
        *(f"{name} {version}" for name, version in libraries.items() if name not in named),
        *(f"{name}: sha256 {value}" for name, value in files.items() if name not in named),
    )


def _performance(read: HowRead | None, facts: Facts) -> Field:
    measured = (
        f"{each.what}: {each.figure}. {each.beside}. {each.date.isoformat()}, {each.source}"
        for each in facts.measured
    )
    return field(
        "4.2.7",
        _("Model performance"),
        *measured,
        *(_check(read.check) if read and read.check else [_unchecked()]),
    )


def _unchecked() -> str:
    return str(_("In this survey nobody has checked the machine's codes against people's yet."))


def _check(check: Check) -> Iterator[str]:
    day = day_of(check.ended_at).isoformat()
    if check.with_machine is not None:
        yield str(
            _(
                "In this survey, people against the machine: mean kappa %(kappa)s (%(words)s), "
                "%(comments)s comments, %(day)s",
                kappa=f"{check.with_machine:.2f}",
                words=in_words(check.with_machine),
                comments=check.with_machine_on,
                day=day,
            )
        )
    if check.between_people is not None:
        yield str(
            _(
                "Beside it, person against person: mean kappa %(kappa)s (%(words)s), "
                "%(comments)s comments, %(day)s",
                kappa=f"{check.between_people:.2f}",
                words=in_words(check.between_people),
                comments=check.between_people_on,
                day=day,
            )
        )
