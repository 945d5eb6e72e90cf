"""A small TeX evaluator for the tests: what a `substituted` says, worked out anew in 50 digits.

It shares nothing with the engine. It reads the notation of the tape: + - \\times / powers, \\frac, \\tfrac, e^{..},
\\ln(..), \\tanh(..), \\max(a, b), [a > b] (1 or 0), brackets, and factors written side by side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext

TOKEN = re.compile(r"\s*(@[^@]+@|\\[a-z]+|\d+\.?\d*|[-+/^(){}\[\]>,e])")
DIGITS = Context(prec=50, Emax=MAX_EMAX, Emin=MIN_EMIN)


@dataclass(frozen=True)
class Worked:
    """A value, and its size: how far it moves if every number on the way to it moves by one part in one.

    A value that was added up from large terms that nearly cancel has a size much larger than itself. Rounding may
    change a value by a few parts in 10^16 of its size, so the size is the yardstick for comparing two ways to it.
    """

    value: Decimal
    size: Decimal


def evaluate(text: str, known: Mapping[str, Worked] | None = None) -> Worked:
    """Work out `text`, in which `@name@` stands for one of `known`; ValueError for anything that cannot be read."""
    with localcontext(DIGITS):
        reader = _Reader(_tokens(text), known or {})
        worked = reader.sum()
        if reader.peek() is not None:
            raise ValueError(f"{text!r} has {reader.peek()!r} left over")
        return worked


def exact(value: float) -> Worked:
    """Return a number that is given."""
    return _exact(Decimal(value))


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text.rstrip()):
        matched = TOKEN.match(text, at)
        if matched is None:
            raise ValueError(f"{text!r} cannot be read at {at}: {text[at:at + 20]!r}")
        found.append(matched.group(1))
        at = matched.end()
    return found


def _exact(value: Decimal) -> Worked:
    return Worked(value, abs(value))


class _Reader:
    def __init__(self, tokens: list[str], known: Mapping[str, Worked]) -> None:
        self.tokens, self.known, self.at = tokens, known, 0

    def peek(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, expected: str | None = None) -> str:
        token = self.peek()
        if token is None or (expected is not None and token != expected):
            raise ValueError(f"expected {expected!r}, found {token!r} at {self.at} of {self.tokens}")
        self.at += 1
        return token

    def sum(self) -> Worked:
        total = self.product()
        while self.peek() in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            term = self.product()
            total = Worked(total.value + sign * term.value, total.size + term.size)
        return total

    def product(self) -> Worked:
        result = self.signed()
        while (token := self.peek()) is not None and token not in ("+", "-", ")", "}", "]", ",", ">"):
            if token == "/":
                self.take()
                result = _quotient(result, self.signed())
                continue
            if token == r"\times":
                self.take()
            factor = self.signed()
            result = Worked(result.value * factor.value, result.size * factor.size)
        return result

    def signed(self) -> Worked:
        if self.peek() == "-":
            self.take()
            below = self.signed()
            return Worked(-below.value, below.size)
        base = self.atom()
        if self.peek() == "^":
            self.take()
            exponent = self.group() if self.peek() == "{" else _exact(Decimal(self.take()))
            return Worked(base.value ** exponent.value, base.size ** exponent.value)
        return base

    def group(self, opening: str = "{", closing: str = "}") -> Worked:
        self.take(opening)
        inside = self.sum()
        self.take(closing)
        return inside

    def atom(self) -> Worked:
        token = self.peek()
        if token == "(":
            return self.group("(", ")")
        self.take()
        if token == "[":
            left = self.sum()
            self.take(">")
            right = self.sum()
            self.take("]")
            return _exact(Decimal(left.value > right.value))
        if token == "e":
            self.take("^")
            inside = self.group()
            power = inside.value.exp()
            return Worked(power, power * (1 + inside.size))
        if token in (r"\frac", r"\tfrac"):
            return _quotient(self.group(), self.group())
        if token in (r"\ln", r"\tanh"):
            inside = self.group("(", ")")
            return _logarithm(inside) if token == r"\ln" else _tanh(inside)
        if token == r"\max":
            self.take("(")
            left = self.sum()
            self.take(",")
            right = self.sum()
            self.take(")")
            return left if left.value >= right.value else right
        if token is not None and token[0] == "@":
            return self.known[token[1:-1]]
        if token is not None and token[0].isdigit():
            return _exact(Decimal(token))
        raise ValueError(f"unexpected {token!r} at {self.at} of {self.tokens}")


def _quotient(above: Worked, below: Worked) -> Worked:
    return Worked(above.value / below.value, above.size * below.size / below.value ** 2)


def _logarithm(inside: Worked) -> Worked:
    value = inside.value.ln()
    return Worked(value, abs(value) + inside.size / inside.value)


def _tanh(inside: Worked) -> Worked:
    power = (-2 * abs(inside.value)).exp()
    near_zero = abs(inside.value) < Decimal("1e-20")  # there tanh z is z, to all the digits that are left
    value = inside.value if near_zero else ((1 - power) / (1 + power)).copy_sign(inside.value)
    return Worked(value, abs(value) + (1 - value ** 2) * inside.size)
