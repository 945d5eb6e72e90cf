"""What a single neuron can do about XOR: nothing, and why.

The neuron: z = w1 A + w2 B + b, output sigmoid(z), binary cross-entropy, mean over the four rows.

1. A row's loss is ln(1 + e^-z) or ln(1 + e^z). Both are convex in z, and z is linear in (w1, w2, b): the mean loss is
   convex in the weights. It has no valley but one: where its gradient is zero, it is as low as it gets.
2. At w1 = w2 = b = 0 every output is 1/2, so delta = (1/2 - t) / 4 is +1/8 for rows 00 and 11, -1/8 for 01 and 10.
   dL/db sums all four, dL/dw1 those with A = 1, dL/dw2 those with B = 1: each sum has as many of either sign, so it
   is zero.
3. So this is the best: an output of 1/2 for every row, a shrug, and a loss of ln 2.

The same for any optimiser, any rate and any start (Minsky and Papert 1969 tell it in terms of lines).
"""

from __future__ import annotations

import math

PERCEPTRON_BEST: float = math.log(2.0)
"""The lowest mean binary cross-entropy that a single neuron can reach on XOR: 0.693."""
