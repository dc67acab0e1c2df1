"""The real model: slow to load, so these run only when asked for."""

import random
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest

from engage.analysis.calibration import fix_steps, installed_ranges, keep_first_token
from engage.analysis.embedding import (
    KEEP_WHOLE,
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


def test_texts_of_one_length_are_read_side_by_side_with_the_same_result() -> None:
    words = ("They listened", "Nobody rang", "It was late", "We were glad")
    texts = [f"{start} when we came in {year}" for start in words for year in range(1990, 2020)]
    embedder = installed_embedder()
    assert np.array_equal(embedder.embed(texts), np.vstack([embedder.embed([t]) for t in texts]))


def another_model(folder: Path, tmp_path: Path) -> Path:
    """The same numbers in a file that is not the file we know."""
    model = onnx.load(folder / "model.onnx")
    model.doc_string = "another"
    onnx.save(model, tmp_path / "model.onnx")
    shutil.copy(folder / "tokenizer.json", tmp_path)
    return tmp_path


def test_fixed_steps_of_rounding_hardly_move_a_vector(tmp_path: Path) -> None:
    """Another model finds its steps itself, so this one is the same without ours."""
    folder = model_folder({})
    texts = [comment.text for comment in some_comments(60)]
    own = OnnxEmbedder(another_model(folder, tmp_path), {}).embed(texts)
    fixed = installed_embedder().embed(texts)
    alike = (own * fixed).sum(axis=1)
    assert alike.min() > 0.98
    assert not np.array_equal(own, fixed)


def test_leaving_the_other_tokens_behind_changes_nothing_in_the_first() -> None:
    model = onnx.load(model_folder({}) / "model.onnx")
    fix_steps(model, installed_ranges())
    of_all = model.SerializeToString()
    keep_first_token(model)
    ids = np.array([[101, 2027, 4952, 2000, 2149, 102], [101, 7068, 8369, 2149, 2067, 102]])
    given = {
        "input_ids": ids,
        "attention_mask": np.ones_like(ids),
        "token_type_ids": np.zeros_like(ids),
    }
    whole, first = (
        onnxruntime.InferenceSession(
            given_model,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=list(KEEP_WHOLE),
        ).run(None, given)[0]
        for given_model in (of_all, model.SerializeToString())
    )
    assert whole.shape == (2, 6, 384)
    assert np.array_equal(first, whole[:, :1])


def test_a_model_somebody_chose_does_not_read_texts_side_by_side(tmp_path: Path) -> None:
    chosen = OnnxEmbedder(another_model(model_folder({}), tmp_path), {})
    texts = ["They listened to us", "Nobody rang us back", "The plan came too late"]
    assert np.array_equal(chosen.embed(texts), np.vstack([chosen.embed([t]) for t in texts]))
    assert chosen.name != installed_embedder().name
    assert "activation_ranges.csv" not in chosen.checksums


def test_another_model_file_is_refused() -> None:
    wrong = {**KNOWN_CHECKSUMS, "model.onnx": "0" * 64}
    with pytest.raises(AnalysisError, match="not the one that was tested"):
        OnnxEmbedder(model_folder({}), wrong)


def test_no_room_for_the_changed_model_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/no/such/folder")
    with pytest.raises(AnalysisError, match="needs 40 MB of room"):
        installed_embedder()


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
