"""The compiled kernels: made at set-up, so that no request has to wait for the compiler."""

from __future__ import annotations

import os

from tools.console import CLEAN, ROOT, run, say
from tools.stamps import fingerprint, holds, leave
from tools.venv import PYTHON, VENV

KERNELS = ROOT / "backprop" / "kernels"


def compile_kernels() -> None:
    """Compile the kernels anew where they, Numba or Python changed; backprop/warm.py does it, and says where to."""
    sources = [ROOT / "backprop" / "activations.py", *sorted(KERNELS.glob("*.py"))]
    made_with = [ROOT / "requirements.txt", VENV / ".stamp-made"]
    mark = fingerprint([*sources, *made_with], os.environ.get("NUMBA_CACHE_DIR", ""))
    stamp = KERNELS / "__pycache__" / ".stamp"
    if holds(stamp, mark):
        return
    say("Compiling the training kernels (about ten seconds, once)")
    run([PYTHON, "-m", "backprop.warm"], doing="Compiling the training kernels", remedy=CLEAN)
    stamp.parent.mkdir(exist_ok=True)
    leave(stamp, mark)
