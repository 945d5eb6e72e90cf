"""The words of the lesson: a definition each, of at most forty words, its formula, and what shows an instance of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Convention:
    """Hold how a word reads where another convention is in force: what the meaning ends with, and the formula.

    name: of the convention. first, other: its two values; `ends` and the word's own formula go with the first.
    """

    name: str
    first: str
    other: str
    ends: str = ""
    other_ends: str = ""
    other_tex: str = ""
    other_plain: str = ""


SIGN, HALF = ("sign", "gradient", "error_term"), ("half", "half", "whole")
REDUCTION = ("reduction", "mean", "sum")


@dataclass(frozen=True)
class Word:
    """Hold one term. tex, plain: its formula, typeset and as text. show: what is set up; shown: the button's words."""

    id: str
    term: str
    meaning: str
    tex: str = ""
    plain: str = ""
    show: str = ""
    shown: str = "Show me"
    convention: Convention | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the fields, for the template."""
        return asdict(self)


WORDS: tuple[Word, ...] = (
    Word("backpropagation", "Backpropagation",
         "The bookkeeping that finds every weight’s gradient in one sweep from the loss back to the inputs, "
         "reusing at each neuron what was worked out behind it. It changes nothing by itself.",
         show="backward"),
    Word("descent", "Gradient descent",
         "What is done with the gradients: move every weight a little against its own, all at once, and start again.",
         r"w \leftarrow w - \eta \, \frac{\partial L}{\partial w}", "w ← w − η ∂L/∂w", "roll", "Let the ball step",
         Convention(
             *SIGN, other_tex=r"w \leftarrow w + \eta \left(-\frac{\partial L}{\partial w}\right)",
             other_plain="w ← w + η (−∂L/∂w)")),
    Word("loss", "Loss function",
         "The rule that turns the gap between what the network said and what you wanted into one number, "
         "zero when there is no gap.",
         r"L = \tfrac{1}{2} (a - t)^2", "L = ½ (a − t)²", "loss", "Measure it", Convention(
             *HALF, "Here: half the squared gap.", "Here: the squared gap.", r"L = (a - t)^2", "L = (a − t)²")),
    Word("rate", "Learning rate",
         "How far to move for each unit of gradient. Too small and learning crawls; too large and every step "
         "overshoots the valley it was meant to go down.",
         r"\Delta w = -\eta \, \frac{\partial L}{\partial w}", "Δw = −η ∂L/∂w", "race", "Race three of them",
         Convention(
             *SIGN, other_tex=r"\Delta w = \eta \left(-\frac{\partial L}{\partial w}\right)",
             other_plain="Δw = η (−∂L/∂w)")),
    Word("gradient", "Gradient",
         "How much the loss rises when one weight rises a little and all others stay. Its sign says which way "
         "is downhill, its size how steep it is.",
         r"\frac{\partial L}{\partial w_{ij}} = a_i \, \delta_j", "∂L/∂w = a δ", "slope", "See it as a slope",
         Convention(
             *SIGN, other_tex=r"-\frac{\partial L}{\partial w_{ij}} = a_i \, \delta_j", other_plain="−∂L/∂w = a δ")),
    Word("chain", "Chain rule",
         "If y moves with x and z moves with y, the two rates multiply. Blame travels back through the network by "
         "this rule alone, one factor per edge and neuron.",
         r"\frac{dz}{dx} = \frac{dz}{dy} \cdot \frac{dy}{dx}", "dz/dx = dz/dy · dy/dx", "chain", "Open a chain"),
    Word("delta", "Delta",
         "The blame that gets past a neuron’s slope, to its sum: how much the loss rises when the sum rises a little.",
         r"\delta_j = \frac{\partial L}{\partial z_j}", "δ = ∂L/∂z", "delta", convention=Convention(
             *SIGN, "The textbook’s error term is the same number with the other sign.",
             "It is written as the error term: minus that.", r"\delta_j = -\frac{\partial L}{\partial z_j}",
             "δ = −∂L/∂z")),
    Word("slope", "Slope",
         "How steep a curve is: how much it rises for each unit to the right. A neuron’s slope is that of its "
         "activation at its sum; its blame is multiplied by it.",
         r"\frac{\partial a}{\partial z} = a (1 - a) \text{ for the sigmoid}", "∂a/∂z = a (1 − a) for the sigmoid",
         "product"),
    Word("activation", "Activation",
         "The curve through which a neuron sends its sum. Without it, any number of layers could do no more than one. "
         "The sigmoid squashes every sum into 0 to 1.",
         r"\sigma(z) = \frac{1}{1 + e^{-z}}", "σ(z) = 1 / (1 + e^−z)", "activation"),
    Word("weight", "Weight",
         "The number on an edge: what a value is multiplied by on its way. Weights are all that learning changes, and "
         "biases.",
         r"z_j = \sum_i w_{ij} \, a_i + b_j", "z = Σ w a + b", "forward"),
    Word("bias", "Bias",
         "A number added to a neuron’s sum: the weight of an edge from a neuron that always says 1, so",
         r"\frac{\partial L}{\partial b_j} = \delta_j", "∂L/∂b = δ", "biases", "Switch biases on",
         Convention(*SIGN, "its gradient is delta times 1.", "minus its gradient is delta times 1.",
                    r"-\frac{\partial L}{\partial b_j} = \delta_j", "−∂L/∂b = δ")),
    Word("sample", "Sample",
         "One row of the data: its inputs, and the answers wanted for them. One pass takes one sample.",
         show="forward", shown="Send one through"),
    Word("epoch", "Epoch",
         "One trip through all samples. With four rows of XOR in one batch, an epoch is four passes,",
         show="xor", shown="Count them", convention=Convention(
             *REDUCTION, "averaged, and one move.", "added up, and one move.")),
)
