"""Record PyTorch's own steps, the reference of tests/unit/test_optimizers.py; run once, never by the tests.

In an environment of its own, with PyTorch (recorded with 2.13.0, CPU):
    python tests/data/record_optimizers.py

It writes optimizers.json beside itself:
    gradient sequences: `start` (2 x 3), the 20 `gradients`, and for each case the parameters after every step;
    networks: 2-4-1, tanh and sigmoid, the four rows of XOR, the first weights and biases, and for each case the loss
    before every step and the parameters after it. Parameters are flat: W[0] row by row, b[0], W[1], b[1];
    defaults: what PyTorch takes for RMSprop and Adam where nothing is said.
"""

import json
from pathlib import Path

import torch

STEPS = 20
XOR_X, XOR_Y = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], [[0.0], [1.0], [1.0], [0.0]]

SETTINGS = [
    ("sgd", 0.5, {}),
    ("sgd", 0.003, {}),
    ("momentum", 0.1, {"momentum": 0.9}),
    ("momentum", 0.7, {"momentum": 0.35}),
    ("nesterov", 0.1, {"momentum": 0.9}),
    ("nesterov", 0.7, {"momentum": 0.35}),
    ("rmsprop", 0.01, {"alpha": 0.99, "epsilon": 1e-8}),
    ("rmsprop", 0.05, {"alpha": 0.6, "epsilon": 1e-3}),
    ("adam", 0.02, {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}),
    ("adam", 0.1, {"beta1": 0.6, "beta2": 0.8, "epsilon": 1e-2}),
    ("adam", 0.001, {"beta1": 0.3, "beta2": 0.95, "epsilon": 1e-12}),
]
LOSSES = [("binary_cross_entropy", "mean"), ("half_squared_error", "sum")]


def optimizer_of(name, parameters, rate, hyper):
    """Return PyTorch's optimiser of our name."""
    match name:
        case "sgd" | "momentum" | "nesterov":
            return torch.optim.SGD(parameters, lr=rate, momentum=hyper.get("momentum", 0), nesterov=name == "nesterov")
        case "rmsprop":
            return torch.optim.RMSprop(parameters, lr=rate, alpha=hyper["alpha"], eps=hyper["epsilon"])
        case "adam":
            return torch.optim.Adam(parameters, lr=rate, betas=(hyper["beta1"], hyper["beta2"]), eps=hyper["epsilon"])


def torch_defaults():
    """Return what PyTorch takes where nothing is said, by our names."""
    parameter = [torch.zeros(1)]
    rmsprop, adam = torch.optim.RMSprop(parameter).defaults, torch.optim.Adam(parameter).defaults
    return {"rmsprop": {"alpha": rmsprop["alpha"], "epsilon": rmsprop["eps"]},
            "adam": {"beta1": adam["betas"][0], "beta2": adam["betas"][1], "epsilon": adam["eps"]}}


def drawn_gradients(generator):
    """Return 20 gradients of very unequal sizes, with exact zeros at the start and in the middle."""
    sizes = torch.tensor([[1.0, 1e-3, 1e-9], [30.0, 1.0, 1.0]])
    gradients = torch.randn(STEPS, 2, 3, generator=generator) * sizes
    gradients[0, 1, 1] = 0.0
    gradients[7:10, 1, 2] = 0.0
    return gradients


def after_gradients(start, gradients, name, rate, hyper):
    """Return the parameters after each step of a given sequence of gradients, flat."""
    parameter = start.clone().requires_grad_(True)
    optimizer = optimizer_of(name, [parameter], rate, hyper)
    steps = []
    for gradient in gradients:
        parameter.grad = gradient.clone()
        optimizer.step()
        steps.append(parameter.detach().flatten().tolist())
    return steps


def trained(start, name, rate, hyper, loss, reduction):
    """Return the loss before each step and the parameters after it, of the network on XOR."""
    w0, b0, w1, b1 = parameters = [p.clone().requires_grad_(True) for p in start]
    optimizer = optimizer_of(name, parameters, rate, hyper)
    x, y = torch.tensor(XOR_X), torch.tensor(XOR_Y)
    losses, steps = [], []
    for _ in range(STEPS):
        optimizer.zero_grad()
        z = torch.tanh(x @ w0 + b0) @ w1 + b1
        if loss == "binary_cross_entropy":
            value = torch.nn.functional.binary_cross_entropy_with_logits(z, y, reduction=reduction)
        else:
            value = (0.5 * (torch.sigmoid(z) - y) ** 2).sum()
        value.backward()
        losses.append(value.item())
        optimizer.step()
        steps.append([number for p in parameters for number in p.detach().flatten().tolist()])
    return losses, steps


def main():
    """Draw the starts, let PyTorch step, and write what it did."""
    torch.set_default_dtype(torch.float64)
    generator = torch.Generator().manual_seed(20251122)
    start = torch.randn(2, 3, generator=generator)
    gradients = drawn_gradients(generator)
    weights = [torch.randn(*shape, generator=generator) * 0.8 for shape in [(2, 4), (4,), (4, 1), (1,)]]

    sequence_cases = [{"optimizer": name, "learning_rate": rate, "hyper": hyper,
                       "parameters": after_gradients(start, gradients, name, rate, hyper)}
                      for name, rate, hyper in SETTINGS]
    network_cases = []
    for index, (name, rate, hyper) in enumerate(SETTINGS):
        loss, reduction = LOSSES[index % 2]
        losses, steps = trained(weights, name, rate, hyper, loss, reduction)
        network_cases.append({"optimizer": name, "learning_rate": rate, "hyper": hyper, "loss": loss,
                              "reduction": reduction, "losses": losses, "parameters": steps})

    recorded = {
        "defaults": torch_defaults(),
        "source": f"PyTorch {torch.__version__}, float64, CPU",
        "script": "tests/data/record_optimizers.py",
        "sequence": {"start": start.tolist(), "gradients": gradients.tolist(), "cases": sequence_cases},
        "network": {"X": XOR_X, "y": XOR_Y, "weights": [weights[0].tolist(), weights[2].tolist()],
                    "biases": [weights[1].tolist(), weights[3].tolist()], "activations": ["tanh", "sigmoid"],
                    "cases": network_cases},
    }
    text = json.dumps(recorded, allow_nan=False)
    Path(__file__).with_name("optimizers.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
