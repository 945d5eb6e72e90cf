"""The numbers of the verdicts' rules, which docs/conventions.md says in words, and the kinds there are."""

from __future__ import annotations

KINDS = ("ready", "begun", "crawling", "learning", "solved", "stuck", "worse", "bouncing", "cycling", "chaotic",
         "diverged")
READY, BEGUN, CRAWLING, LEARNING, SOLVED, STUCK, WORSE, BOUNCING, CYCLING, CHAOTIC, DIVERGED = range(len(KINDS))

SOLVED_WITHIN = 0.2  # every output within this of its target: solved
HELD_FOR = 10  # epochs
FEW, RARE = 3, 0.05  # steps are rare if there are fewer than that, or at most that share
CRAWLING_ABOVE = 0.75  # of the loss at the start
WORSE_BY = 0.1  # of the loss at the start
BEGUN_BEFORE = 50  # steps
STILL_FOR, STILL = 50, 1e-4  # steps; of the loss
LONGEST_CYCLE = 8
CYCLE_FOR = 24  # three of the longest
ALIKE = 0.01  # of the cycle's swing
LEAP = 0.05
FLEDGED = 20
