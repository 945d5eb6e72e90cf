"""Wrong input: a ValueError of one sentence that names the argument, what it got and what it takes."""

import numpy as np
import pytest

from backprop import Network, backward, forward, gradient_check

W = [[[0.1, 0.2], [0.3, 0.4]], [[0.5], [0.6]]]
B = [[0.0, 0.0], [0.0]]
NAMES = ["tanh", "sigmoid"]


def build(**changes):
    return Network(**({"weights": W, "biases": B, "activations": NAMES} | changes))


def draw(layers=(2, 1), activations=("sigmoid",), seed=0, **options):
    return Network.random(layers, activations=activations, seed=seed, **options)


def run(X=((1.0, 2.0),), y=((0.5,),), output="sigmoid", loss="half_squared_error", **options):
    net = build(activations=["tanh", output])
    return backward(net, forward(net, X), y, loss=loss, **options)


def update(**changes):
    options = {"grads": run(), "learning_rate": 1.0} | changes
    return build().updated(options["grads"], learning_rate=options["learning_rate"])


def softmax(y=((1.0, 0.0),), loss="cross_entropy"):
    net = draw((2, 2), ["softmax"])
    return backward(net, forward(net, [[1.0, 2.0]]), y, loss=loss)


def other_gradients():
    net = draw()
    return backward(net, forward(net, [[1.0, 2.0]]), [[0.5]], loss="squared_error")


REFUSED = [
    # call, the argument named, what it got, what it takes
    (lambda: build(weights=[]), "weights", "no layer", "at least one"),
    (lambda: build(weights=3), "weights", "3", "a matrix of shape (n_in, n_out) per layer"),
    (lambda: build(weights="ab"), "weights", "'ab'", "a matrix"),
    (lambda: build(weights=[W[0], [0.5, 0.6]]), "weights[1]", "shape (2,)", "shape (n_in, n_out)"),
    (lambda: build(weights=[W[0], [[0.5]]]), "weights[1]", "shape (1, 1)", "2 rows"),
    (lambda: build(weights=[[[0.1], [0.2, 0.3]], W[1]]), "weights[0]", "rows of unequal length", "a matrix"),
    (lambda: build(weights=[[["a", "b"]], W[1]]), "weights[0]", "[['a', 'b']]", "a matrix"),
    (lambda: build(weights=[[[1j]], W[1]]), "weights[0]", "1j", "a matrix"),
    (lambda: build(weights=[[[None]], W[1]]), "weights[0]", "None", "a matrix"),
    (lambda: build(weights=[[[0.1, np.nan], [0.3, 0.4]], W[1]]), "weights[0]", "nan at [0, 1]", "finite"),
    (lambda: build(weights=[W[0], [[0.5], [-np.inf]]]), "weights[1]", "-inf at [1, 0]", "finite"),
    (lambda: build(weights=[np.zeros((2, 0)), W[1]]), "weights[0]", "shape (2, 0)", "a matrix"),
    (lambda: build(biases=[[0.0, 0.0]]), "biases", "1", "2 vectors, one per layer of weights, or None"),
    (lambda: build(biases=0), "biases", "0", "2 vectors"),
    (lambda: build(biases=[[0.0], [0.0]]), "biases[0]", "shape (1,)", "shape (2,)"),
    (lambda: build(biases=[[0.0, np.nan], [0.0]]), "biases[0]", "nan", "finite"),
    (lambda: build(activations=["tanh"]), "activations", "1", "2 names"),
    (lambda: build(activations="tanh"), "activations", "'tanh'", "2 names"),
    (lambda: build(activations=["tanh", "swish"]), "activations[1]", "'swish'", "one of sigmoid, tanh, relu"),
    (lambda: build(activations=["tanh", ["tanh"]]), "activations[1]", "['tanh']", "one of sigmoid, tanh, relu"),
    (lambda: build(activations=["softmax", "sigmoid"]), "activations[0]", "'softmax'", "in the last layer only"),
    (lambda: draw(layers=[2]), "layers", "[2]", "two or more widths"),
    (lambda: draw(layers=4), "layers", "4", "two or more widths"),
    (lambda: draw(layers=[2, 0]), "layers[1]", "0", "1 or more"),
    (lambda: draw(layers=[2.0, 1]), "layers[0]", "2.0", "a whole number"),
    (lambda: draw(layers=[True, 1]), "layers[0]", "True", "a whole number"),
    (lambda: draw(initializer="lecun"), "initializer", "'lecun'", "one of xavier, he, normal"),
    (lambda: draw(seed=-1), "seed", "-1", "0 or more"),
    (lambda: draw(seed=1.5), "seed", "1.5", "a whole number"),
    (lambda: draw(seed=None), "seed", "None", "a whole number"),
    (lambda: draw(initializer="normal", scale=-1.0), "scale", "-1.0", "0 or more"),
    (lambda: draw(initializer="constant", scale=np.inf), "scale", "inf", "a finite number"),
    (lambda: draw(initializer="zeros", scale=1.0), "scale", "1.0", "None with the initializer 'zeros'"),
    (lambda: run(X=[1.0, 2.0]), "X", "shape (2,)", "shape (samples, 2)"),
    (lambda: run(X=[[1.0, 2.0, 3.0]]), "X", "shape (1, 3)", "shape (samples, 2)"),
    (lambda: run(X=np.zeros((0, 2))), "X", "shape (0, 2)", "shape (samples, 2)"),
    (lambda: run(X=[[1.0, np.nan]]), "X", "nan at [0, 1]", "finite"),
    (lambda: run(X="x"), "X", "'x'", "shape (samples, 2)"),
    (lambda: run(X={"x": 1}), "X", "{'x': 1}", "shape (samples, 2)"),
    (lambda: run(y=[0.5]), "y", "shape (1,)", "shape (1, 1)"),
    (lambda: run(y=[[0.5], [0.5]]), "y", "shape (2, 1)", "shape (1, 1)"),
    (lambda: run(y=[[np.inf]]), "y", "inf", "finite"),
    (lambda: run(y=[[1.5]], loss="binary_cross_entropy"), "y", "1.5", "from 0 to 1"),
    (lambda: run(y=[[-0.1]], loss="binary_cross_entropy"), "y", "-0.1", "from 0 to 1"),
    (lambda: softmax(y=[[0.5, 0.4]]), "y", "sums to 0.9", "sum to 1"),
    (lambda: softmax(y=[[2.0, -1.0]]), "y", "2.0", "from 0 to 1"),
    (lambda: run(loss="hinge"), "loss", "'hinge'", "one of half_squared_error, squared_error"),
    (lambda: run(loss=None), "loss", "None", "one of half_squared_error"),
    (lambda: run(output="tanh", loss="binary_cross_entropy"), "loss", "after a layer of tanh", "sigmoid only"),
    (lambda: run(loss="cross_entropy"), "loss", "after a layer of sigmoid", "softmax only"),
    (lambda: softmax(loss="squared_error"), "loss", "'squared_error' after a layer of softmax", "cross_entropy"),
    (lambda: run(reduction="median"), "reduction", "'median'", "one of mean, sum"),
    (lambda: backward(build(), None, [[0.5]], loss="squared_error"), "passed", "None", "what forward returns"),
    (lambda: backward(draw(), forward(build(), [[1.0, 2.0]]), [[0.5]], loss="squared_error"),
     "passed", "layers (2, 2, 1)", "(2, 1)"),
    (lambda: update(learning_rate=-1.0), "learning_rate", "-1.0", "0 or more"),
    (lambda: update(learning_rate=np.nan), "learning_rate", "nan", "a finite number"),
    (lambda: update(learning_rate="fast"), "learning_rate", "'fast'", "a finite number"),
    (lambda: update(learning_rate=10**400), "learning_rate", "1000", "a finite number"),
    (lambda: update(grads=other_gradients()), "grads", "[(2, 1)]", "[(2, 2), (2, 1)]"),
    (lambda: update(grads=None), "grads", "None", "what backward returns"),
    (lambda: build(biases=None).updated(run(), learning_rate=1.0), "grads", "biases of shapes [(2,), (1,)]", "None"),
    (lambda: gradient_check(build(), [[1.0, 2.0]], [[0.5]], loss="squared_error", gradients=other_gradients()),
     "gradients", "[(2, 1)]", "[(2, 2), (2, 1)]"),
    (lambda: gradient_check(build(), [[1.0]], [[0.5]], loss="squared_error"), "X", "shape (1, 1)", "(samples, 2)"),
    (lambda: gradient_check(build(), [[1.0, 2.0]], [[0.5]], loss="hinge"), "loss", "'hinge'", "one of"),
]


@pytest.mark.parametrize(("call", "argument", "got", "takes"), REFUSED,
                         ids=[f"{number}-{row[1]}" for number, row in enumerate(REFUSED)])
def test_it_says_what_it_got_and_what_it_takes(call, argument, got, takes):
    with pytest.raises(ValueError, match=r"^[^\n]*\.$") as refused:
        call()
    said = str(refused.value)
    before, _, after = said.partition(", but takes ")
    assert before.startswith(f"{argument} got ")
    assert got in before
    assert takes in after


def test_a_passed_or_target_is_refused_before_any_arithmetic():
    X = np.array([[1.0, 2.0]])
    with pytest.raises(ValueError, match="y got"):
        run(X=X, y=[[0.5, 0.5]])
    assert X.flags.writeable
