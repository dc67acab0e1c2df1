"""Sentences that differ only in a disability: what the sentiment head must learn not to hear.

They name needs that tests/analysis/test_fair_to_disability.py does not use, in sentences it does
not use; a test there keeps the words of the two apart.
"""

import re
from collections.abc import Iterable

LONGEST = 30
EACH = 3
# What a person has, does and is; each is said in several ways, for the way of saying it must not
# be heard either.
HAS = (
    "additional needs",
    "muscular dystrophy",
    "spina bifida",
    "Tourette syndrome",
    "a stammer",
    "cystic fibrosis",
    "a brain injury",
    "a rare condition",
    "global delay",
    "sensory needs",
    "a long-term illness",
    "arthritis",
    "a visual impairment",
    "one leg",
    "asthma",
    "eczema",
    "diabetes",
    "kidney disease",
    "a cleft lip",
    "hemiplegia",
    "dyscalculia",
    "selective mutism",
    "fragile X",
    "Rett syndrome",
    "a chromosome deletion",
    "a tracheostomy",
    "an insulin pump",
    "a pacemaker",
    "hearing aids",
    "a false leg",
    "brain damage",
    "a squint",
    "OCD",
    "anorexia",
    "panic attacks",
    "chronic pain",
    "a bad hip",
    "leukaemia",
    "a learning age of four",
    "poor balance",
    "an attachment disorder",
    "two diagnoses",
)
DOES = (
    "has tics",
    "has a carer",
    "has seizures",
    "cannot see well",
    "uses crutches",
    "uses a walking frame",
    "cannot talk",
    "needs a hoist",
    "has dementia",
    "bites himself",
    "needs help to eat",
    "needs medicine every day",
    "wears glasses",
    "wears nappies at nine",
    "falls often",
    "is very anxious",
    "is slow to learn",
    "is on oxygen",
    "is bed bound",
    "is on the spectrum",
    "had a stroke",
    "melts down",
    "runs off",
    "communicates with pictures",
    "types to talk",
    "cannot walk",
    "does not speak",
)
IS = (
    "dyspraxic",
    "dyslexic",
    "partially sighted",
    "visually impaired",
    "hard of hearing",
    "neurodivergent",
    "non-speaking",
    "hyperactive",
    "paralysed",
    "stiff",
    "anxious",
    "asthmatic",
    "diabetic",
    "mute",
    "frail",
    "disabled",
    "clumsy",
    "epileptic",
    "special",
    "poorly",
)
HAVING = ("{{}} with {}", "{{}} who has {}", "{{}}, who has {},", "{{}} living with {}")
DOING = ("{{}} who {}", "{{}}, who {},", "{{}} that {}")
BEING = ("{} {{}}", "{{}} who is {}", "{{}}, who is {},")
NEEDS = tuple(
    way.format(need)
    for needs, ways in ((HAS, HAVING), (DOES, DOING), (IS, BEING))
    for need in needs
    for way in ways
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
