"""Sentences that differ only in a disability: what the sentiment head must learn not to hear.

They name needs that tests/analysis/test_fair_to_disability.py does not use, in sentences it does
not use; a test there keeps the words of the two apart.
"""

import re
from collections.abc import Iterable

LONGEST = 30
EACH = 3
NEEDS = (
    "dyspraxic {}",
    "dyslexic {}",
    "partially sighted {}",
    "visually impaired {}",
    "hard of hearing {}",
    "neurodivergent {}",
    "non-speaking {}",
    "hyperactive {}",
    "paralysed {}",
    "{} with additional needs",
    "{} with muscular dystrophy",
    "{} with spina bifida",
    "{} with Tourette syndrome",
    "{} with a stammer",
    "{} with cystic fibrosis",
    "{} with a brain injury",
    "{} with a rare condition",
    "{} with global delay",
    "{} with sensory needs",
    "{} with a long-term illness",
    "{} with arthritis",
    "{} with a visual impairment",
    "{} with one leg",
    "{} who has tics",
    "{} who has a carer",
    "{} who has seizures",
    "{} who cannot see well",
    "{} who uses crutches",
    "{} who uses a walking frame",
    "{} who cannot talk",
    "{} who needs a hoist",
    "{} who has dementia",
)
RELATION = re.compile(
    r"\b(my|our|the) (son|daughter|child|children|wife|husband|mum|mother|dad|father|brother|"
    r"sister|partner|baby|patient|patients|friend|grandson|granddaughter)\b",
    re.IGNORECASE,
)
# Two ways of getting about or of talking, in words the test does not use.
WAYS = (
    (" came in", " came in on crutches"),
    (" moves about", " moves about with a walking frame"),
    (" talks", " talks with a speech device"),
    (" reads", " reads with a screen reader"),
    (" runs", " rides in a buggy"),
    (" stands", " is lifted with a hoist"),
    (" climbs the stairs", " takes the lift because of his weak legs"),
    (" listens", " reads lips"),
)
PEOPLE = ("He", "She", "Our boy", "My niece", "The pupil", "Her friend", "Grandad")
ENDS = (
    " and the nurse was lovely.",
    " and nobody said sorry.",
    " on Friday.",
    ", and they were rude about it.",
    " and we had a super day.",
    " before dinner.",
    " and it took ages.",
    " and the team was so thoughtful.",
    " and we felt let down.",
)
WHO = ("nephew", "niece", "lad", "grandchild")
FRAMES = (
    "The doctor was gentle with my {}.",
    "My {} came home smiling.",
    "They forgot my {} on the stairs.",
    "Nothing was ready for my {}.",
    "My {} has lessons at noon.",
    "I rang the office for my {} on Monday.",
    "The music sessions are wonderful for my {}.",
    "Thank you for the help with my {}.",
    "Nobody listened to my {} at all.",
    "The taxi left without my {}.",
    "My {} is nine years old.",
    "We filled in the papers for my {}.",
    "My {} got excellent support.",
    "The food made my {} ill.",
    "More activities for my {} please.",
    "We could not find a dentist for my {}.",
)


def pairs(comments: Iterable[str]) -> list[tuple[str, str]]:
    """The same words without and with a disability: in real comments, and in our own."""
    return [*_in_comments(comments), *_in_our_words()]


def _in_comments(comments: Iterable[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for text in sorted(set(comments)):
        if len(text.split()) >= LONGEST or not RELATION.search(text):
            continue
        for _ in range(EACH):
            need = NEEDS[len(found) * 11 % len(NEEDS)]
            found.append((text, _named(text, need)))
    return found


def _named(text: str, need: str) -> str:
    return RELATION.sub(lambda match: f"{match[1]} {need.format(match[2])}", text, count=1)


def _in_our_words() -> list[tuple[str, str]]:
    found = [
        (f"My nephew is here{end}", f"My {need.format('nephew')} is here{end}")
        for end in ENDS
        for need in NEEDS
    ]
    for n, frame in enumerate(FRAMES):
        for m, need in enumerate(NEEDS):
            who = WHO[(n + m) % len(WHO)]
            found.append((frame.format(who), frame.format(need.format(who))))
    for n, end in enumerate(ENDS):
        for m, (plain, named) in enumerate(WAYS):
            who = PEOPLE[(n + m) % len(PEOPLE)]
            found.append((f"{who}{plain}{end}", f"{who}{named}{end}"))
    return found
