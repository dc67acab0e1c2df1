"""The survey templates that come with Engage, read from the library folder."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from engage.errors import InvalidInputError
from engage.framework import Pack
from engage.framework.yaml_files import parse_yaml, read_yaml
from engage.surveys.building import Library, build, only_variant
from engage.surveys.checks import check, check_switches
from engage.surveys.definition import SurveyDefinition
from engage.surveys.interchange import (
    QuestionSpec,
    ScalesSpec,
    TemplateSpec,
    parse_scales,
    parse_template,
)

LIBRARY = Path(__file__).parent / "library"
SCALES = "_scales.yaml"


@dataclass(frozen=True, slots=True)
class OptionalQuestion:
    """A question left out until the survey owner switches it on."""

    code: str
    wording: str
    wording_easy: str


@dataclass(frozen=True, slots=True)
class TemplateSummary:
    """What someone choosing a template wants to know."""

    code: str
    version: str
    title: str
    title_easy: str
    purpose: str
    cadence: str
    evidence: str
    audiences: tuple[str, ...]
    estimated_minutes: int
    question_count: int
    starts_easy_read: bool
    feeds_q: bool
    optional_questions: tuple[OptionalQuestion, ...]
    before_publishing: tuple[str, ...]
    delivery: tuple[str, ...]
    scoring: str


@lru_cache(maxsize=1)
def templates() -> tuple[TemplateSummary, ...]:
    """The templates a survey can be made from; modules are only ever added to one."""
    specs = (spec for spec, _ in _specs().values() if not spec.variants)
    return tuple(sorted((_summary(spec) for spec in specs), key=lambda summary: summary.title))


def template(code: str) -> TemplateSummary:
    """The template of that code. Raises LookupError where there is none."""
    for summary in templates():
        if summary.code == code:
            return summary
    raise LookupError(f"no template {code!r}")


def read_template(
    code: str, pack: Pack, switch_on: frozenset[str] = frozenset()
) -> SurveyDefinition:
    """The survey a template describes. A module is read as "code:variant", or its first variant."""
    name, _, variant = code.partition(":")
    if name not in _specs():
        raise InvalidInputError(f"There is no template “{name}”.")
    spec, file = _specs()[name]
    if variant and variant not in spec.variants:
        raise InvalidInputError(f"{file}: {name}: unknown module variant “{variant}”.")
    return _definition(spec, pack, switch_on, file=file, variant=variant)


def read_survey(
    text: str, pack: Pack, file: str = "The survey", switch_on: frozenset[str] = frozenset()
) -> SurveyDefinition:
    """A survey from the text of a file, checked like a template of our own."""
    return survey_from(parse_yaml(text, file), pack, file, switch_on)


def survey_from(
    content: Any, pack: Pack, file: str = "The survey", switch_on: frozenset[str] = frozenset()
) -> SurveyDefinition:
    """A survey from what a file held."""
    return _definition(parse_template(content, file), pack, switch_on, file=file)


def _definition(
    spec: TemplateSpec, pack: Pack, switch_on: frozenset[str], *, file: str, variant: str = ""
) -> SurveyDefinition:
    library = library_for(pack)
    check(spec, library, file)
    check_switches(spec, switch_on, file)
    if spec.variants:
        spec = only_variant(spec, variant or spec.variants[0])
    return build(spec, library, switch_on)


def library_for(pack: Pack) -> Library:
    shared = _scales()
    return Library(
        pack=pack,
        scales={scale.id: scale for scale in shared.scales},
        margins=shared.weight_margins,
        modules={code: spec for code, (spec, _) in _specs().items() if spec.variants},
    )


@lru_cache(maxsize=1)
def _specs() -> dict[str, tuple[TemplateSpec, str]]:
    """Every template with the name of its file, by code."""
    specs = {}
    for path in sorted(LIBRARY.glob("[!_]*.yaml")):
        spec = parse_template(read_yaml(path), path.name)
        specs[spec.id] = spec, path.name
    return specs


@lru_cache(maxsize=1)
def _scales() -> ScalesSpec:
    return parse_scales(read_yaml(LIBRARY / SCALES), SCALES)


def _summary(spec: TemplateSpec) -> TemplateSummary:
    asked = [q for q in spec.questions() if q.type != "info" and not q.optional_module]
    return TemplateSummary(
        code=spec.id,
        version=spec.version,
        title=spec.title.standard,
        title_easy=spec.title.easy_read or spec.title.standard,
        purpose=spec.purpose,
        cadence=spec.cadence,
        evidence=spec.evidence,
        audiences=spec.audience,
        estimated_minutes=spec.estimated_minutes,
        question_count=len(asked),
        starts_easy_read=spec.default_mode == "easy_read",
        feeds_q=spec.feeds_q,
        optional_questions=tuple(_optional(q) for q in spec.questions() if q.optional_module),
        before_publishing=spec.before_publishing,
        delivery=spec.delivery,
        scoring=spec.scoring,
    )


def _optional(question: QuestionSpec) -> OptionalQuestion:
    wording = question.wording
    return OptionalQuestion(question.id, wording.standard, wording.easy_read or wording.standard)
