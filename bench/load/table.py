"""The table that `make load` writes."""

from __future__ import annotations

from bench.load.scenarios import Measured

IDLE_TARGET_KB = 100
GROWTH_TARGET_KB = 10  # a learner, over the run: noise, no leak
SHARED = 0.25  # cores of others: from here on the latencies are theirs too

HEAD = """# What one server process carries

{made_on}

Real WebSocket clients in {processes} processes of their own on the same machine, over the loopback; the server is one
process, `app.py`. Open loop: each learner's requests are due at fixed times, from a random moment of the first second
on (or of their period, where that is longer), and a latency counts from when its request was *due* to the last byte of
its answer, so that a stall is not hidden. So they begin within a second and end within one; *asked a second* is what is
asked in between, cores are those of all that time. A request that was refused, not answered or answered with another
number of bytes is an error.

A chunk is a request `run` for ten epochs of the race (three lanes of 2→4→1, XOR) and one frame: ten losses a lane, and
each lane's 17 parameters, four outputs, verdict and surface of 28 × 28: {chunk_bytes} bytes beside its head. A race of
one's own has a seed of its own, and after 1,000 epochs another one, so that no memory of answers helps; the first ones
end on their way, so that later ones begin at all times. *Arrive*:
WebSocket, Socket.IO, and the page's first question (eight passes). Row s is a tenth of row a, to see what an answer
costs where nothing is refused. Row p asks as a page does that plays at full speed: 450 epochs and 90 frames every one
and a half seconds, which is 60 frames a second, where the learners of row a take ten. *Others* is what else
ran on this machine, in cores, and *loop* how long it took for 100,000 additions of Python just before and after: the
same machine is faster in some minutes than in others, and a slower one answers later.
"""
SHARED_WORDS = """**The machine was shared with other work while this was measured (column *others*, in cores): the
latencies and errors tell of that work as much as of the server. What an answer costs it suffers less.**
"""
COLUMNS = ("what", "asked a second", "p50 ms", "p95", "p99", "slowest", "errors", "server, cores", "ms a request",
           "clients, cores", "others", "loop ms", "target", "")


def written(rounds: dict[str, list[Measured]], made_on: str) -> str:
    """Return the page. rounds: by letter, one or more of each."""
    made = {letter: middle(each) for letter, each in rounds.items()}
    rows = [each for each in made.values() if each.latencies or each.name[0] != "e"]
    lines = [HEAD.format(made_on=made_on, processes=rows[0].processes, chunk_bytes=f"{rows[0].answer_bytes:,}")]
    if any(each.others > SHARED for each in made.values()):
        lines.append(SHARED_WORDS)
    lines += [f"| {' | '.join(COLUMNS)} |", "|---" + "|---:" * (len(COLUMNS) - 2) + "|---|"]
    lines += [_row(each) for each in rows]
    lines += ["", *_missed(rows), *_rounds(rounds)]
    lines += ["", "| memory of the server, MB | at first | all there | at the end |", "|---|---:|---:|---:|"]
    lines += [f"| {each.name} | " + " | ".join(f"{size / 1e6:.0f}" for size in each.memory) + " |"
              for each in made.values()]
    return "\n".join([*lines, "", *_memory(made["e"])]) + "\n"


def _row(each: Measured) -> str:
    latencies = [f"{1000 * each.percentile(share):,.1f}" for share in (0.5, 0.95, 0.99, 1.0)]
    cells = [each.name, f"{each.asked / each.seconds:,.0f}", *latencies, f"{each.errors:,}", f"{each.server:.2f}",
             f"{1000 * each.used / each.asked:.2f}", f"{each.clients:.2f}", f"{each.others:.2f}", f"{each.loop:.1f}",
             *_target(each)]
    return "| " + " | ".join(cells) + " |"


def _target(each: Measured) -> tuple[str, str]:
    if each.target is None:
        return "", ""
    return f"{each.judged[1]} {1000 * each.target:,.0f}, no error", _met(each.met)


def _missed(rows: list[Measured]) -> list[str]:
    """Say what was missed, and what part of the machine the server had."""
    missed = [each for each in rows if not each.met]
    said = [f"- Missed: {each.name}. The server had {each.server:.2f} of a core, its clients {each.clients:.2f}; what "
            f"else ran had {each.others:.2f}; the loop took {each.loop:.1f} ms." for each in missed]
    return said or ["Nothing was missed."]


def middle(rounds: list[Measured]) -> Measured:
    """Return the middle one of those that had the machine for themselves, or of all where none had.

    Middle: of errors, then of what its target is about; of two it is the worse one.
    """
    alone = [each for each in rounds if each.others <= SHARED] or rounds
    return sorted(alone, key=lambda each: (each.errors, each.judged[0]))[len(alone) // 2]


def _rounds(rounds: dict[str, list[Measured]]) -> list[str]:
    """Say what each round was, where there was more than one."""
    several = [each for each in rounds.values() if len(each) > 1]
    if not several:
        return []
    lines = ["", "All rounds, one after the other. Above is the middle one of those in which others had "
             f"{SHARED:g} of a core or less.", "",
             "| | ms | errors | others | loop ms | met |", "|---|---|---|---|---|---|"]
    for each in several:
        told = [(f"{1000 * one.judged[0]:,.0f}", f"{one.errors:,}", f"{one.others:.2f}", f"{one.loop:.1f}")
                for one in each]
        cells = [*map(", ".join, zip(*told, strict=True)), f"{sum(one.met for one in each)} of {len(each)}"]
        lines.append(f"| {each[0].name}, {each[0].judged[1]} | {' | '.join(cells)} |")
    return lines


def _memory(idle: Measured) -> list[str]:
    first, connected, _ = idle.memory
    a_learner = (connected - first) / idle.learners / 1000
    settled = idle.samples[len(idle.samples) // 10:]
    growth = (settled[-1] - settled[0]) / idle.learners / 1000
    return ["| idle learners | KB a learner | target | |", "|---|---:|---:|---|",
            f"| memory | {a_learner:.1f} | {IDLE_TARGET_KB} | {_met(a_learner < IDLE_TARGET_KB)} |",
            f"| growth over {idle.seconds:.0f} s, from a tenth of it on | {growth:.2f} | {GROWTH_TARGET_KB} at most "
            f"| {_met(growth < GROWTH_TARGET_KB)} |"]


def _met(met: bool) -> str:
    return "met" if met else "**missed**"
