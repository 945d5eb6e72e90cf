"""The answers: what each event asks for, computed. Knows neither Flask nor Socket.IO."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable
from typing import Any

from ..bounds import SEED
from ..growth import how_it_diverged
from ..moved_first import moved_first
from ..network import Network
from ..refusals import Refused, refuse
from ..run_cache import RunCache
from ..runs import OnePass, Run
from ..signs import SIGNS
from ..spec import Spec, WeightsWanted
from ..spec_words import read_model
from .batch_answer import batch
from .catalog import catalog
from .depth_answer import DepthAnswers
from .export_answer import Exports
from .hill_answer import Hill
from .limits import ANSWER_CHARACTERS
from .payloads import NothingWanted, PassesWanted, PassWanted
from .processor import Processor
from .run_answers import RunAnswers
from .texts import TextCache
from .wire import Encoded, encode, encode_object, joined

ANSWERS_KEPT = 8_000_000  # characters
Answer = Encoded | dict[str, Any]  # text that is encoded already, or fields of which one may be bytes


class Answers:
    """Answer requests by name. The processor does the work, so that others get their turn meanwhile."""

    def __init__(self, processor: Processor | None = None) -> None:
        """Begin with nothing remembered. No processor: work goes on without a pause, on this thread."""
        self._processor = processor or Processor()
        self._runs = RunCache()
        self._texts = TextCache(processor=self._processor)
        self._answers = TextCache(ANSWERS_KEPT, self._processor)  # a class that comes in at once asks the same
        self._catalog = Encoded(encode(catalog()))
        hill = Hill(self._pass_of, self._processor)
        runs = RunAnswers(self._processor)
        self.ready, self.asked_again = runs.ready, runs.asked_again
        exports = Exports(self._pass_of, runs, self._processor)
        depth = DepthAnswers(self._processor)
        self._by_name: dict[str, Callable[[Any], Answer]] = {
            "pass": self.one_pass, "passes": self.passes, "new_weights": self.new_weights, "catalog": self.catalog,
            "hill": lambda payload: encode_object(hill.answer(payload)), "export": exports.answer,
            "run": runs.run, "seeds": runs.seeds, "guessing": runs.guessing,
            "depth": lambda payload: encode_object(depth.depth(payload)),
            "batch": lambda payload: encode_object(batch(payload, self._processor)),
        }

    @property
    def names(self) -> frozenset[str]:
        """The events that there are."""
        return frozenset(self._by_name)

    def answer(self, name: str, payload: object) -> Answer:
        """Return the answer to the event `name`; Refused where there is none."""
        if name not in self._by_name:
            raise refuse("event", name, f"one of {', '.join(self._by_name)}, or one of a class such as class_join",
                         "A request takes")
        return self._by_name[name](payload)

    def one_pass(self, payload: object) -> Encoded:
        """Answer `pass`: one pass of the run, its tape and its check, and the losses up to it."""
        wanted = read_model(PassWanted, payload)
        spec, number = wanted.spec, wanted.number
        run = self._runs.run(spec)
        self._rebuild(run, number)
        _refuse_beyond(run, number)
        return joined(encode_object({"ok": True, "spec": spec.as_dict()}),
                      self._body(spec.canonical(), run, number),
                      encode_object({"history": run.history(number + 1)}))

    def passes(self, payload: object) -> Encoded:
        """Answer `passes`: consecutive passes of the run, as far as it goes and an answer may grow."""
        wanted = read_model(PassesWanted, payload)
        key = wanted.spec.canonical()
        return Encoded(self._answers.text((key, wanted.start, wanted.count), lambda: self._passes(wanted, key).text))

    def _passes(self, wanted: PassesWanted, key: str) -> Encoded:
        spec, stop = wanted.spec, wanted.start + wanted.count
        run = self._runs.run(spec)
        self._rebuild(run, stop - 1)
        _refuse_beyond(run, wanted.start)
        bodies: list[Encoded] = []
        size = 0
        for number in range(wanted.start, min(stop, run.known)):
            body = self._body(key, run, number)
            size += len(body.text)
            if bodies and size > ANSWER_CHARACTERS:
                break
            bodies.append(body)
        sent = wanted.start + len(bodies)
        fields = {"ok": True, "spec": spec.as_dict(), "passes": bodies, "history": run.history(sent)}
        return encode_object(fields | _divergence(run, sent, stop))

    def new_weights(self, payload: object) -> Encoded:
        """Answer `new_weights`: random weights made explicit, and the seed that gives them."""
        wanted = read_model(WeightsWanted, payload)
        seed = secrets.randbelow(SEED.high + 1) if wanted.seed is None else wanted.seed
        network = Network.random(wanted.layers, activations=wanted.activations, initializer=wanted.initializer,
                                 seed=seed, biases=wanted.biases)
        return encode_object({"ok": True, "initial": {"kind": "given", **parameters(network)}, "seed": seed})

    def catalog(self, payload: object) -> Encoded:
        """Answer `catalog`: everything that can be chosen."""
        read_model(NothingWanted, payload)
        return self._catalog

    def _pass_of(self, spec: Spec, number: int) -> OnePass:
        """Return pass `number` of the spec's run, the same that `pass` shows."""
        run = self._runs.run(spec)
        self._rebuild(run, number)
        _refuse_beyond(run, number)
        return run.one_pass(number)

    def _rebuild(self, run: Run, number: int) -> None:
        while not run.reaches(number):
            run.extend()
            self._processor.breathe()

    def _body(self, key: str, run: Run, number: int) -> Encoded:
        """Return what an answer says of one pass, computed or remembered."""
        def make() -> str:
            one = run.one_pass(number)
            return self._processor.text(lambda: body_text(one), _size(one.network))
        return Encoded(self._texts.text((key, number), make))


def body_text(one: OnePass) -> str:
    """Return what an answer says of one pass: its start, its tape and its check."""
    return encode({"pass": one.number, "sample": one.sample, "network": parameters(one.network),
                   **one.tape().as_dict(), "check": one.check().as_dict(), "moved_first": _moved_first(one)})


def _moved_first(one: OnePass) -> list[dict[str, Any]]:
    """Return the hidden deltas of a pass that moves weights too early, written with the sign of this one."""
    missed = moved_first(one.network, one.x, one.y, loss=one.loss, learning_rate=one.learning_rate)
    written = SIGNS[one.sign].factor
    return [{"node": each.node, "delta": written * each.delta + 0.0, "percent": each.percent}
            for each in missed if math.isfinite(each.delta)]


def parameters(network: Network) -> dict[str, Any]:
    """Return {"weights", "biases"} as plain lists; biases None where there are none."""
    biases = network.biases
    return {"weights": [w.tolist() for w in network.weights],
            "biases": None if biases is None else [b.tolist() for b in biases]}


def _size(network: Network) -> int:
    """Return the number of parameters."""
    return sum(w.size for w in network.weights) + sum(b.size for b in network.biases or ())


def _refuse_beyond(run: Run, number: int) -> None:
    if run.diverged_at is not None and number >= run.diverged_at:
        raise DivergedRefusal(number, run)


def _divergence(run: Run, sent: int, stop: int) -> dict[str, object]:
    if run.diverged_at is None or sent != run.diverged_at or stop <= sent:
        return {}
    return {"diverged": how_it_diverged(run)}


class DivergedRefusal(Refused):
    """Refuse a pass that the run does not reach, and say where it ends."""

    def __init__(self, number: int, run: Run) -> None:
        """Keep how the run diverged."""
        self.diverged = how_it_diverged(run)
        at = self.diverged["pass"]
        takes = f"a pass before {at}" if at else "a spec whose numbers stay finite"
        super().__init__("pass", str(number), takes, self.diverged["message"])
