"""Four float64 numbers as one value: what one vector instruction works on.

Numba has no such type and finds vector instructions by itself only in loops that are long and plain; the loops of a
small network are short. So here is the type: + - * / with quads and floats, load and store, and a few functions.
All of them do to each of the four exactly what IEEE arithmetic does to one.
"""

from __future__ import annotations

import operator
from typing import Any

from llvmlite import ir
from numba import types
from numba.core.datamodel import PrimitiveModel, register_default
from numba.core.typing.templates import ConcreteTemplate, infer_global, signature
from numba.extending import intrinsic, lower_builtin

Quads = Any  # how Python's type checker sees a quad

WIDTH = 4
FLOAT, WHOLE = ir.DoubleType(), ir.IntType(64)
FLOATS, WHOLES = ir.VectorType(FLOAT, WIDTH), ir.VectorType(WHOLE, WIDTH)


class Quad(types.Type):  # type: ignore[misc]
    """The type of a quad, for Numba."""

    def __init__(self) -> None:
        """Name it."""
        super().__init__(name="quad")


QUAD = Quad()


@register_default(Quad)
class _Model(PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, FLOATS)


def _address(context: Any, builder: Any, kind: Any, array: Any, index: Any) -> Any:
    data = context.make_array(kind)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [index]), FLOATS.as_pointer())


def _filled(builder: Any, number: Any) -> Any:
    """Return a vector with the number in each place."""
    first = builder.insert_element(ir.Constant(FLOATS, ir.Undefined), number, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(first, first, ir.Constant(ir.VectorType(ir.IntType(32), WIDTH), [0] * WIDTH))


@intrinsic  # type: ignore[untyped-decorator]
def load(typing: Any, array: Any, index: Any) -> Any:
    """Return the four numbers from array[index] on."""
    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.load(_address(context, builder, signature.args[0], *given), align=8)
    return QUAD(array, types.int64), code


@intrinsic  # type: ignore[untyped-decorator]
def store(typing: Any, array: Any, index: Any, quad: Any) -> Any:
    """Put the four numbers into the array from array[index] on."""
    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        builder.store(given[2], _address(context, builder, signature.args[0], *given[:2]), align=8)
        return context.get_dummy_value()
    return types.void(array, types.int64, QUAD), code


@intrinsic  # type: ignore[untyped-decorator]
def all_four(typing: Any, number: Any) -> Any:
    """Return the number, four times."""
    return QUAD(types.float64), lambda _, builder, __, given: _filled(builder, given[0])


class _Arithmetic(ConcreteTemplate):  # type: ignore[misc]
    cases = (signature(QUAD, QUAD, QUAD), signature(QUAD, QUAD, types.float64), signature(QUAD, types.float64, QUAD))


def _teach(operation: Any, instruction: str) -> None:
    """Let Numba apply an operation of Python to quads, and to a quad and a float, which counts as four equal ones."""
    def code(_: Any, builder: Any, kinds: Any, given: Any) -> Any:
        left, right = (value if kind is QUAD else _filled(builder, value)
                       for kind, value in zip(kinds.args, given, strict=True))
        return getattr(builder, instruction)(left, right)

    infer_global(operation)(_Arithmetic)
    for kinds in _Arithmetic.cases:
        lower_builtin(operation, *kinds.args)(code)


for _operation, _instruction in ((operator.add, "fadd"), (operator.iadd, "fadd"), (operator.sub, "fsub"),
                                 (operator.isub, "fsub"), (operator.mul, "fmul"), (operator.imul, "fmul"),
                                 (operator.truediv, "fdiv")):
    _teach(_operation, _instruction)


@intrinsic  # type: ignore[untyped-decorator]
def magnitude(typing: Any, quad: Any) -> Any:
    """Return |x|."""
    return QUAD(QUAD), lambda _, builder, __, given: builder.call(_declared(builder, "llvm.fabs.v4f64", 1), given)


@intrinsic  # type: ignore[untyped-decorator]
def with_sign_of(typing: Any, quad: Any, sign: Any) -> Any:
    """Return |x| with the sign of the other."""
    return QUAD(QUAD, QUAD), lambda _, builder, __, given: builder.call(
        _declared(builder, "llvm.copysign.v4f64", 2), given)


def _declared(builder: Any, name: str, arguments: int) -> Any:
    return builder.module.declare_intrinsic(name, (), ir.FunctionType(FLOATS, [FLOATS] * arguments))


@intrinsic  # type: ignore[untyped-decorator]
def where_less(typing: Any, left: Any, right: Any, yes: Any, no: Any) -> Any:
    """Return `yes` where left < right, `no` elsewhere and where either is NaN."""
    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        left, right, yes, no = given
        return builder.select(builder.fcmp_ordered("<", left, right), yes, no)
    return QUAD(QUAD, QUAD, QUAD, QUAD), code


@intrinsic  # type: ignore[untyped-decorator]
def two_to_the(typing: Any, shifted: Any) -> Any:
    """Return 2^n, given n + 1.5 * 2^52: n sits in the lowest bits and moves to the exponent's. 0 for n = -1023."""
    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        wholes = builder.bitcast(given[0], WHOLES)
        moved = builder.shl(wholes, ir.Constant(WHOLES, [52] * WIDTH))
        return builder.bitcast(builder.add(moved, ir.Constant(WHOLES, [1023 << 52] * WIDTH)), FLOATS)
    return QUAD(QUAD), code


@intrinsic  # type: ignore[untyped-decorator]
def total(typing: Any, quad: Any) -> Any:
    """Return (first + second) + (third + fourth)."""
    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        a, b, c, d = (builder.extract_element(given[0], ir.Constant(ir.IntType(32), place)) for place in range(WIDTH))
        return builder.fadd(builder.fadd(a, b), builder.fadd(c, d))
    return types.float64(QUAD), code


@intrinsic  # type: ignore[untyped-decorator]
def largest(typing: Any, quad: Any) -> Any:
    """Return the largest of the four."""
    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        found = None
        for place in range(WIDTH):
            number = builder.extract_element(given[0], ir.Constant(ir.IntType(32), place))
            found = number if found is None else builder.select(builder.fcmp_ordered("<", found, number), number, found)
        return found
    return types.float64(QUAD), code
