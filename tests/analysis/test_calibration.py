"""Fixed steps of rounding, and which texts the language model reads side by side."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper

from engage.analysis.calibration import (
    FILE,
    STEPS,
    fix_steps,
    installed_ranges,
    rounded_tensors,
    step_and_zero,
)
from engage.analysis.embedding import batched
from engage.analysis.types import AnalysisError

bounds = st.floats(-1e3, 1e3).map(lambda number: round(number, 4))


def rounding_model() -> onnx.ModelProto:
    """Rounds what it is given to eight bits, and gives it back with its step and its zero."""
    rounded, step, zero = "rounded", "step", "zero"
    nodes = [
        helper.make_node("DynamicQuantizeLinear", ["given"], [rounded, step, zero]),
        helper.make_node("DequantizeLinear", [rounded, step, zero], ["back"]),
    ]
    given_, back = (
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n"]) for name in ("given", "back")
    )
    graph = helper.make_graph(nodes, "rounding", [given_], [back])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def fixed(least: float, most: float) -> onnx.ModelProto:
    model = rounding_model()
    fix_steps(model, {"given": (least, most)})
    return model


def ran(model: onnx.ModelProto, *numbers: float) -> list[float]:
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    [back] = session.run(None, {"given": np.array(numbers, np.float32)})
    return [float(number) for number in back]


@given(bounds, bounds)
def test_nothing_is_rounded_to_nothing_and_the_range_fits(one: float, other: float) -> None:
    least, most = sorted((one, other))
    step, zero = step_and_zero(least, most)
    assert 0 <= zero <= STEPS
    assert step > 0
    # One step more at either end: the whole number for 0 is rounded too.
    assert -zero * step <= min(least, 0) + step
    assert (STEPS - zero) * step >= max(most, 0) - step


def test_a_number_is_rounded_the_same_whatever_stands_beside_it() -> None:
    model = fixed(-1.0, 3.0)
    assert ran(model, 0.3)[0] == ran(model, 0.3, 2.9)[0]
    assert ran(rounding_model(), 0.3)[0] != ran(rounding_model(), 0.3, 2.9)[0]


def test_a_number_beyond_the_range_is_cut_to_it() -> None:
    assert ran(fixed(0.0, 2.55), 9.0, 1.0) == pytest.approx([2.55, 1.0])


@pytest.mark.parametrize("ranges", [{}, {"another": (0.0, 1.0)}])
def test_ranges_of_another_model_are_refused(ranges: dict[str, tuple[float, float]]) -> None:
    with pytest.raises(AnalysisError, match="do not belong together"):
        fix_steps(rounding_model(), ranges)


def test_the_ranges_that_come_along_hold_nought_and_are_wide_enough() -> None:
    ranges = installed_ranges()
    assert len(ranges) == 48
    assert all(least < 0 < most for least, most in ranges.values())


def test_ranges_that_somebody_changed_are_refused(tmp_path: Path) -> None:
    changed = tmp_path / FILE.name
    changed.write_text(FILE.read_text("utf-8").replace("-0.17", "-0.18"), "utf-8")
    with pytest.raises(AnalysisError, match="not the one that was tested"):
        installed_ranges(changed)


def test_no_place_is_left_that_finds_its_step_itself() -> None:
    assert rounded_tensors(rounding_model()) == ["given"]
    assert rounded_tensors(fixed(0.0, 1.0)) == []


@given(st.lists(st.integers(1, 40), max_size=60), st.integers(1, 100))
def test_each_text_is_read_once_beside_others_of_its_length(lengths: list[int], most: int) -> None:
    batches = batched(lengths, most)
    assert sorted(place for batch in batches for place in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len({lengths[place] for place in batch}) == 1
        assert len(batch) == 1 or lengths[batch[0]] * len(batch) <= most
