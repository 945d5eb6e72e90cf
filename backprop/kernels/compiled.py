"""How the kernels are compiled: by Numba, into machine code that machine_code.py keeps and loads without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba
from llvmlite import binding as llvm
from numba import types

# Neither reference counts nor exceptions: a kernel makes no array and raises nothing. x / 0 is inf, as in NumPy.
OPTIONS: dict[str, Any] = {"error_model": "numpy", "_nrt": False}

# The loops here are short, two or four rounds: unrolling them eightfold makes them slower, and the code thrice as long.
llvm.set_option("", "-unroll-runtime=false")

F = TypeVar("F", bound=Callable[..., Any])


def part(function: F) -> F:
    """Compile into what calls it: a call with ten arrays costs as much as a small layer."""
    compiled: F = numba.njit(forceinline=True, no_cpython_wrapper=True, no_cfunc_wrapper=True, **OPTIONS)(function)
    return compiled


def object_code(entry: Callable[[int], None]) -> tuple[str, bytes]:
    """Compile a function of one address; return its name in the object file, and the object file."""
    callback = numba.cfunc(types.void(types.int64), **OPTIONS)(entry)
    return callback.native_name, callback._library._get_compiled_object()
