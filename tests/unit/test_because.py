"""Every `because` is one plain sentence, and true of the numbers that it stands beside."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings

from backprop import Network, Tape, trace
from backprop.because import backward, forward, loss, show, update
from backprop.because.words import sentence
from backprop.entries import Entry
from tests.unit.tape_networks import Case, cases, entry_of, reference_cases, textbook

REFERENCE = [pytest.param(case, id=name) for name, case in reference_cases()]
LONGEST = 160
NUMBER = re.compile(r"(?<![\w.→×])−?\d+(?:\.\d+)?(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?(?![\w→])")
FORBIDDEN = re.compile(
    r"[{}$\\#*`|]|\+-|--|\.\.|  |(?<!\w)-\d|(?-i:\bNone\b)(?! of)|nan\b|inf\b|\berrors?\b|\bcosts?\b|\biteration", re.I)


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
    """The derivative whose sign a sentence may speak of."""
    edge = entry.id.partition(":")[2]
    return tape[f"grad:{edge}"].value if entry.phase == "update" else entry.value


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
    if re.search(r"(gate|gates) .*(shut)|(shut) gate|stays shut", said) and not entry.id.endswith(".grad_a"):
        assert tape[f"{entry.place}.z"].value <= 0, said
    if "too high" in said or "too much" in said:
        assert value > 0, said
    if "too low" in said or "too little" in said:
        assert value < 0, said
    if "exactly the" in said and "all but exactly" not in said:
        output = entry.id.partition(".")[0].replace("loss", "o1")
        assert tape[f"{output}.a"].value == tape[output.replace("o", "t")].value, said
    if "no blame to hand out" in said or "nothing to answer for" in said or "cancel exactly" in said:
        assert value == 0, said
    if "the furthest" in said:
        changes = [abs(other.value) for other in tape if other.id.startswith("change:")]
        assert abs(value) == max(changes), said
        assert changes.count(abs(value)) == 1, said
    if "sign turned" in said or "turns the sign of the blame" in said:
        weight, blame = (tape[parent].value for parent in entry.parents)
        assert weight < 0, said
        assert math.copysign(1, value) != math.copysign(1, blame), said


def assert_comparisons_are_true(tape: Tape, entry: Entry) -> None:
    """More, less, larger, smaller, twice: held against the neighbour that the sentence names."""
    said, value = entry.because, entry.value
    if found := re.search(r"is (larger|smaller) than that of (\w+), and so", said):
        sign = 1 if found[1] == "larger" else -1
        assert sign * (tape[f"{entry.place}.z"].value - tape[f"{found[2]}.z"].value) > 0, said
        assert sign * (value - tape[f"{found[2]}.a"].value) > 0, said
    if found := re.search(r"of blame, (more|less) than (\w+):", said):
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
def test_no_sentence_of_the_worked_example_is_said_twice(biases: bool) -> None:
    said = [entry.because for entry in textbook(biases).trace()]
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
    assert said["blame:h2>o1"] == ("h2 reached o1 through a weight of 0.9, so it is handed 0.9 of o1's blame: 0.0331.")
    assert said["grad:x2>h1"] == ("x2 sent twice what x1 did, so its weight answers for twice as much of the blame "
                                  "of h1: 0.0019.")
    assert said["h1.delta"] == ("The slope of h1 lets about a quarter of its blame through, 0.0027, so a larger sum in "
                                "h1 would raise the loss.")
    assert said["change:h1>o1"] == ("The gradient is positive, so a larger value would raise the loss: the weight "
                                    "h1→o1 goes down by 0.0203.")
    assert said["new:b>h2"].endswith("and with that one the update is complete.")


@pytest.mark.parametrize(("value", "shown"), [
    (0.0, "0"), (-0.0, "0"), (1.0, "1"), (-0.5, "−0.5"), (0.66507363, "0.6651"), (12345.678, "12345.678"),
    (0.000954655, "0.00095"), (-0.00003, "−0.00003"), (3.14e-9, "3.1×10⁻⁹"), (-2e-300, "−2×10⁻³⁰⁰"), (1e22, "1×10²²"),
    (100.0, "100"), (0.00099999, "0.001"), (math.inf, "more than can be written")])
def test_numbers_as_they_are_read(value: float, shown: str) -> None:
    assert show(value) == shown


def test_a_sentence_opens_with_a_capital_or_with_a_node() -> None:
    assert sentence("the output") == "The output."
    assert sentence("h1 answers") == "h1 answers."
    assert sentence("h1_2's sum") == "h1_2's sum."


def one_node(kind: str, z: float, t: float, loss_name: str = "half_squared_error", eta: float = 1.0) -> dict[str, str]:
    tape = trace(Network([[[z]]], activations=[kind]), [1.0], [t], loss=loss_name, learning_rate=eta)
    return {entry.id: entry.because for entry in tape}


def test_a_zero_input_is_named_as_the_reason() -> None:
    tape = trace(textbook().network, [0.0, 0.7], [0.5], loss="half_squared_error", learning_rate=1.0)
    assert entry_of(tape, "grad:x1>h1").because.startswith("x1 was 0, so the weight x1→h1 had nothing to multiply")
    assert "only x2" in entry_of(tape, "h1.z").because.lower()
    assert re.search("no reason to move|it stays", entry_of(tape, "change:x1>h1").because)
    assert entry_of(tape, "new:x1>h1").because == "The weight x1→h1 stays at 0.2."


def test_a_target_reached_exactly_leaves_no_blame() -> None:
    said = one_node("linear", 2.0, 2.0)
    assert "so there is no loss" in said["loss"]
    assert "no blame to hand out" in said["o1.grad_a"]
    assert "nothing to blame o1 for" in said["o1.delta"]
    assert "carries no blame" in said["grad:x1>o1"]
    assert said["new:x1>o1"] == "The weight x1→o1 stays at 2."


def test_a_saturated_node_is_called_so() -> None:
    said = one_node("sigmoid", 9.0, 0.0)
    assert "all but 1" in said["o1.a"]
    assert "saturated" in said["o1.slope"]
    assert said["o1.delta"].startswith("Hardly any blame gets past so flat a slope")
    assert "flat to the last digit" in one_node("sigmoid", 50.0, 0.0)["o1.slope"]
    assert "none of the blame" in one_node("tanh", 50.0, 0.0)["o1.delta"]


def test_gates_are_open_or_shut() -> None:
    shut = trace(Network([[[-1.0]], [[1.0]]], activations=["relu", "linear"]), [2.0], [1.0], loss="squared_error",
                 learning_rate=1.0)
    assert "gate of h1 stays shut" in entry_of(shut, "h1.a").because
    assert "its gate is shut" in entry_of(shut, "h1.slope").because
    assert "its gate is shut" in entry_of(shut, "h1.delta").because
    assert "open" in one_node("relu", 2.0, 1.0)["o1.slope"]
    assert "exactly 0, which counts as shut" in one_node("relu", 0.0, 1.0)["o1.slope"]
    assert "a hundredth" in one_node("leaky_relu", -2.0, 1.0)["o1.slope"]


def test_gaps_and_gradients_of_either_sign() -> None:
    high, low = one_node("linear", 3.0, 1.0), one_node("linear", 1.0, 3.0)
    assert high["o1.grad_a"].endswith("2 too high, so a higher output would raise the loss.")
    assert low["o1.grad_a"].endswith("2 too low, so a higher output would lower the loss.")
    assert "would raise the loss" in high["o1.delta"]
    assert "would lower the loss" in low["o1.delta"]
    assert "goes down by 2" in high["change:x1>o1"]
    assert "goes up by 2" in low["change:x1>o1"]
    assert "at twice that rate" in one_node("linear", 3.0, 1.0, "squared_error")["o1.grad_a"]


def test_a_learning_rate_of_zero_moves_nothing() -> None:
    said = one_node("linear", 3.0, 1.0, eta=0.0)
    assert said["change:x1>o1"] == "A learning rate of 0 moves nothing, so the weight x1→o1 stays where it is."


@pytest.mark.parametrize(("w", "words"), [
    (0.0, "hands nothing back"), (0.01, "little blame comes back"), (0.3, "handed only 0.3 of o1's blame"),
    (1.0, "the whole of o1's blame"), (2.5, "more than the blame of o1 itself"), (-0.5, "with the sign turned: −0.1")])
def test_shares_by_the_weight_they_came_through(w: float, words: str) -> None:
    assert words in backward.share("h1", "o1", w, 0.2, w * 0.2, 0)


@pytest.mark.parametrize(("shares", "words"), [
    ([("o1", 0.0)], "o1 handed nothing back"), ([("o1", 0.5)], "feeds only o1"),
    ([("o1", 0.5), ("o2", -0.5)], "cancel exactly"), ([("o1", 0.5), ("o2", 0.1)], "both shares agree"),
    ([("o1", 0.5), ("o2", -0.1)], "that of o1, 0.5, prevails"), ([("o1", 0.5), ("o2", 0.0)], "only o1 has blame"),
    ([("o1", -0.5), ("o2", 0.3), ("o3", 0.4)], "the others together outweigh it"),
    ([("o1", 0.3), ("o2", 0.3), ("o3", 0.3)], "all 3 shares agree")])
def test_shares_add_up_in_words(shares: list[tuple[str, float]], words: str) -> None:
    assert words in backward.answers_for("h1", shares, sum(share for _, share in shares), 0).lower()


@pytest.mark.parametrize(("pushes", "bias", "words"), [
    ([("x1", 0.0), ("x2", 0.0)], None, "nothing but zeros"), ([("x1", 0.0)], 0.5, "only its own bias of 0.5"),
    ([("x1", 0.5), ("x2", -0.5)], None, "cancel exactly"), ([("x1", 0.5), ("x2", -0.2)], None, "by only 0.2"),
    ([("x1", 0.2), ("x2", -0.5)], None, "x2 pulls h1 down by 0.5, and x1 pushes it up by only 0.2"),
    ([("x1", -0.5), ("x2", -0.4)], None, "x1 takes away 0.5 and x2 takes away 0.4"),
    ([("x1", 0.9), ("x2", 0.1)], None, "x1 speaks loudest"), ([("x1", 0.5), ("x2", -0.2)], -0.1, "more pushes h1 up"),
    ([("x1", 0.5), ("x2", -0.49999)], None, "all but cancel"),
    ([("x1", 0.5)], None, "x1 is all that feeds h1"), ([(f"x{k}", 0.1 * k) for k in range(1, 5)], None, "x4 the most")])
def test_sums_in_words(pushes: list[tuple[str, float]], bias: float | None, words: str) -> None:
    z = sum(amount for _, amount in pushes) + (bias or 0.0)
    said = forward.pre_activation("h1", pushes, bias, z, 0)
    assert words in said[0].lower() + said[1:]


@pytest.mark.parametrize(("a", "t", "words"), [
    (0.9999, 1.0, "all but said it"), (0.00001, 1.0, "all but ruled it out"), (0.5, 1.0, "a chance of 0.5"),
    (0.25, 0.0, "left it a chance of 0.75"), (0.3, 0.3, "about the 0.3 wanted"), (0.3, 0.6, "said 0.3 where 0.6")])
def test_binary_cross_entropy_in_words(a: float, t: float, words: str) -> None:
    value = -t * math.log(a) - (1 - t) * math.log(1 - a)
    assert words in loss.binary("o1", a, t, value)


@pytest.mark.parametrize(("a", "t", "words"), [
    (0.3, 0.0, "not the right answer"), (0.25, 1.0, "a share of 0.25; minus the logarithm of that is 1.3863"),
    (0.99999, 1.0, "all but the whole share"), (1e-6, 1.0, "next to no share"), (0.25, 0.5, "where 0.5 was wanted")])
def test_cross_entropy_in_words(a: float, t: float, words: str) -> None:
    assert words in loss.share("o1", a, t, -t * math.log(a))


def test_a_weight_that_crosses_zero_is_told() -> None:
    assert "crosses zero, from 0.1 to −0.2" in update.new("h1", "o1", 0.1, -0.3, -0.2, False, 0)
    assert "leans the other way" in update.new("b", "o1", -0.1, 0.3, 0.2, False, 0)
    assert "still reads 0.5" in update.new("h1", "o1", 0.5, 1e-9, 0.5 + 1e-9, False, 0)
    assert "lost beyond its last digit" in update.new("h1", "o1", 0.5, 1e-30, 0.5, False, 0)


def test_numbers_that_ran_away_are_told_in_words() -> None:
    huge = Network([[[1e200]], [[1e200]]], activations=["linear", "linear"])
    tape = trace(huge, [1.0], [1.0], loss="squared_error", learning_rate=1.0)
    assert entry_of(tape, "o1.z").because == "This number has grown past the largest that a computer can hold."
    for entry in tape:
        assert_one_plain_sentence(entry.because)
