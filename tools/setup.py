"""Everything `make run` and `make test` need, made once: python -m tools.setup [--dev]."""

from __future__ import annotations

import sys
import time

from tools.console import SetupError, say
from tools.kernels import compile_kernels
from tools.node import install_modules
from tools.pytorch import offer_pytorch
from tools.vendor import build_vendor
from tools.venv import install_requirements


def main() -> int:
    """Set up for running, and with --dev for checking; return an exit code."""
    dev = "--dev" in sys.argv[1:]
    begun = time.monotonic()
    try:
        install_requirements(dev=dev)
        if dev:
            offer_pytorch()
        install_modules(dev=dev)
        build_vendor()
        compile_kernels()
    except SetupError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nSet-up was stopped. Run the same command again to go on.", file=sys.stderr)
        return 130
    took = time.monotonic() - begun
    if took > 2:
        say(f"Set-up done in {took:.0f} s; the next start skips it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
