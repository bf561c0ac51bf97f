"""What the penalties l1 and l2 do to weights. The engine has one place for each."""

from __future__ import annotations

from collections.abc import Mapping

AFTER_THE_STEP = "playground"
"""TensorFlow Playground's, after its nn.ts: not in the loss, but taken off the weights when the optimizer has stepped.

L2 is half, rate · w² / 2, and L1 stops a weight that would cross zero there, for ever. Of other optimizers than plain
SGD this is what is called decoupled (Loshchilov and Hutter 2019).
"""
REGULARIZATIONS: Mapping[str, str] = {
    "keras": "Keras (in the loss)",
    AFTER_THE_STEP: "TensorFlow Playground",
}
