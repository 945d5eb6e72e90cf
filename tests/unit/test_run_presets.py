"""The runs to begin with do what the page says of them: three fates, XOR solved, and the textbook's own numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backprop.known_run import KnownRun
from backprop.lanes import flat
from backprop.network import Network
from backprop.run import run
from backprop.run_presets import RUN_PRESETS
from backprop.run_spec import RunSpec, read_run_spec
from backprop.verdicts import Verdict

PRESETS = {preset.name: preset for preset in RUN_PRESETS}
TEXTBOOK = json.loads((Path(__file__).parents[1] / "data" / "textbook_xor.json").read_text(encoding="utf-8"))


def verdicts(spec: RunSpec, epochs: list[int]) -> list[tuple[Verdict, ...]]:
    """Return what is said of the lanes at these epochs, in rising order."""
    known = KnownRun(spec)
    while known.known <= epochs[-1]:
        known.extend()
    return [shown.verdicts for shown in known.shown(epochs, 0)]


def test_three_rates_three_fates() -> None:
    race = PRESETS["race"]
    [end] = verdicts(race.spec, [race.epochs])
    solved = end[1].at
    assert end[1].kind == "solved" and solved < 1000
    [then] = verdicts(race.spec, [solved])
    assert [verdict.kind for verdict in then[:2]] == ["crawling", "solved"]
    assert end[0].kind == "crawling"
    assert end[2].kind == "chaotic" and end[2].uphill > 300
    assert race.epochs == 1000
    assert len({json.dumps(lane["initial"]) for lane in race.spec.as_dict()["lanes"]}) == 1


def test_the_fates_are_those_of_most_starts() -> None:
    """What the comment beside the presets says of the seeds 0 to 39."""
    sent = PRESETS["race"].spec.as_dict()
    fates = []
    for seed in range(40):
        start = {"kind": "random", "initializer": "xavier", "seed": seed}
        spec = read_run_spec({**sent, "lanes": [lane | {"initial": start} for lane in sent["lanes"]]})
        [end] = verdicts(spec, [1000])
        fates.append(end)
    solved = [fate[1].at for fate in fates if fate[1].kind == "solved"]
    assert not any(fate[0].kind == "solved" for fate in fates)
    assert (len(solved), min(solved), max(solved)) == (39, 67, 205)
    assert sum(fate[2].uphill > 400 for fate in fates) == 38


def test_xor_is_solved_within_its_epochs() -> None:
    preset = PRESETS["xor"]
    [[verdict]] = verdicts(preset.spec, [preset.epochs])
    assert verdict.kind == "solved" and verdict.at < preset.epochs == 1000
    assert verdict.uphill == 0


def test_a_preset_is_told_with_its_canonical_spec() -> None:
    assert list(PRESETS) == ["race", "xor", "textbook"]
    for preset in RUN_PRESETS:
        told = preset.as_dict()
        assert read_run_spec(told["spec"]) == preset.spec
        assert json.loads(preset.spec.canonical()) == told["spec"]
        assert (told["name"], told["label"], told["epochs"]) == (preset.name, preset.label, preset.epochs)


def parameters(recorded: dict[str, Any]) -> list[float]:
    """Return the textbook's weights and biases as we lay them out."""
    network = Network(recorded["weights"], recorded["biases"], activations=["sigmoid", "sigmoid"])
    return [float(number) for number in flat(network)]


def test_the_textbook_starts_where_ours_does() -> None:
    spec = PRESETS["textbook"].spec
    assert [TEXTBOOK["x"], TEXTBOOK["y"]] == [[list(row) for row in rows] for rows in (spec.data.x, spec.data.y)]
    assert TEXTBOOK["learning_rate"] == spec.lanes[0].learning_rate
    assert TEXTBOOK["epochs"][-1]["epoch"] == PRESETS["textbook"].epochs == 10_000
    assert flat(spec.starting(spec.lanes[0].initial)).tolist() == parameters(TEXTBOOK["epochs"][0])


@pytest.mark.parametrize("recorded", TEXTBOOK["epochs"], ids=lambda recorded: f"epoch {recorded['epoch']}")
def test_the_textbook_s_class_comes_out_the_same(recorded: dict[str, Any]) -> None:
    epoch = recorded["epoch"]
    [chunk] = run(PRESETS["textbook"].spec, epoch, epoch + 1, every=1)
    [frame] = chunk.frames
    np.testing.assert_allclose(frame.parameters[0], parameters(recorded), rtol=0, atol=1e-10)
    np.testing.assert_allclose(frame.outputs[0], recorded["outputs"], rtol=0, atol=1e-10)
    # ours is the sum of half the squares, the textbook's the mean of the squares: four rows make that twice as large
    assert chunk.losses[0, 0] / 2 == pytest.approx(recorded["mean_squared_error"], abs=1e-10)


def test_from_given_weights_too() -> None:
    """The preset's starting weights are random by name; written out as the textbook's, they are the same run."""
    first = TEXTBOOK["epochs"][0]
    sent = PRESETS["textbook"].spec.as_dict()
    given = {"kind": "given", "weights": first["weights"], "biases": first["biases"]}
    spec = read_run_spec({**sent, "lanes": [sent["lanes"][0] | {"initial": given}]})
    [one], [other] = (list(run(each, 100, 101)) for each in (spec, PRESETS["textbook"].spec))
    assert one.losses.tobytes() == other.losses.tobytes()
