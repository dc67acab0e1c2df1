"""The real model: slow to load, so these run only when asked for."""

import random

import numpy as np
import pytest

from engage.analysis.embedding import (
    KNOWN_CHECKSUMS,
    OnnxEmbedder,
    installed_embedder,
    model_folder,
)
from engage.analysis.files import assignment_rows, comment_rows, theme_row
from engage.analysis.pipeline import analyse
from engage.analysis.tools import default_tools
from engage.analysis.types import AnalysisError, Settings
from tests.analysis.comments import some_comments

pytestmark = pytest.mark.slow


def test_a_vector_does_not_depend_on_its_neighbours() -> None:
    texts = [comment.text for comment in some_comments(12)]
    embedder = installed_embedder()
    together = embedder.embed(texts)
    backwards = embedder.embed(texts[::-1])[::-1]
    assert np.array_equal(together, backwards)
    assert np.array_equal(together[3], embedder.embed([texts[3]])[0])


def test_another_model_file_is_refused() -> None:
    wrong = {**KNOWN_CHECKSUMS, "model.onnx": "0" * 64}
    with pytest.raises(AnalysisError, match="not the one that was tested"):
        OnnxEmbedder(model_folder({}), wrong)


def test_a_folder_without_a_model_is_said() -> None:
    with pytest.raises(AnalysisError, match="cannot be read"):
        OnnxEmbedder(model_folder({"ENGAGE_MODEL_DIR": "no-such-folder"}), {})


def test_the_real_tools_give_the_same_findings_in_any_order() -> None:
    settings = Settings()
    comments = some_comments(90)
    found = []
    for given in (comments, random.Random(2).sample(comments, 90)):
        findings = analyse(given, default_tools(settings), [], settings)
        themes = [theme_row(theme) for theme in findings.themes]
        found.append(
            (
                themes,
                list(assignment_rows(findings.assignments)),
                list(comment_rows(findings.comments)),
            )
        )
    assert found[0] == found[1]
    assert found[0][0]


def test_other_languages_are_told_and_short_english_is_kept() -> None:
    guesser = default_tools(Settings()).language
    texts = [
        "Nauczyciele bardzo pomogli mojemu synowi w szkole",
        "استاد بہت مہربان ہیں اور بچے خوش ہیں",
        "Good SENCO",
        "The SENCO was kind to my son",
    ]
    assert guesser.guess(texts) == ["pl", "ur", "en", "en"]
