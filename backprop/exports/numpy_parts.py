"""What a NumPy script is put together from: each activation and loss as a student would type it."""

from __future__ import annotations

from collections.abc import Sequence

SIGMOID = '''\
def sigmoid(z):
    """Squash z into 0..1: 1 / (1 + e^-z), by whichever power of e is small."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)
'''
SOFTMAX = '''\
def softmax(z):
    """Share 1 out along the last axis: e^z_k / sum of all e^z, measured from the largest z."""
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
'''
LOG_SUM_EXP = '''\
def log_sum_exp(z):
    """Return ln of the sum of all e^z along the last axis, measured from the largest z."""
    top = z.max(axis=-1, keepdims=True)
    return top + np.log(np.exp(z - top).sum(axis=-1, keepdims=True))
'''

# name of an activation -> a of z; and da/dz of z and a, where the activation has one
ACTIVATE = {"sigmoid": "sigmoid({z})", "tanh": "np.tanh({z})", "relu": "np.maximum(0.0, {z})",
            "leaky_relu": "np.where({z} > 0, {z}, 0.01 * {z})", "linear": "1.0 * {z}", "softmax": "softmax({z})"}
SLOPE = {"sigmoid": "{a} * (1.0 - {a})", "tanh": "1.0 - {a} ** 2", "relu": "np.where({z} > 0, 1.0, 0.0)",
         "leaky_relu": "np.where({z} > 0, 1.0, 0.01)", "linear": "np.ones_like({z})"}
# name of a loss -> what each output adds to it; and dL/da of the gap a - t, where the loss is not fused
TERMS = {"half_squared_error": "0.5 * ({a} - t) ** 2", "squared_error": "({a} - t) ** 2",
         "binary_cross_entropy": "t * np.logaddexp(0.0, -{z}) + (1.0 - t) * np.logaddexp(0.0, {z})",
         "cross_entropy": "t * (log_sum_exp({z}) - {z})"}
LOSS_SLOPE = {"half_squared_error": "{gap}", "squared_error": "2.0 * ({gap})"}


def helpers(activations: Sequence[str], loss: str) -> list[str]:
    """Return the functions that a network with these needs."""
    wanted = [("sigmoid" in activations, SIGMOID), ("softmax" in activations, SOFTMAX),
              (loss == "cross_entropy", LOG_SUM_EXP)]
    return [text for needed, text in wanted if needed]
