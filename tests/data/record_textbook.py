"""Record what the textbook's class does on XOR, the reference of tests/unit/test_run_presets.py; no test runs this.

    .venv/bin/python tests/data/record_textbook.py

It writes textbook_xor.json beside itself. The class is a short one of plain NumPy, as many courses print it: 2→4→1, all
sigmoid, random normal weights, biases from 0, learning rate 0.1, all four rows in every epoch, 10,000 epochs. Its
arithmetic is repeated here step by step and knows nothing of our engine. It speaks of error terms, (target - output)
times the slope, and so adds where we subtract. Its loss is the mean of the squares; its steps are those of the sum
of half the squares, which with four rows is twice as large.
"""

import json
from pathlib import Path

import numpy as np

RATE, EPOCHS, KEPT = 0.1, 10_000, (0, 1, 10, 100, 1000, 5000, 10_000)
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
Y = np.array([[0], [1], [1], [0]], dtype=float)


def sigmoid(z):
    """Squash to 0..1."""
    return 1 / (1 + np.exp(-z))


def sigmoid_slope(output):
    """Return the slope, given what the sigmoid gave."""
    return output * (1 - output)


class Textbook:
    """The class."""

    def __init__(self, rng):
        """Draw the weights."""
        self.W1, self.b1 = rng.normal(0.0, 1.0, (2, 4)), np.zeros((1, 4))
        self.W2, self.b2 = rng.normal(0.0, 1.0, (4, 1)), np.zeros((1, 1))

    def forward(self):
        """Send all rows forward."""
        self.hidden = sigmoid(np.dot(X, self.W1) + self.b1)
        self.output = sigmoid(np.dot(self.hidden, self.W2) + self.b2)

    def backward(self):
        """Send the error terms back, then move everything at once."""
        output_error = Y - self.output
        output_delta = output_error * sigmoid_slope(self.output)
        hidden_error = output_delta.dot(self.W2.T)
        hidden_delta = hidden_error * sigmoid_slope(self.hidden)
        self.W2 += self.hidden.T.dot(output_delta) * RATE
        self.b2 += np.sum(output_delta, axis=0, keepdims=True) * RATE
        self.W1 += X.T.dot(hidden_delta) * RATE
        self.b1 += np.sum(hidden_delta, axis=0, keepdims=True) * RATE

    def loss(self):
        """Return the mean of the squares."""
        return float(np.mean((Y - self.output) ** 2))


def main():
    """Train, and keep what the test reads."""
    network = Textbook(np.random.default_rng(0))
    kept = []
    for epoch in range(EPOCHS + 1):
        network.forward()
        if epoch in KEPT:
            kept.append({"epoch": epoch, "weights": [network.W1.tolist(), network.W2.tolist()],
                         "biases": [network.b1[0].tolist(), network.b2[0].tolist()],
                         "outputs": network.output.tolist(), "mean_squared_error": network.loss()})
        network.backward()
    text = json.dumps({"script": "tests/data/record_textbook.py", "numpy": np.__version__, "learning_rate": RATE,
                       "x": X.tolist(), "y": Y.tolist(), "epochs": kept}, separators=(",", ":"))
    recorded = Path(__file__).with_name("textbook_xor.json")
    recorded.write_text(text.replace('{"epoch"', '\n{"epoch"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
