"""What a PyTorch script is put together from."""

from __future__ import annotations

IMPORTS = '''\
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)  # as the page computes
'''

# name of an activation -> a of z
ACTIVATE = {"sigmoid": "torch.sigmoid({z})", "tanh": "torch.tanh({z})", "relu": "torch.relu({z})",
            "leaky_relu": "F.leaky_relu({z}, 0.01)", "linear": "1.0 * {z}", "softmax": "torch.softmax({z}, dim=-1)"}
# name of a loss -> what each output adds to it
TERMS = {"half_squared_error": "0.5 * ({a} - t) ** 2", "squared_error": "({a} - t) ** 2",
         "binary_cross_entropy": 'F.binary_cross_entropy_with_logits({z}, t, reduction="none")',
         "cross_entropy": "-t * torch.log_softmax({z}, dim=-1)"}


def imports(text: str) -> str:
    """Return the imports that a script of this text needs."""
    return IMPORTS if "F." in text else IMPORTS.replace("import torch.nn.functional as F\n", "")
