"""Invented comments to analyse; nobody said them."""

from engage.analysis.types import Comment

OPENINGS = ("The", "Our", "My son's", "Her", "Their", "This year the", "Every time the")
SUBJECTS = (
    "bus was late again and nobody rang",
    "teaching assistant is kind and listens to him",
    "assessment took two years and we heard nothing",
    "letter was hard to read and full of long words",
    "swimming club made her feel welcome from the start",
    "caseworker changed four times in one year",
)


def some_comments(count: int, question_tone: str = "neutral") -> list[Comment]:
    return [
        Comment(
            str(number + 1),
            f"{OPENINGS[number % 7]} {SUBJECTS[number % 6]}, number {number}.",
            question_tone=question_tone,
        )
        for number in range(count)
    ]
