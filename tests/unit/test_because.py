"""Every `because` is one plain sentence, and true of the numbers that it stands beside."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings

from backprop import Network, Tape, trace
from backprop.because import show
from backprop.entries import Entry
from tests.unit.tape_networks import Case, cases, entry_of, reference_cases, textbook

REFERENCE = [pytest.param(turn, id=f"{name} {turn.sign}") for name, case in reference_cases()
             for turn in (case, case.turned())]
LONGEST = 160
NUMBER = re.compile(r"(?<![\w.→×])−?\d+(?:\.\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?(?![\w→])")
FORBIDDEN = re.compile(
    r"[{}$\\#*`|]|\+-|--|\.\.|  |(?<!\w)-\d|(?-i:\bNone\b)(?! of)|nan\b|inf\b|\berrors?\b(?! term)|\bcosts?\b|"
    r"\biteration", re.I)


def assert_one_plain_sentence(text: str) -> None:
    assert text.endswith("."), text
    assert not re.search(r"[.!?]\s", text), text
    assert not FORBIDDEN.search(text), text
    assert len(text) < LONGEST, (len(text), text)
    assert text[0].isupper() or text[0].isdigit() or text[0] == "−" or re.match(r"[xho]\d", text), text
    for number in NUMBER.findall(text):
        decimals = number.partition("×")[0].partition(".")[2]
        assert len(decimals) <= 4 or len(decimals.lstrip("0")) <= 2, text


def gradient_of(tape: Tape, entry: Entry) -> float:
    """The derivative whose sign a sentence may speak of, whichever sign it is written with."""
    edge = entry.id.partition(":")[2]
    written = tape[f"grad:{edge}"] if entry.phase == "update" else entry
    assert isinstance(written, Entry)
    return -written.value if written.symbol.startswith("-") else written.value


def assert_gradients_are_called_what_they_are(tape: Tape, entry: Entry) -> None:
    """"Minus its gradient" where that is written, "its gradient" where it is not; beside it, the number as written."""
    said = entry.because.lower()
    if entry.id.startswith("new:") or not (found := re.search(r"(minus )?its (?:whole )?gradient\b(?! is 0)", said)):
        return
    written = entry_of(tape, f"grad:{entry.id.partition(':')[2]}")
    assert bool(found[1]) == written.symbol.startswith("-"), said
    if number := re.search(r"gradient(?: of|,) (−?[\d.]+(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)", said):
        assert number[1].rstrip(".") == show(written.value), said
    if number := re.search(r"gradient is (positive|negative)", said):
        assert (number[1] == "positive") == (written.value > 0), said


def assert_signs_are_true(tape: Tape, entry: Entry) -> None:
    said = entry.because
    if "would raise the loss" in said:
        assert gradient_of(tape, entry) > 0, (entry.id, said)
    if "would lower the loss" in said:
        assert gradient_of(tape, entry) < 0, (entry.id, said)
    kind, _, edge = entry.id.partition(":")
    step = entry.value - tape[f"w:{edge}"].value if kind == "new" else entry.value
    if kind in ("change", "new"):
        assert (" goes up" in said or "a step up" in said) <= (step > 0), (entry.id, said)
        assert (" goes down" in said or "a step down" in said) <= (step < 0), (entry.id, said)
        assert ("stay" in said) <= (step == 0), (entry.id, said)
    if kind == "new":
        crossed = tape[f"w:{edge}"].value * entry.value < 0
        assert ("crosses zero" in said) <= crossed, said


def assert_words_are_true(tape: Tape, entry: Entry) -> None:
    said, value = entry.because, entry.value
    gap = gradient_of(tape, entry) if entry.phase == "backward" else value
    if re.search(r"(gate|gates) .*(shut)|(shut) gate|stays shut", said) and not entry.id.endswith(".grad_a"):
        assert tape[f"{entry.place}.z"].value <= 0, said
    if "too high" in said or "too much" in said:
        assert gap > 0, said
    if "too low" in said or "too little" in said:
        assert gap < 0, said
    if "exactly the" in said and "all but exactly" not in said:
        output = entry.id.partition(".")[0].replace("loss", "o1")
        assert tape[f"{output}.a"].value == tape[output.replace("o", "t")].value, said
    if re.search("no blame to hand out|it has no blame|no blame is left", said) or "cancel exactly" in said:
        assert value == 0, said
    if "the furthest" in said:
        changes = [abs(other.value) for other in tape if other.id.startswith("change:")]
        assert abs(value) == max(changes), said
        assert changes.count(abs(value)) == 1, said
    if "sign turned" in said or "turns the sign of the" in said:
        blame, weight = (tape[parent].value for parent in entry.parents)
        assert weight < 0, said
        assert math.copysign(1, value) != math.copysign(1, blame), said


def assert_comparisons_are_true(tape: Tape, entry: Entry) -> None:
    """More, less, larger, smaller, twice: held against the neighbour that the sentence names."""
    said, value = entry.because, entry.value
    if found := re.search(r"is (larger|smaller) than that of (\w+), and so", said):
        sign = 1 if found[1] == "larger" else -1
        assert sign * (tape[f"{entry.place}.z"].value - tape[f"{found[2]}.z"].value) > 0, said
        assert sign * (value - tape[f"{found[2]}.a"].value) > 0, said
    if found := re.search(r"left with a (?:delta|error term) of \S+, (more|less) than (\w+):", said):
        assert (1 if found[1] == "more" else -1) * (value - tape[f"{found[2]}.delta"].value) > 0, said
    if found := re.search(r"further out on its \w+ than (\w+),", said):
        assert value < tape[f"{found[1]}.slope"].value, said
    if found := re.search(r"sent (more|less) into \w+ than (\w+) did|[Bb]eside (\w+), \w+ sent (more|less)", said):
        word, neighbour = found[1] or found[4], found[2] or found[3]
        sent = tape[entry.parents[1]].value
        other = tape[neighbour if neighbour.startswith("x") else f"{neighbour}.a"].value
        assert (sent > other > 0) if word == "more" else (0 < sent < other), said
    if found := re.search(r"sent twice what (\w+) did", said):
        neighbour = found[1] if found[1].startswith("x") else f"{found[1]}.a"
        assert tape[entry.parents[1]].value == pytest.approx(2 * tape[neighbour].value), said
    if found := re.search(r"counts for (more|less) in", said):
        grown = abs(value) - abs(tape[entry.parents[0]].value)
        assert (1 if found[1] == "more" else -1) * grown > 0, said


def numbers_at_hand(tape: Tape, entry: Entry) -> set[str]:
    """Every number that a sentence may show: its own, its parents', theirs, and what is plainly made of them."""
    near = {entry.value, *(tape[parent].value for parent in entry.parents)}
    for parent in entry.parents:
        known = tape[parent]
        near |= {tape[other].value for other in known.parents} if isinstance(known, Entry) else set()
    if entry.id.endswith((".loss", ".delta")) or entry.id == "loss":
        nodes = [other.id[:-2] for other in tape if re.fullmatch(r"o\d+\.a", other.id)]
        for node in nodes:
            a, t = tape[f"{node}.a"].value, tape[node.replace("o", "t")].value
            near |= {a, t, a - t, 1 - a}
    if entry.id.endswith(".grad_a"):
        near |= {tape[one].value - tape[two].value for one, two in pairwise(entry.parents)}
    if entry.id.endswith(".z"):
        weights = [ref for ref in entry.parents if ref.startswith("w:") and not ref.startswith("w:b>")]
        others = [piece.ref for piece in entry.pieces if piece.ref and not piece.ref.startswith("w:")]
        terms = [tape[w].value * tape[a].value for w, a in zip(weights, others, strict=True)]
        terms += [tape[ref].value for ref in entry.parents if ref.startswith("w:b>")]
        near |= {*terms, sum(t for t in terms if t > 0), sum(t for t in terms if t < 0)}
    always = {0.0, 0.25, 0.5, 1.0, -1.0}  # the middle, the ends and the steepest slope of the curves
    return {show(sign * value) for value in near | always for sign in (1, -1)}


def assert_no_number_is_invented(tape: Tape, entry: Entry) -> None:
    counts = {str(count) for count in range(3, 9)} if "shares agree" in entry.because else set()
    for number in NUMBER.findall(entry.because):
        allowed = numbers_at_hand(tape, entry) | counts
        if entry.id.endswith(".z"):  # sums of several terms may differ from ours in the last of four decimals
            assert any(abs(_read(number) - _read(known)) <= 1e-4 * max(1.0, abs(_read(known))) for known in allowed)
        else:
            assert number in allowed, (entry.id, number, entry.because)


def _read(number: str) -> float:
    plain = number.replace("−", "-").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(plain.replace("×10", "e"))


def assert_true_throughout(case: Case) -> None:
    tape = case.trace()
    for entry in tape:
        assert_one_plain_sentence(entry.because)
        assert_signs_are_true(tape, entry)
        assert_gradients_are_called_what_they_are(tape, entry)
        assert_words_are_true(tape, entry)
        assert_comparisons_are_true(tape, entry)
        assert_no_number_is_invented(tape, entry)


@pytest.mark.parametrize("case", REFERENCE)
def test_sentences_of_the_reference_networks(case: Case) -> None:
    assert_true_throughout(case)


@settings(max_examples=150, deadline=None)
@given(cases())
def test_sentences_of_any_network(case: Case) -> None:
    assert_true_throughout(case)


@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize("sign", ["gradient", "error_term"])
def test_no_sentence_of_the_worked_example_is_said_twice(biases: bool, sign: str) -> None:
    said = [entry.because for entry in replace(textbook(biases), sign=sign).trace()]
    assert len(said) == len(set(said))
    shapes = [re.sub(r"\b[xho]\d\b|−?\d+(?:\.\d+)?", "_", text) for text in said]
    assert all(one != two for one, two in pairwise(shapes)), "neighbours must not sound alike"
    assert max(shapes.count(shape) for shape in shapes) <= 3
    assert len(set(shapes)) >= 0.7 * len(shapes)


def test_the_heart_of_the_worked_example() -> None:
    tape = textbook(biases=True).trace()
    said = {entry.id: entry.because for entry in tape}
    assert said["o1.grad_a"] == ("The output said 0.6651 but 0.5 was wanted: 0.1651 too high, so a higher output "
                                 "would raise the loss.")
    assert said["blame:h2>o1"] == ("h2 reached o1 through a weight of 0.9, so it is handed 0.9 of the delta of "
                                  "o1: 0.0331.")
    assert said["grad:x2>h1"] == ("x2 sent twice what x1 did, so the delta of h1 counts twice as much for its "
                                  "weight: 0.0019.")
    assert said["h1.delta"] == ("The slope of h1 lets about a quarter of its blame through, 0.0027, so a larger sum in "
                                "h1 would raise the loss.")
    assert said["change:h1>o1"] == ("The gradient is positive, so a larger value would raise the loss: the weight "
                                    "h1→o1 goes down by 0.0203.")
    assert said["new:b>h2"].endswith("and with that one the update is complete.")
    turned = {entry.id: entry.because for entry in textbook(biases=True).turned().trace()}
    assert turned["o1.grad_a"] == said["o1.grad_a"]
    assert turned["blame:h2>o1"].endswith("so it is handed 0.9 of the error term of o1: −0.0331.")
    assert turned["change:h1>o1"] == ("Minus its gradient is negative, so a larger value would raise the loss: the "
                                      "weight h1→o1 goes down by 0.0203.")


def test_numbers_that_ran_away_are_told_in_words() -> None:
    huge = Network([[[1e200]], [[1e200]]], activations=["linear", "linear"])
    tape = trace(huge, [1.0], [1.0], loss="squared_error", learning_rate=1.0)
    assert entry_of(tape, "o1.z").because == "This number has grown past the largest that a computer can hold."
    for entry in tape:
        assert_one_plain_sentence(entry.because)
