"""Fuzz a server of its own and print what became of every case: python -m tests.fuzz [cases [seed]]."""

from __future__ import annotations

import secrets
import sys
import time
from collections import defaultdict

from tests.fuzz.cases import attack
from tests.fuzz.target import MEMORY_BOUND, memory, under_attack

CASES = 10_000


def main(arguments: list[str]) -> int:
    """Run the cases; the exit status is 0 where every promise held, else the case that broke one is printed."""
    cases = int(arguments[0]) if arguments else CASES
    seed = int(arguments[1]) if len(arguments) > 1 else secrets.randbelow(2**32)
    print(f"{cases} cases, seed {seed} (again: python -m tests.fuzz {cases} {seed})", flush=True)
    begun = time.monotonic()
    with under_attack() as (target, learner):
        attack(target, cases, seed)
        held = memory(target.server)
    table: dict[str, dict[str, int]] = defaultdict(dict)
    for (what, became), count in target.seen.items():
        table[what][became] = count
    print(f"\n| {'what':<16} | cases | what became of them |\n|---|---:|---|")
    for what, became in sorted(table.items()):
        words = ", ".join(f"{count} {name}" for name, count in sorted(became.items(), key=lambda item: -item[1]))
        print(f"| {what:<16} | {sum(became.values()):5} | {words} |")
    waited = sorted(learner.waited)
    print(f"\n{sum(target.seen.values())} cases in {time.monotonic() - begun:.0f} s. A learner beside them asked "
          f"{len(waited)} questions, all answered: p50 {1000 * waited[len(waited) // 2]:.0f} ms, "
          f"p99 {1000 * waited[int(len(waited) * 0.99)]:.0f} ms. The server holds {held / 1e6:.0f} MB "
          f"(bound {MEMORY_BOUND / 1e6:.0f}).")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
