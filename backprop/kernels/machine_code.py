"""The kernels' machine code: compiled once, kept on disk, loaded without the compiler.

Numba takes half a second to be ready; loading takes a few hundredths. Where there is no machine code for these
sources, this Numba and this processor, it is compiled; `make` sees to that (backprop/warm.py), so that nobody waits.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import llvmlite.binding as llvm

HERE = Path(__file__).parent
ENDING = ".kernels"


def source_hash() -> str:
    """Return what names the machine code: a hash of all that it is made from and for."""
    sources = [HERE.parent / "activations.py", *sorted(HERE.glob("*.py"))]
    parts = [*(source.read_text(encoding="utf-8") for source in sources), version("numba"), version("llvmlite"),
             llvm.get_default_triple(), llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def folders() -> list[Path]:
    """Return where machine code may be kept, best first: NUMBA_CACHE_DIR, or beside the source and the user's."""
    named = os.environ.get("NUMBA_CACHE_DIR")
    own = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"))
    return [Path(named)] if named else [HERE / "__pycache__", own / "backprop"]


def found() -> tuple[str, bytes] | None:
    """Return the entry's name and the object file, where they are kept."""
    for folder in folders():
        with contextlib.suppress(OSError, ValueError):
            name, code = (folder / f"{source_hash()}{ENDING}").read_bytes().split(b"\n", 1)
            return name.decode(), code
    return None


def compiled() -> tuple[str, bytes]:
    """Compile, and keep it where that can be done."""
    from .compiled import object_code
    from .train import entry
    name, code = object_code(entry)
    for folder in folders():
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            draft = folder / f"{source_hash()}.{os.getpid()}"
            draft.write_bytes(name.encode() + b"\n" + code)
            draft.replace(folder / f"{source_hash()}{ENDING}")  # whole, or not at all
            break
    return name, code


@cache
def loaded() -> tuple[Callable[[int], None], Any]:
    """Return the machine code as a function of a table's address, and what keeps it in memory."""
    name, code = found() or compiled()
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    target = llvm.Target.from_default_triple().create_target_machine(jit=True, codemodel="jitdefault")
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), target)
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return ctypes.CFUNCTYPE(None, ctypes.c_void_p)(engine.get_function_address(name)), engine


def run(table: int) -> None:
    """Run the machine code on the table at an address (calls.py); other threads run meanwhile."""
    loaded()[0](table)
