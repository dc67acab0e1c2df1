"""Options that are not answers: the statements of a stack, the unit of a number. Pure.

They stand among the options because options have words in every language and wording.
"""

from engage.surveys.definition import OptionDefinition, QuestionDefinition

# What `group` says of such an option, by the kind of question that has it.
STATEMENT = "statement"
UNIT = "unit"
PART_OF_KIND = {"statements": STATEMENT, "number": UNIT}


def answers_of(question: QuestionDefinition) -> tuple[OptionDefinition, ...]:
    """What may be chosen."""
    part = PART_OF_KIND.get(question.type)
    return tuple(option for option in question.options if part is None or option.group != part)


def statements_of(question: QuestionDefinition) -> tuple[OptionDefinition, ...]:
    return _parts(question, "statements")


def unit_of(question: QuestionDefinition) -> OptionDefinition | None:
    return next(iter(_parts(question, "number")), None)


def _parts(question: QuestionDefinition, kind: str) -> tuple[OptionDefinition, ...]:
    if question.type != kind:
        return ()
    return tuple(option for option in question.options if option.group == PART_OF_KIND[kind])
