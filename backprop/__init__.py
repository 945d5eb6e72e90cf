"""Backpropagation where every number can be asked where it came from.

The engine does no input or output and knows no web framework; only `backprop.serving` does.
"""

from .activations import ACTIVATIONS, Activation
from .gradcheck import CheckReport, gradient_check
from .initializers import INITIALIZERS, Initializer
from .losses import LOSSES, REDUCTIONS, Loss
from .network import Network
from .optimizers import OPTIMIZERS, Optimizer
from .passes import Gradients, Passed, backward, forward
from .run import Chunk, run
from .run_spec import RunSpec, read_run_spec
from .signs import SIGNS, Sign
from .tape import Tape, trace

__all__ = [
    "ACTIVATIONS", "INITIALIZERS", "LOSSES", "OPTIMIZERS", "REDUCTIONS", "SIGNS",
    "Activation", "CheckReport", "Chunk", "Gradients", "Initializer", "Loss", "Network", "Optimizer", "Passed",
    "RunSpec", "Sign", "Tape",
    "backward", "forward", "gradient_check", "read_run_spec", "run", "trace",
]
