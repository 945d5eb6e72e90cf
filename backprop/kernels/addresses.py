"""How a kernel reads what Python gave it: arrays by their addresses in a table (calls.py), and entries of a plan."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types
from numba.extending import intrinsic
from numba.np.arrayobj import populate_array

from .compiled import part
from .plan import COLUMNS, NUMBERS, Plan


def _view(context: Any, builder: Any, made: Any, address: Any, length: Any) -> Any:
    """Return an array of type `made` over so many numbers at an address; nothing is copied."""
    size, columns = made.dtype.bitwidth // 8, [COLUMNS] * (made.ndim - 1)
    whole = [context.get_constant(types.intp, number) for number in (*columns, size)]
    rows = builder.udiv(length, whole[0]) if columns else length
    strides = [context.get_constant(types.intp, size * number) for number in (*columns, 1)]
    view = context.make_array(made)(context, builder)
    data = builder.inttoptr(address, context.get_data_type(made.dtype).as_pointer())
    populate_array(view, data, [rows, *whole[:-1]], strides, whole[-1], meminfo=None)
    return view._getvalue()


def _arrays_of(made: Any) -> Any:
    def array(typing: Any, table: Any, k: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
            numbers = context.make_array(table)(context, builder, given[0]).data
            place = builder.add(builder.mul(given[1], given[1].type(2)), given[1].type(NUMBERS))
            entry = builder.gep(numbers, [place])
            return _view(context, builder, made, builder.load(entry), builder.load(builder.gep(entry, [place.type(1)])))
        return made(table, types.int64), code
    return intrinsic(array)


# each a function of a table and k: the table's k-th array
floats, wholes = _arrays_of(types.Array(types.float64, 1, "C")), _arrays_of(types.Array(types.int64, 1, "C"))
bytes_at, plan_at = _arrays_of(types.Array(types.uint8, 1, "C")), _arrays_of(types.Array(types.uint32, 2, "C"))


@intrinsic  # type: ignore[untyped-decorator]
def table_at(typing: Any, address: Any) -> Any:
    """Return the numbers with which the table at an address begins."""
    made = types.Array(types.int64, 1, "C")

    def code(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return _view(context, builder, made, given[0], given[0].type(NUMBERS))
    return made(types.int64), code


@part
def at(plan: Plan, layer: int, column: int) -> int:
    """Return an entry of the plan as a signed whole number: Numba mixes signed and unsigned into floats."""
    return np.int64(plan[layer, column])  # type: ignore[return-value]
