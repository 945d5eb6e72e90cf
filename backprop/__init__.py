"""Backpropagation where every number can be asked where it came from.

The engine does no input or output and knows no web framework; only `backprop.serving` does.
"""

from .activations import ACTIVATIONS, Activation
from .gradcheck import CheckReport, gradient_check
from .initializers import INITIALIZERS, Initializer
from .losses import LOSSES, REDUCTIONS, Loss
from .network import Network
from .passes import Gradients, Passed, backward, forward
from .tape import Tape, trace

__all__ = [
    "ACTIVATIONS", "INITIALIZERS", "LOSSES", "REDUCTIONS",
    "Activation", "CheckReport", "Gradients", "Initializer", "Loss", "Network", "Passed", "Tape",
    "backward", "forward", "gradient_check", "trace",
]
