"""The peers, each as something to time: the textbook's class, two engines in Node, a loop in C."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bench.peers.textbook_class import NeuralNetwork

HERE = Path(__file__).parent
XOR_X = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
XOR_Y = [[0.0], [1.0], [1.0], [0.0]]
RATE = 0.1


def textbook(epochs: int) -> Callable[[], None]:
    """Return a run of the textbook's class."""
    X, y = np.array(XOR_X), np.array(XOR_Y)

    def run() -> None:
        NeuralNetwork(2, 4, 1, RATE).train(X, y, epochs)
    return run


class NodeEngine:
    """An engine in a Node process of its own, which waits while others have their turn and measures itself."""

    def __init__(self, node: str, engine: str) -> None:
        """Start it. engine: brain.js or synaptic."""
        self.process = subprocess.Popen([node, HERE / "javascript_xor.js", engine], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, bufsize=1)

    def seconds(self, epochs: int) -> float:
        """Return what so many epochs take."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{epochs}\n")
        return float(self.process.stdout.readline().split()[0]) / 1e9

    def close(self) -> None:
        """End it."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait()


def c_compiler() -> str | None:
    """Return a C compiler, or None."""
    return next((found for name in ("gcc", "clang", "cc") if (found := shutil.which(name))), None)


def c_loop(compiler: str, folder: Path, epochs: int, *, tanh: bool) -> Callable[[], None]:
    """Compile bench/peers/xor_loop.c into a folder and return a run of it."""
    library = folder / ("xor_loop.dll" if os.name == "nt" else "xor_loop.so")
    if not library.exists():
        subprocess.run([compiler, "-O3", "-march=native", "-shared", "-fPIC", HERE / "xor_loop.c", "-o", library],
                       check=True)
    numbers = np.ctypeslib.ndpointer(np.float64)
    train = ctypes.CDLL(str(library)).train
    train.argtypes = [numbers, numbers, ctypes.c_double, ctypes.c_int64, numbers, ctypes.c_int64]
    train.restype = None
    parameters = np.random.default_rng(0).normal(size=17)
    targets, losses = np.ravel(XOR_Y), np.empty(epochs)

    def run() -> None:
        train(parameters.copy(), targets, RATE, epochs, losses, int(tanh))
    return run
