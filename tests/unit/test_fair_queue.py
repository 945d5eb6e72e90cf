"""Who comes next: whoever came first, but for those who had more than their part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from backprop.serving.allowance import Allowance
from backprop.serving.fair_queue import OWED_SECONDS, ROOM_SECONDS, FairQueue, Share

PIECE = 0.005
Named = FairQueue[str]


def known() -> Share:
    """One who has been here before."""
    share = Share()
    share.until = 0.0
    return share


def let_in(queue: Named, shares: dict[str, Share], cost: Callable[[str], float], pieces: int) -> Counter[str]:
    """Serve so many pieces to who always wants the next one; return the seconds that each has had."""
    had: Counter[str] = Counter()
    for name, share in shares.items():
        queue.push(share, name)
    for _ in range(pieces):
        share, name = queue.pop()
        queue.served(share, cost(name))
        had[name] += cost(name)
        queue.push(share, name)
    return had


def test_who_always_wants_more_gets_an_nth_however_dear_a_piece_is() -> None:
    shares = {name: Share() for name in ("dear", "cheap", "cheaper")}
    had = let_in(FairQueue(), shares, {"dear": 0.09, "cheap": 0.004, "cheaper": 0.001}.__getitem__, 30_000)
    parts = [seconds / sum(had.values()) for seconds in had.values()]
    assert parts == pytest.approx([1 / 3] * 3, rel=0.02)


def test_two_questions_at_a_time_are_no_more_than_one() -> None:
    queue, one, other = Named(), Share(), Share()
    for share, name in ((one, "two"), (one, "two"), (other, "one")):
        queue.push(share, name)
    had: Counter[str] = Counter()
    for _ in range(1000):
        share, name = queue.pop()
        queue.served(share, PIECE)
        had[name] += 1
        queue.push(share, name)
    assert had["two"] == pytest.approx(500, abs=10)


@pytest.mark.parametrize("pieces", [17, 20, 21, 25, 30])
def test_who_wants_less_than_its_part_is_next(pieces: int) -> None:
    """Wherever in their round the others are."""
    queue, learner = Named(), Share()
    let_in(queue, {"learner": learner}, lambda name: 0.004, 1)
    queue.pop()
    let_in(queue, {f"greedy {number}": Share() for number in range(20)}, lambda name: PIECE, 200)
    for _ in range(100):
        for _ in range(pieces):  # of five milliseconds
            share, name = queue.pop()
            queue.served(share, PIECE)
            queue.push(share, name)
        queue.push(learner, "learner")
        share, name = queue.pop()
        assert name == "learner"
        queue.served(share, 0.7 * PIECE * pieces / 21)  # less than is its part


def test_who_wants_more_than_its_part_waits_and_gets_it() -> None:
    """As much as one of those who want without end, though it stays away for a while after each answer."""
    queue, learner = Named(), Share()
    let_in(queue, {f"greedy {number}": Share() for number in range(20)}, lambda name: PIECE, 200)
    had: Counter[str] = Counter()
    away = 0
    for _ in range(20_000):
        if away == 0:
            queue.push(learner, "learner")
        away -= 1
        share, name = queue.pop()
        queue.served(share, PIECE)
        had[name] += 1
        if name == "learner":
            away = 5
        else:
            queue.push(share, name)
    assert had["learner"] == pytest.approx(20_000 / 21, rel=0.05)


def test_within_the_room_who_came_first_comes_first() -> None:
    queue, shares = Named(), [Share() for _ in range(5)]
    for share in shares:
        queue.push(share, "before")
    for _ in shares:
        share, _ = queue.pop()
        queue.served(share, 0.001)
    queue.rest()
    for number in (3, 0, 4, 1, 2):
        queue.push(shares[number], str(number))
        queue.spend(shares[number], 0.001 * number)
    assert "".join(queue.pop()[1] for _ in shares) == "30412"


def test_no_stream_of_newcomers_keeps_out_who_has_had_more_than_its_part() -> None:
    queue, learner = Named(), known()
    queue.spend(learner, ROOM_SECONDS + 0.05)
    queue.push(learner, "learner")
    for _ in range(50):  # who are there at any time
        queue.push(Share(), "newcomer")
    before = 0
    while queue.pop()[1] != "learner":
        queue.served(Share(), 0.001)
        queue.push(Share(), "newcomer")
        before += 1
    assert before < 400  # 0.05 s of the clock, of which each newcomer brings a hundredth of a second


def test_who_comes_again_and_again_under_another_name_has_no_room() -> None:
    queue, steady = Named(), known()
    queue.spend(steady, ROOM_SECONDS)
    turns = []
    for _ in range(10):
        fresh = Share()
        queue.push(fresh, "fresh")
        queue.served(queue.pop()[0], PIECE)  # it comes in at once
        queue.push(fresh, "fresh again")
        queue.push(steady, "steady")
        turns.append(queue.pop()[1])
        queue.pop()
    assert turns == ["steady"] * 10


def test_who_joins_a_class_that_fills_the_server_begins_soon() -> None:
    """Though there is always somebody who has had less than its part."""
    queue, waited = Named(), 0.0
    let_in(queue, {f"other {number}": known() for number in range(60)}, lambda name: 0.0005, 200)
    queue.push(Share(), "newcomer")
    while True:
        share, name = queue.pop()
        if name == "newcomer":
            break
        queue.served(share, 0.0005)
        waited += 0.0005
        queue.push(known(), name)
    assert waited < 1.1


def test_one_dear_question_is_not_held_against_anybody_for_ever() -> None:
    queue, dear = Named(), Share()
    crowd = {f"other {number}": Share() for number in range(10)}
    let_in(queue, crowd, lambda name: 0.001, 1000)
    queue.push(dear, "dear")
    queue.spend(dear, 1000.0)
    queue.push(dear, "dear again")
    waited = 0.0
    while True:
        share, name = queue.pop()
        if name == "dear again":
            break
        queue.served(share, 0.001)
        waited += 0.001
        queue.push(share, name)
    assert 0.5 * OWED_SECONDS * 10 < waited < 1.5 * (OWED_SECONDS + ROOM_SECONDS) * 11


def test_a_class_that_fills_the_server_is_served_in_order() -> None:
    """Of two hundred who always wait, nobody waits for long because its answer was the dearer one."""
    queue, shares = Named(), {str(number): known() for number in range(200)}
    for name, share in shares.items():
        queue.spend(share, ROOM_SECONDS)
        queue.push(share, name)
    last: dict[str, int] = {}
    longest = 0
    for turn in range(20_000):
        share, name = queue.pop()
        longest = max(longest, turn - last.get(name, turn))
        last[name] = turn
        queue.served(share, 0.004 if (turn + int(name)) % 9 == 0 else 0.0002)
        queue.push(share, name)
    assert longest < 5 * len(shares)


def test_when_nobody_waits_all_is_forgiven() -> None:
    queue, much, little = Named(), Share(), Share()
    for share in (much, little):
        queue.push(share, "")
        queue.pop()
    queue.served(much, 0.05)
    queue.served(little, 0.03)
    queue.rest()
    queue.push(much, "much")
    queue.push(little, "little")
    assert [queue.pop()[1] for _ in range(2)] == ["much", "little"]


def test_what_is_had_is_paid_from_the_allowance() -> None:
    queue, share = Named(), Share(Allowance(60.0, 120.0, clock=lambda: 0.0))
    queue.push(share, "")
    queue.served(queue.pop()[0], 3.0)
    queue.spend(share, 4.0)
    assert share.allowance is not None and share.allowance.used == 7.0
    assert len(queue) == 0
    with pytest.raises(IndexError):
        queue.pop()
