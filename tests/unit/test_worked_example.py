"""Start here: one step of backpropagation, worked by hand.

The textbook's network 2→2→1: sigmoid everywhere, no biases, loss 1/2 (a - t)^2, learning rate 1.

    x1 = 0.35 --0.2--> h1 --0.3--> o1      x1 --0.3--> h2      target t = 0.5
    x2 = 0.70 --0.2--> h1                  x2 --0.3--> h2 --0.9--> o1

The numbers in the comments are rounded; the exact ones in tests/data were computed with 30 digits. Some
that the textbook prints differ: they do not follow from its own inputs.
"""

import json
from pathlib import Path

import pytest

from backprop import Network, backward, forward

DATA = Path(__file__).parents[1] / "data" / "worked_example_2_2_1.json"
EXACT = {value["name"]: value["exact"] for value in json.loads(DATA.read_text(encoding="utf-8"))["values"]}

X = [[0.35, 0.7]]
T = [[0.5]]


def textbook() -> Network:
    #              to h1  to h2
    w_hidden = [[0.2, 0.3],  # from x1
                [0.2, 0.3]]  # from x2
    w_output = [[0.3],  # from h1 to o1
                [0.9]]  # from h2
    return Network(weights=[w_hidden, w_output], biases=None, activations=["sigmoid", "sigmoid"])


def exactly(*names):
    return pytest.approx([EXACT[name] for name in names], rel=1e-12, abs=0)


def test_forward_pass():
    passed = forward(textbook(), X)
    # z_h1 = 0.35 * 0.2 + 0.7 * 0.2 = 0.21      z_h2 = 0.35 * 0.3 + 0.7 * 0.3 = 0.315
    assert passed.z[0][0] == exactly("a1", "a2")  # the textbook writes a for our z, and y for our a
    # a_h1 = 1 / (1 + e^-0.21) = 0.5523         a_h2 = 1 / (1 + e^-0.315) = 0.5781
    assert passed.a[1][0] == exactly("y3", "y4")
    # z_o1 = 0.3 * 0.5523 + 0.9 * 0.5781 = 0.6860
    assert passed.z[1][0] == exactly("a3")
    # a_o1 = 1 / (1 + e^-0.6860) = 0.6651
    assert passed.output[0] == exactly("y5")


def test_backward_pass():
    net = textbook()
    passed = forward(net, X)
    grads = backward(net, passed, T, loss="half_squared_error")
    # L = 1/2 (0.6651 - 0.5)^2 = 0.0136
    assert grads.loss == pytest.approx(EXACT["error"] ** 2 / 2, rel=1e-12)
    # dL/da_o1 = 0.6651 - 0.5 = 0.1651 (the textbook's error is t - a, so its sign is the other one, here and below)
    assert passed.output[0] - T[0] == pytest.approx([-EXACT["error"]], rel=1e-12)
    # delta_o1 = 0.1651 * slope, slope = 0.6651 (1 - 0.6651) = 0.2228, so 0.0368
    assert -grads.delta[1][0] == exactly("delta5")
    # delta_h1 = w * delta_o1 * slope = 0.3 * 0.0368 * 0.5523 (1 - 0.5523) = 0.00273
    # delta_h2 =                        0.9 * 0.0368 * 0.5781 (1 - 0.5781) = 0.00807
    assert -grads.delta[0][0] == exactly("delta3", "delta4")
    # dL/dw_h1→o1 = a_h1 * delta_o1 = 0.5523 * 0.0368 = 0.0203     dL/dw_h2→o1 = 0.5781 * 0.0368 = 0.0213
    assert grads.weights[1][:, 0] == pytest.approx(
        [-EXACT["y3"] * EXACT["delta5"], -EXACT["y4"] * EXACT["delta5"]], rel=1e-12)
    # dL/dw_x1→h1 = 0.35 * 0.00273 = 0.000955                      dL/dw_x2→h2 = 0.7 * 0.00807 = 0.00565
    assert grads.weights[0][0, 0] == pytest.approx(-0.35 * EXACT["delta3"], rel=1e-12)
    assert grads.weights[0][1, 1] == pytest.approx(-0.7 * EXACT["delta4"], rel=1e-12)
    assert grads.biases is None


def test_update_of_the_weights():
    after = one_step(textbook())
    # w_x1→h1 = 0.2 - 1 * 0.000955 = 0.19905      w_x1→h2 = 0.3 - 1 * 0.35 * 0.00807 = 0.29718
    assert after.weights[0][0] == exactly("w11_new", "w12_new")
    # w_x2→h1 = 0.2 - 1 * 0.00191 = 0.19809       w_x2→h2 = 0.3 - 1 * 0.7 * 0.00807 = 0.29435
    assert after.weights[0][1] == exactly("w21_new", "w22_new")
    # w_h1→o1 = 0.3 - 1 * 0.0203 = 0.27969        w_h2→o1 = 0.9 - 1 * 0.0213 = 0.87874
    assert after.weights[1][:, 0] == exactly("w13_new", "w23_new")


def test_second_pass_is_nearer_to_the_target():
    passed = forward(one_step(textbook()), X)
    # with the new weights: a_h1 = 0.5519, a_h2 = 0.5769, a_o1 = 0.6596: 0.1596 from the target, it was 0.1651
    assert passed.a[1][0] == exactly("y3_second_pass", "y4_second_pass")
    assert passed.output[0] == exactly("y5_second_pass")
    assert T[0] - passed.output[0] == exactly("error_second_pass")


def one_step(net: Network) -> Network:
    grads = backward(net, forward(net, X), T, loss="half_squared_error")
    return net.updated(grads, learning_rate=1)
