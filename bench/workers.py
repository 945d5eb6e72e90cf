"""Measure what one, two and three servers behind nginx answer together: python -m bench.workers; writes workers.md.

Learners ask without a pause, one question at a time, for the first epochs of runs that nobody asked for before: all is
worked out, nothing remembered. They, nginx and Redis share the processor with the servers.
"""

from __future__ import annotations

import itertools
import json
import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.machine import machine
from deploy.local import Deployment

RESULTS = Path(__file__).parent / "workers.md"
WORKERS = (1, 2, 3)
ROUNDS = 3
LEARNERS = 12
SECONDS = 5.0
EPOCHS = 500
LANES = 4


def learners(port: int, first_seed: int, seconds: float) -> int:
    """Return how many answers the learners got in a process of their own."""
    asked = ["learners", str(port), str(first_seed), str(seconds)]
    done = subprocess.run([sys.executable, "-m", "bench.workers", *asked], capture_output=True, text=True, check=True)
    return int(done.stdout)


def ask_for_a_while(port: int, first_seed: int, seconds: float) -> int:
    """Be all learners, each on a greenlet; count the answers within the time."""
    from gevent import monkey
    monkey.patch_all()
    import gevent
    import gevent.event
    import websocket

    seeds, answered, over = itertools.count(first_seed), [0], [0.0]

    def learn(ready: gevent.event.Event) -> None:
        line = websocket.create_connection(f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket",
                                           skip_utf8_validation=True, timeout=60)
        line.recv()
        line.send("40")
        line.recv()
        ready.wait()
        while True:
            line.send(f'420["run",{json.dumps({"spec": spec(next(seeds)), "epoch": 0, "stop": EPOCHS})}]')
            while not isinstance(line.recv(), bytes):
                pass
            if time.monotonic() > over[0]:
                return
            answered[0] += 1

    ready = gevent.event.Event()
    greenlets = [gevent.spawn(learn, ready) for _ in range(LEARNERS)]
    gevent.sleep(1.0)
    over[0] = time.monotonic() + seconds
    ready.set()
    gevent.joinall(greenlets, raise_error=True)
    return answered[0]


def spec(seed: int) -> dict[str, object]:
    """Return a run that has not been asked for."""
    return {"v": 1, "layers": [2, 8, 8, 1], "activations": ["tanh", "tanh", "sigmoid"], "loss": "binary_cross_entropy",
            "biases": True, "data": {"x": [[0, 0], [0, 1], [1, 0], [1, 1]], "y": [[0], [1], [1], [0]]},
            "lanes": [{"learning_rate": rate, "initial": {"kind": "random", "initializer": "xavier", "seed": seed}}
                      for rate in (0.05, 0.1, 0.2, 0.5)[:LANES]]}


def measure() -> dict[int, list[float]]:
    """Return answers a second of each round, by the number of servers."""
    rates: dict[int, list[float]] = {workers: [] for workers in WORKERS}
    seeds = itertools.count(0, 100_000)
    for _ in range(ROUNDS):
        for workers in WORKERS:
            with Deployment(workers, environment={"STOP_SECONDS": "2", "REQUESTS_PER_SECOND": "10000",
                                                  "REQUESTS_AT_ONCE": "10000", "LOG_LEVEL": "warning"}) as running:
                learners(running.port, next(seeds), 1.0)  # everything has been touched once
                rates[workers].append(learners(running.port, next(seeds), SECONDS) / SECONDS)
    return rates


def report(rates: dict[int, list[float]], busy: float) -> str:
    """Return the table."""
    base = statistics.median(rates[1])
    rows = "\n".join(f"| {workers} | {statistics.median(found):.0f} | {min(found):.0f} to {max(found):.0f} | "
                     f"{statistics.median(found) / base:.2f} |" for workers, found in rates.items())
    return f"""# One, two and three servers

`.venv/bin/python -m bench.workers`, {datetime.now(UTC).date()}: {LEARNERS} learners ask without a pause for {EPOCHS}
epochs of {LANES} lanes of 2→8→8→1, each of a run that nobody asked for before.
{ROUNDS} rounds of {SECONDS:g} s in turn.

| servers | answers a second, the middle round | from … to | beside one server |
|---|---|---|---|
{rows}

{machine(None, None).split(", Node")[0]}. Load average when it began: {busy:.1f}.

How to read this: the learners, nginx and Redis ran on the same cores as the servers, and so did whatever else the load
average tells of. Where that is more than the cores, a second and a third server also get more simply because the system
gives every process its share; and one server trains on two threads already (`THREADS`). So the table shows that
several servers share the work and that nginx and Redis are in nobody's way. What they gain on a machine with a core for
each, it cannot show.
"""


def main() -> int:
    """Measure and write."""
    if sys.argv[1:2] == ["learners"]:
        print(ask_for_a_while(int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])))
        return 0
    busy = os.getloadavg()[0]
    text = report(measure(), busy)
    RESULTS.write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
