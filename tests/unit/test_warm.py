"""A server that is ready has loaded all that its first learner needs: to load it then would hold everybody up."""

from __future__ import annotations

import json
import subprocess
import sys

from backprop.presets import PRESETS
from backprop.run_presets import RUN_PRESETS
from tests.server import ROOT

PROGRAM = """
from gevent import monkey; monkey.patch_all()
import json, sys
from backprop.serving.answers import Answers
from backprop.serving.application import build
from backprop.serving.processor import Processor
build()
answers, late = Answers(Processor()), {}
for name, payload in json.load(sys.stdin).items():
    before = set(sys.modules)
    answers.answer(name, payload)  # a refusal would be raised
    late[name] = sorted(set(sys.modules) - before)
print(json.dumps([late, sorted(answers.names)]))
"""


def test_first_answers_load_nothing() -> None:
    spec, race = PRESETS[0].spec.as_dict(), next(each.spec.as_dict() for each in RUN_PRESETS if each.name == "race")
    questions = {
        "catalog": {},
        "guessing": {},
        "pass": {"spec": spec, "pass": 3},
        "passes": {"spec": spec, "start": 0, "count": 8},
        "batch": {"spec": spec, "edges": ["x1>h1", "h1>o1"]},
        "new_weights": {"layers": [2, 1], "activations": ["sigmoid"], "initializer": "xavier", "biases": True},
        "run": {"spec": race, "epoch": 0, "stop": 10, "every": 1, "grid": 8},
        "seeds": {"spec": {**race, "lanes": race["lanes"][:1]}, "stop": 10, "seeds": 2},
        "depth": {"depth": 3, "width": 4, "starts": 3},
        "hill": {"landscape": "bowl", "steps": 5},
        "export": {"kind": "solution", "spec": spec, "pass": 0},
    }
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, input=json.dumps(questions), capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, done.stderr
    late, names = json.loads(done.stdout)
    assert late == {name: [] for name in names}
