"""The encoder's ONNX graph, built once from the weights.

A BERT encoder (XLM-R vocabulary) with four-bit weights: embeddings come in as `x` (looked up outside, so that the
word table is not in the graph), then per layer attention and a GELU feed-forward, each with residual and layer
norm; out comes the mean over the mask, of unit length. `MatMulNBits` wants neighbouring columns packed together.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from factdesk.encode.weights import BLOCK, Weights, unpack

MICROSOFT = "com.microsoft"
LAYERS = (3, 7, 9, 11)
"""The layers, from 0, whose means are given beside the vector: what kind a sentence is shows best further down."""
WORDS_LAYER = 9
"""The layer, from 0, whose states of single tokens are given: there words that mean the same lie nearest, also across
languages; the last layer has every word look like its sentence."""
INT8_ACTIVATIONS = 4
"""`MatMulNBits` accuracy level at which it multiplies in int8: fastest, cosine to float32 above 0.999."""


class GraphBuilder:
    """Collects nodes and constants; each method returns the name of its output."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.tensors = weights.tensors()
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], out: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [out], name=out, **attributes))
        return out

    def floats(self, name: str) -> NDArray[np.float32]:
        return self.weights.floats(self.tensors[name])

    def linear(self, x: str, names: list[str], inside: int, out: str) -> str:
        """`x` times the named matrices, stacked, plus their biases."""
        parts = [unpack(self.weights.blocks(self.tensors[f"{name}.w"], inside)) for name in names]
        nibbles = np.concatenate([part[0] for part in parts])
        scales = np.concatenate([part[1] for part in parts])
        packed = nibbles[..., 0::2] | (nibbles[..., 1::2] << 4)
        inputs = [x, self.constant(f"{out}.q", packed), self.constant(f"{out}.s", scales.reshape(-1))]
        shape = {
            "K": inside,
            "N": len(nibbles),
            "bits": 4,
            "block_size": BLOCK,
            "accuracy_level": INT8_ACTIVATIONS,
        }
        product = self.node("MatMulNBits", inputs, f"{out}.product", domain=MICROSOFT, **shape)
        bias = self.constant(f"{out}.b", np.concatenate([self.floats(f"{name}.b") for name in names]))
        return self.node("Add", [product, bias], out)

    def norm(self, x: str, name: str, out: str) -> str:
        gain, bias = (self.constant(f"{name}.{part}", self.floats(f"{name}.{part}")) for part in "wb")
        epsilon = self.weights.shape.epsilon
        return self.node("LayerNormalization", [x, gain, bias], out, axis=-1, epsilon=epsilon)

    def layer(self, x: str, number: int) -> str:
        """One encoder layer."""
        shape, p = self.weights.shape, f"l{number}"
        joined = self.linear(x, [f"{p}.{part}" for part in "qkv"], shape.hidden, f"{p}.qkv")
        parts = [f"{p}.split_{part}" for part in "qkv"]
        self.nodes.append(helper.make_node("Split", [joined], parts, axis=-1, num_outputs=3))
        attributes = {"domain": MICROSOFT, "num_heads": shape.heads, "mask_filter_value": -10000.0}
        context = self.node("MultiHeadAttention", [*parts, "", "keep"], f"{p}.context", **attributes)
        attended = self.linear(context, [f"{p}.ao"], shape.hidden, f"{p}.attended")
        x = self.norm(self.node("Add", [attended, x], f"{p}.residual1"), f"{p}.aln", f"{p}.middle")
        inner = self.linear(x, [f"{p}.fi"], shape.hidden, f"{p}.inner")
        active = self.node("Gelu", [inner], f"{p}.active", domain=MICROSOFT)
        outer = self.linear(active, [f"{p}.fo"], shape.feed_forward, f"{p}.outer")
        return self.norm(self.node("Add", [outer, x], f"{p}.residual2"), f"{p}.oln", f"{p}.out")

    def means(self, layers: list[str]) -> list[str]:
        """The mean over the mask of each layer's output."""
        words, last = (self.constant(name, np.array([axis], np.int64)) for name, axis in (("words", 1), ("last", 2)))
        mask = self.node("Unsqueeze", ["mask", last], "mask3")
        count = self.node("ReduceSum", ["mask", words], "count", keepdims=1)
        return [self._mean(x, mask, count, words) for x in layers]

    def _mean(self, x: str, mask: str, count: str, words: str) -> str:
        kept = self.node("Mul", [x, mask], f"{x}.kept")
        total = self.node("ReduceSum", [kept, words], f"{x}.total", keepdims=0)
        return self.node("Div", [total, count], f"{x}.mean")


def build_graph(weights: Weights) -> onnx.ModelProto:
    """The graph: `x` float32[n, tokens, hidden] and `mask` float32[n, tokens] to `vector` float32[n, hidden].

    `layers` float32[n, 4 * hidden] are the means of the layers in `LAYERS`, side by side, not of unit length; `states`
    float32[n, tokens, hidden] are the tokens after the layer `WORDS_LAYER`, `final` those whose mean is the vector.
    """
    builder, hidden = GraphBuilder(weights), weights.shape.hidden
    builder.node("Cast", ["mask"], "keep", to=TensorProto.INT32)
    x = builder.norm("x", "emb.ln", "embedded")
    outs: list[str] = []
    for number in range(weights.shape.layers):
        x = builder.layer(x, number)
        outs.append(x)
    means = builder.means([outs[number] for number in LAYERS])
    builder.node("LpNormalization", [means[-1]], "vector", axis=-1, p=2)
    builder.node("Concat", means, "layers", axis=-1)
    builder.node("Identity", [outs[WORDS_LAYER]], "states")
    builder.node("Identity", [outs[-1]], "final")
    inputs = [
        helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", "tokens", hidden]),
        helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["n", "tokens"]),
    ]
    outputs = [
        helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["n", hidden]),
        helper.make_tensor_value_info("layers", TensorProto.FLOAT, ["n", len(LAYERS) * hidden]),
        helper.make_tensor_value_info("states", TensorProto.FLOAT, ["n", "tokens", hidden]),
        helper.make_tensor_value_info("final", TensorProto.FLOAT, ["n", "tokens", hidden]),
    ]
    graph = helper.make_graph(builder.nodes, "e5-small", inputs, outputs, builder.constants)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10)
