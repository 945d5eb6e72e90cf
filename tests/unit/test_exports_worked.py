"""The worked solution: every number in it is the pass's, its TeX is KaTeX's too, and Markdown leaves it alone."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from backprop.exports import worked_solution
from backprop.exports.equations import alone, near, relation, rounded
from tests.unit.exported import PASSES, pass_of
from tools.console import ROOT
from tools.node import find_node

STEP = re.compile(r"^\*\*(\d+)\.\*\* ([^\n]+)\n\n\$\$\n(.+?)\n\$\$$", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?: \\times 10\^\{-?\d+\})?(?![\w.])")
KATEX = """
const { default: katex } = await import(process.argv[1]);
let text = "";
for await (const part of process.stdin) text += part;
for (const [display, tex] of JSON.parse(text)) katex.renderToString(tex, { displayMode: display, strict: "error" });
"""


def solution(name: str) -> str:
    return worked_solution(*pass_of(name))


def formulas(text: str) -> list[tuple[bool, str]]:
    """Every formula, and whether it stands by itself."""
    shown = re.findall(r"^\$\$\n(.+?)\n\$\$$", text, re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^\$\$\n.+?\n\$\$$", "", text, flags=re.MULTILINE | re.DOTALL)
    return [*((True, tex) for tex in shown), *((False, tex) for tex in re.findall(r"\$([^$\n]+)\$", rest))]


@pytest.mark.parametrize("name", PASSES)
def test_every_entry_is_a_step_in_order_with_its_reason_and_its_value(name: str) -> None:
    spec, one = pass_of(name)
    steps, tape = STEP.findall(worked_solution(spec, one)), one.tape()
    assert [int(number) for number, _, _ in steps] == list(range(1, len(tape) + 1))
    for entry, (_, because, equation) in zip(tape, steps, strict=True):
        assert because == entry.because
        lines = equation.split("\n")
        assert lines[0] == r"\begin{aligned}" and lines[-1] == r"\end{aligned}"
        assert lines[1].startswith(f"{entry.symbol} &= ")
        sign = "=" if rounded(entry.value) == pytest.approx(entry.value, rel=1e-12, abs=0.0) else r"\approx"
        assert lines[-2] == f"&{sign} {alone(entry.value)}"


@pytest.mark.parametrize("name", PASSES)
def test_every_number_of_the_equations_is_the_pass_s(name: str) -> None:
    """Beside rounded numbers of the tape there are only those of the formulas themselves: ½, 1, 2, 0.01, 0."""
    _, one = pass_of(name)
    tape, check = one.tape(), one.check()
    values = [abs(tape[ref].value) for ref in [*(given.id for given in tape.givens), *(entry.id for entry in tape)]]
    values += [abs(number) for row in check.parameters for number in (row.analytic, row.numeric)]
    own = {alone(value) for value in values} | {alone(row.relative_difference, 2) for row in check.parameters}
    own |= {"0", "1", "2", "0.01", alone(check.tolerance)}
    for _, tex in formulas(solution(name)):
        plain = re.sub(r"_\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|_\d|\^2|\^\{\d\}_", "", tex)
        for found in NUMBER.findall(plain):
            assert found in own, f"{found} of {tex}"


@pytest.mark.parametrize("name", PASSES)
def test_the_tex_is_balanced_and_safe_in_markdown(name: str) -> None:
    text = solution(name)
    assert text.count("$$") % 2 == 0 and text.replace("$$", "").count("$") % 2 == 0
    for display, tex in formulas(text):
        for opening, closing in ("{}", "()", "[]"):
            assert tex.count(opening) == tex.count(closing), tex
        assert tex.count(r"\left") == tex.count(r"\right")
        assert not re.search(r"\\[^A-Za-z]", tex), "a backslash that Markdown would take for its own"
        assert display or "|" not in tex, "a bar would end a cell of the table"
        assert all(not re.match(r"\s*(?:[-+*>#]|\d+[.)]) ", line) for line in tex.split("\n")), "a line like a list"
    for line in text.split("\n"):
        assert not re.search(r"[*`<\\]", re.sub(r"\*\*[^*]+\*\*|\$[^$]*\$", "", line)) or line.startswith(("&", "\\")) \
            or "&" in line, line


def test_katex_sets_every_formula_without_a_complaint() -> None:
    node = find_node()
    assert node is not None
    everything = [formula for name in PASSES for formula in formulas(solution(name))]
    katex = (ROOT / "node_modules" / "katex" / "dist" / "katex.mjs").as_uri()
    ended = subprocess.run([node.node, "--input-type=module", "-e", KATEX, katex],
                           input=json.dumps(everything), capture_output=True, text=True, encoding="utf-8", check=False)
    assert ended.stderr == "" and ended.returncode == 0


def test_it_opens_with_the_network_and_closes_with_the_check() -> None:
    text = solution("textbook")
    assert text.startswith("# Pass 1 of a 2→2→1 network, worked out by hand\n\nThe network has sigmoid in every layer, "
                           "without biases; its loss is the half squared error. This pass takes row 1 of the data.\n")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Given", "Forward", "Loss", "Backward", "Update", "Check"]
    assert "- input x1: $x_1 = 0.35$\n" in text
    assert "| x1 → h1 | $0.000954656$ | $0.000954656$ | " in text
    assert text.endswith("and up to $1 \\times 10^{-6}$ counts as agreement.\n")


def test_a_long_sum_goes_on_below_itself() -> None:
    text = solution("six layers of relu")
    assert any(r"\cr" + "\n" + r"&\quad +" in tex for _, tex in formulas(text))


def test_numbers_are_rounded_only_for_showing() -> None:
    assert near(0.20999999999999996) == "0.21" and relation(0.20999999999999996) == "="
    assert near(-0.66507363952) == "(-0.665074)" and alone(-0.66507363952) == "-0.665074"
    assert relation(0.5, 0.66507363952) == r"\approx"
    assert alone(4.2e-9) == r"4.2 \times 10^{-9}"
