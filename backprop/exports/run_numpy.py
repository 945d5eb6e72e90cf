"""A training run as a NumPy program: backpropagation by hand, over all samples at once, and the optimisers."""

from __future__ import annotations

from ..losses import LOSSES
from ..run_spec import LaneSpec, RunSpec
from . import literals, numpy_parts, pass_parts, run_parts
from .forward_parts import sent, sum_into
from .numpy_parts import ACTIVATE, LOSS_SLOPE, SLOPE, TERMS

OPTIMIZERS = {
    "sgd": '''\
def sgd(w, g, memory, rate, step):
    """Step down the slope."""
    return w - rate * g
''',
    "momentum": '''\
def momentum(w, g, memory, rate, step, momentum):
    """Roll on, pushed by the slope."""
    memory["v"] = momentum * memory.get("v", 0.0) + g
    return w - rate * memory["v"]
''',
    "nesterov": '''\
def nesterov(w, g, memory, rate, step, momentum):
    """Roll on, and lean into the next roll."""
    memory["v"] = momentum * memory.get("v", 0.0) + g
    return w - rate * (g + momentum * memory["v"])
''',
    "rmsprop": '''\
def rmsprop(w, g, memory, rate, step, alpha, epsilon):
    """Measure each slope by its usual size."""
    memory["s"] = alpha * memory.get("s", 0.0) + (1.0 - alpha) * g ** 2
    return w - rate * g / (np.sqrt(memory["s"]) + epsilon)
''',
    "adam": '''\
def adam(w, g, memory, rate, step, beta1, beta2, epsilon):
    """Step by the mean slope over its usual size, both corrected for having begun at 0."""
    memory["m"] = beta1 * memory.get("m", 0.0) + (1.0 - beta1) * g
    memory["s"] = beta2 * memory.get("s", 0.0) + (1.0 - beta2) * g ** 2
    mean, square = memory["m"] / (1.0 - beta1 ** step), memory["s"] / (1.0 - beta2 ** step)
    return w - rate * mean / (np.sqrt(square) + epsilon)
''',
}

TRAIN = '''\
def train(lane, parameters, update, rate, hyper):
    """Train one lane, and print what becomes of it."""
    memories = [{} for _ in parameters]
    step = 0
    for epoch in range(EPOCHS + 1):
        loss, answers, gradients = loss_and_gradients(parameters, X, T)
        if not np.isfinite(loss) or not all(np.isfinite(w).all() for w in parameters):
            print(f"lane {lane} diverges at epoch {epoch}")
            return
        if epoch % EVERY == 0 or epoch == EPOCHS:
            print(f"lane {lane}, epoch {epoch}: loss = {float(loss)!r}")
        if epoch == EPOCHS:
            break
STEP
    for row, answer in enumerate(answers, start=1):
        for node, value in zip(OUTPUTS, answer):
            print(f"lane {lane}, row {row}: {node} = {float(value)!r}")
'''
WHOLE = '''\
        step += 1
        parameters = [update(w, g, memory, rate, step, **hyper)
                      for w, g, memory in zip(parameters, gradients, memories)]'''
BATCHED = '''\
        for rows in batches(epoch):
            step += 1
            gradients = loss_and_gradients(parameters, X[rows], T[rows])[2]
            parameters = [update(w, g, memory, rate, step, **hyper)
                          for w, g, memory in zip(parameters, gradients, memories)]'''
QUIET = 'np.seterr(all="ignore")  # numbers that run away become infinite; training notices\n'


def run_numpy_script(spec: RunSpec, epochs: int) -> str:
    """Return a program that trains every lane for `epochs` epochs and prints losses and final outputs."""
    name = f"backprop_run_{epochs}_numpy.py"
    functions = [OPTIMIZERS[name] for name in OPTIMIZERS if any(lane.optimizer == name for lane in spec.lanes)]
    batched = run_parts.batched(spec)
    parts = [run_parts.opening(spec, "backpropagation by hand, with NumPy", epochs, name), "import numpy as np\n",
             QUIET, run_parts.data(spec, "np.array", epochs), run_parts.starts(spec, "np.array"),
             *numpy_parts.helpers(spec.activations, spec.loss), loss_and_gradients(spec), *functions,
             *([run_parts.ORDER] if batched else []), TRAIN.replace("STEP", BATCHED if batched else WHOLE),
             "".join(_call(spec, lane, number) for number, lane in enumerate(spec.lanes))]
    return pass_parts.joined(parts)


def loss_and_gradients(spec: RunSpec) -> str:
    """Return the function that sends samples forward and their blame back."""
    last = len(spec.activations)
    lines = ["def loss_and_gradients(parameters, x, t):",
             '    """Return the loss of some samples, what is answered to each, and every parameter\'s gradient."""',
             f"    {run_parts.unpacked(spec)} = parameters"]
    for layer, kind in enumerate(spec.activations, start=1):
        lines += [f"    z{layer} = {sum_into(layer, spec.biases)}",
                  f"    a{layer} = {ACTIVATE[kind].format(z=f'z{layer}')}"]
    terms = TERMS[spec.loss].format(z=f"z{last}", a=f"a{last}")
    lines += [f"    loss = np.sum({terms}){run_parts.share(spec)}", ""]
    for layer in range(last, 0, -1):
        lines.append(f"    delta{layer} = {_delta(spec, layer)}")
        lines.append(f"    grad_W{layer} = {sent(layer)}.T @ delta{layer}")
        lines += [f"    grad_b{layer} = delta{layer}.sum(axis=0)"] if spec.biases else []
    gradients = ", ".join(f"grad_{name}" for name in run_parts.parameters(spec))
    return "\n".join([*lines, f"    return loss, a{last}, [{gradients}]"]) + "\n"


def _delta(spec: RunSpec, layer: int) -> str:
    z, a, last = f"z{layer}", f"a{layer}", len(spec.activations)
    if layer == last and LOSSES[spec.loss].fused_with:
        return f"({a} - t){run_parts.share(spec)}"
    slope = SLOPE[spec.activations[layer - 1]].format(z=z, a=a)
    gap = f"{a} - t"
    blame = f"({LOSS_SLOPE[spec.loss].format(gap=gap)}){run_parts.share(spec)}" if layer == last \
        else f"(delta{layer + 1} @ W{layer + 1}.T)"
    return f"{blame} * ({slope})"


def _call(spec: RunSpec, lane: LaneSpec, number: int) -> str:
    hyper = ", ".join(f'"{name}": {literals.number(value)}' for name, value in run_parts.hyper(lane).items())
    return (f"train({number + 1}, STARTS[{number}], {lane.optimizer}, {literals.number(lane.learning_rate)}, "
            f"{{{hyper}}})\n")
