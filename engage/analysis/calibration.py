"""Fixed steps of rounding for the language model, so that texts can be read side by side.

The model in the package rounds to eight bits, and finds the step of its rounding anew from all it
is given at once ("dynamic quantisation"): a text beside another would get another vector. Its
ranges hardly change from one text to the next, so they were measured once
(tools/calibrate_model.py) and the steps are set from them ("static quantisation", Jacob et al.
2018, CVPR, section 2.1). Sums of whole numbers are exact, so a vector is then the same in any
company; docs/decisions/0028 has figures.
"""

import csv
import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

from engage.analysis.types import AnalysisError
from engage.analysis.words import DATA

FILE = DATA / "activation_ranges.csv"
CHECKSUM = "ce9731932a4f550854458c70822adb44b4057e892af1c5309491dd9e4c21be5d"
STEPS = 255  # of eight bits without a sign
MEASURES_ITSELF, TOLD = "DynamicQuantizeLinear", "QuantizeLinear"

# Only the first token of the last layer is used, so the others are left behind as soon as they
# have been looked at: which tensor, and the node from which on the first token is enough.
FIRST_TOKEN_FROM = (
    (
        "/encoder/layer.11/attention/self/Reshape_3_output_0",
        "/encoder/layer.11/attention/self/Reshape_3_output_0_QuantizeLinear",
    ),
    ("/encoder/layer.10/output/LayerNorm/Add_1_output_0", "/encoder/layer.11/attention/output/Add"),
)

Ranges = Mapping[str, tuple[float, float]]


def installed_ranges(file: Path = FILE) -> Ranges:
    """By the name of each tensor that is rounded, the least and the most it was seen to hold.

    Another file than the one in the package is refused.
    """
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != CHECKSUM:
        raise AnalysisError(f"The file {file.name} is not the one that was tested.")
    rows = csv.DictReader(content.decode("utf-8").splitlines())
    return {row["tensor"]: (float(row["least"]), float(row["most"])) for row in rows}


def rounded_tensors(model: onnx.ModelProto) -> list[str]:
    """The tensors whose step of rounding the model finds anew each time, in its own order."""
    return [node.input[0] for node in model.graph.node if node.op_type == MEASURES_ITSELF]


def fix_steps(model: onnx.ModelProto, ranges: Ranges) -> None:
    """Give the model these steps; each tensor it rounds needs its range.

    The model is changed and not copied: a copy is 34 MB that the process would keep.
    """
    rounded = rounded_tensors(model)
    if set(rounded) != set(ranges):
        raise AnalysisError(
            "The language model and the ranges measured for it do not belong together, "
            "so nothing was analysed; install Engage again."
        )
    for node in model.graph.node:
        if node.op_type == MEASURES_ITSELF:
            _tell(model.graph, node, *ranges[node.input[0]])


def keep_first_token(model: onnx.ModelProto) -> None:
    """Make the model answer with the first token of each text and no other.

    With fixed steps of rounding that token is the same to the last bit.
    """
    model.graph.initializer.append(numpy_helper.from_array(np.zeros(1, np.int64), "first"))
    for tensor, node_name in FIRST_TOKEN_FROM:
        _cut(model.graph, tensor, node_name)


def _cut(graph: onnx.GraphProto, tensor: str, node_name: str) -> None:
    place = next(n for n, node in enumerate(graph.node) if node.name == node_name)
    node, of_first = graph.node[place], f"{tensor}_of_first"
    inputs = [of_first if name == tensor else name for name in node.input]
    del node.input[:]
    node.input.extend(inputs)
    graph.node.insert(place, helper.make_node("Gather", [tensor, "first"], [of_first], axis=1))


def _tell(graph: onnx.GraphProto, node: onnx.NodeProto, least: float, most: float) -> None:
    """What the node gave beside its result, its step and its zero, becomes given."""
    result, step_name, zero_name = node.output
    step, zero = step_and_zero(least, most)
    graph.initializer.append(numpy_helper.from_array(np.array(step, np.float32), step_name))
    graph.initializer.append(numpy_helper.from_array(np.array(zero, np.uint8), zero_name))
    node.op_type = TOLD
    node.input.extend([step_name, zero_name])
    del node.output[:]
    node.output.append(result)


def step_and_zero(least: float, most: float) -> tuple[float, int]:
    """One step, and the whole number that stands for 0, for eight bits over this range.

    The range is widened to hold 0, which must be exact.
    """
    low, high = min(least, 0.0), max(most, 0.0)
    step = (high - low) / STEPS or 1.0
    return step, min(max(round(-low / step), 0), STEPS)
