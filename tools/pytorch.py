"""PyTorch in .venv/, for the tests that run the exported PyTorch scripts: where it can be had without CUDA."""

from __future__ import annotations

from tools.console import ROOT, SetupError, say
from tools.stamps import fingerprint, holds, leave
from tools.venv import VENV, pip_install

REQUIREMENTS = "requirements-torch.txt"
WITHOUT = "No PyTorch without CUDA is offered here: the exported scripts are held to what they printed when recorded"


def offer_pytorch() -> None:
    """Install requirements-torch.txt, or go on without; ask again when the file or .venv/ has changed."""
    stamp = VENV / ".stamp-torch"
    mark = fingerprint([ROOT / REQUIREMENTS, VENV / ".stamp-made"], str(VENV))
    if holds(stamp, mark):
        return
    say(f"Installing what {REQUIREMENTS} names, for the exported PyTorch scripts")
    try:
        pip_install("-r", REQUIREMENTS)
    except SetupError:
        say(WITHOUT)
    leave(stamp, mark)
