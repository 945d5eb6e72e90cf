"""Who comes while a text is being made waits for it, and it is made once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

PROGRAM = """
from gevent import monkey
monkey.patch_all()
import gevent
from backprop.presets import PRESETS
from backprop.serving.answers import Answers
from backprop.serving.processor import Processor
from backprop.serving.texts import TextCache

class Slow(Processor):
    made = 0

    def breathe(self):
        gevent.sleep(0)  # everybody else gets a turn

    def text(self, make, parameters):
        Slow.made += 1
        gevent.sleep(0)
        return make()

answers = Answers(Slow())
asked = [gevent.spawn(answers.answer, "passes", {"spec": PRESETS[0].spec.as_dict(), "start": 1, "count": 8})
         for _ in range(50)]
gevent.joinall(asked, raise_error=True)
print(Slow.made, len({id(each.value.text) for each in asked}))

def fault():
    gevent.sleep(0)
    raise KeyError("fault")

texts = TextCache()
first = gevent.spawn(texts.text, "key", fault)
others = [gevent.spawn(texts.text, "key", lambda: "made") for _ in range(3)]
gevent.wait()
print(type(first.exception).__name__, {each.value for each in others}, len(texts._turns))
"""


def test_a_class_that_comes_in_at_once_costs_one_answer() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["8 1", "KeyError {'made'} 0"]
