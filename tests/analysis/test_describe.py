import numpy as np
import pytest

from engage.analysis import describe
from engage.analysis.themes.keywords import keywords
from engage.analysis.types import Sentence
from engage.analysis.words import DULL, words_in

TEXTS = {
    "transport": [
        "The school taxi never came.",
        "A new school taxi, please.",
        "School taxi again!",
    ],
    "reviews": [
        "The annual review was late.",
        "Annual reviews are long.",
        "Hold an annual review.",
    ],
}


def offered(groups: dict[str, list[str]]) -> list[describe.Offer]:
    return describe.offers([[describe.phrases(text) for text in said] for said in groups.values()])


def labels(groups: dict[str, list[str]], likeness: float = 0.0) -> list[str]:
    """Labels where each theme, and each phrase, points its own way unless they are alike."""
    offers = offered(groups)
    phrases = sorted({choice.phrase for offer in offers for choice in offer.phrases})
    turned = np.eye(len(phrases) + 1, dtype=np.float32)[1:]
    turned = likeness * turned[:1] + (1 - likeness) * turned
    turned /= np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9)
    centroids = np.eye(len(groups), len(phrases) + 1, dtype=np.float32)
    spare = [describe.spare_label(said) for said in groups.values()]
    return describe.choose_labels(
        offers, centroids, dict(zip(phrases, turned, strict=True)), {}, spare
    )


@pytest.mark.parametrize(
    "text",
    ["last week", "half term", "six weeks", "my daughter", "hours and fifteen", "he called her"],
)
def test_words_that_say_nothing_of_the_subject_are_no_phrase(text: str) -> None:
    assert describe.phrases(text) == set()


def test_a_phrase_begins_and_ends_with_a_word_that_means_something() -> None:
    found = describe.phrases("The wait for speech therapy in March")
    assert ("wait", "for", "speech", "therapy") in found
    assert all(run[0] not in ("the", "for") and run[-1] not in ("for", "march") for run in found)


def test_a_label_is_a_phrase_several_people_used_once_singular_or_plural() -> None:
    assert labels(TEXTS) == ["School taxi", "Annual review"]


def test_without_a_shared_phrase_the_label_is_words_with_commas() -> None:
    apart = [
        "The driver. A bus.",
        "Taxi or bus?",
        "Our driver came by taxi.",
        "Driver. Bus. Taxi.",
    ]
    assert sorted(labels({"apart": apart})[0].casefold().split(", ")) == ["bus", "driver", "taxi"]


def test_no_two_themes_have_the_same_label() -> None:
    both = labels({"one": TEXTS["transport"], "two": [*TEXTS["transport"], "A bus for the school"]})
    assert len({label.casefold() for label in both}) == 2


def test_two_phrases_that_mean_the_same_do_not_name_two_themes() -> None:
    first, second = labels(TEXTS, likeness=1.0)
    assert first == "School taxi"
    assert second == "Annual, review"


@pytest.mark.parametrize(
    ("texts", "label"),
    [
        (["Nothing more.", "Nothing else"], "Answered “nothing”"),
        (["It went by.", "So it did."], "Mixed comments"),
    ],
)
def test_people_who_share_no_subject_are_named_honestly(texts: list[str], label: str) -> None:
    assert describe.spare_label(texts) == label


def test_a_typical_quote_has_the_words_of_the_label() -> None:
    texts = ["It all went on for a very long time.", "The school taxi was late on most days again."]
    said = [Sentence(str(number), 1, text) for number, text in enumerate(texts)]
    rows = np.array([[1.0, 0.0], [0.95, 0.31]], dtype=np.float32)
    assert describe.typical(said, rows, rows[0], "School taxi", ())[0] == 1


def test_a_note_in_a_word_list_is_no_word() -> None:
    assert words_in("# one note\nbus taxi\n") == {"bus", "taxi"}
    assert {"daughter", "fifteen", "week"} <= DULL


def test_nothing_could_be_better_is_an_answer_and_not_a_theme() -> None:
    said = ["Nothing better.", "Could nothing be any better", "It was better, nothing else"]
    assert labels({"transport": TEXTS["transport"], "answer": said})[1] == "Answered “nothing”"


def test_a_label_is_the_whole_of_what_most_people_said() -> None:
    said = ["Speech and language therapy.", "More speech and language therapy", "Therapy again"]
    said = [*said, "Our speech and language therapy"]
    assert "language therapy" not in labels({"reviews": TEXTS["reviews"], "talk": said})


def test_a_word_of_a_label_is_not_used_again_alone() -> None:
    rides = ["Taxi, tablet.", "A tablet in our taxi", "Taxi? Tablet."]
    both = labels({"transport": [*TEXTS["transport"], "School taxi"], "rides": rides})
    assert both == ["School taxi", "Tablet"]


def test_where_a_name_was_taken_out_is_no_keyword() -> None:
    texts = ["Mrs XXXX drove the bus"] * 4
    ranked = [[("xxxx", 0.9), ("bus", 0.5), ("drove", 0.4)]]
    assert keywords(texts, np.zeros(4, dtype=np.int64), ranked) == (("bus", "drove"),)
