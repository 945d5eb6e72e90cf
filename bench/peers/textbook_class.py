"""The class that textbooks teach XOR with, in its usual plain style: a yardstick of bench/training.py."""

from __future__ import annotations

from typing import Any

import numpy as np


def sigmoid(x: Any) -> Any:
    """Squash x into 0..1."""
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x: Any) -> Any:
    """Return the slope where the sigmoid is x."""
    return x * (1 - x)


class NeuralNetwork:
    """Hold one hidden layer and train it on all samples at once."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int, learning_rate: float = 0.1) -> None:
        """Draw the weights."""
        self.weights_input_hidden = np.random.default_rng(0).normal(size=(input_size, hidden_size))
        self.weights_hidden_output = np.random.default_rng(1).normal(size=(hidden_size, output_size))
        self.bias_hidden = np.zeros((1, hidden_size))
        self.bias_output = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def feedforward(self, X: Any) -> Any:
        """Send the samples forward."""
        self.hidden_input = np.dot(X, self.weights_input_hidden) + self.bias_hidden
        self.hidden_output = sigmoid(self.hidden_input)
        self.final_input = np.dot(self.hidden_output, self.weights_hidden_output) + self.bias_output
        self.final_output = sigmoid(self.final_input)
        return self.final_output

    def backward(self, X: Any, y: Any) -> None:
        """Send the error back and move the weights."""
        output_error = y - self.final_output
        output_delta = output_error * sigmoid_derivative(self.final_output)
        hidden_error = np.dot(output_delta, self.weights_hidden_output.T)
        hidden_delta = hidden_error * sigmoid_derivative(self.hidden_output)
        self.weights_hidden_output += self.learning_rate * np.dot(self.hidden_output.T, output_delta)
        self.bias_output += self.learning_rate * np.sum(output_delta, axis=0, keepdims=True)
        self.weights_input_hidden += self.learning_rate * np.dot(X.T, hidden_delta)
        self.bias_hidden += self.learning_rate * np.sum(hidden_delta, axis=0, keepdims=True)

    def train(self, X: Any, y: Any, epochs: int) -> list[float]:
        """Return the loss of every epoch."""
        losses = []
        for _ in range(epochs):
            self.feedforward(X)
            self.backward(X, y)
            losses.append(np.mean(np.square(y - self.final_output)))
        return losses
