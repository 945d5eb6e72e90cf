"""Record what the exported PyTorch scripts print, for the tests on machines without PyTorch.

With the path of a Python that has PyTorch (recorded with 2.13.0, CPU), from the project's folder:
    .venv/bin/python -m tests.data.record_pytorch /path/to/python

It writes pytorch_printed.json beside itself: for every pass and run of tests/unit/exported.py, the hash of its script
and the numbers that the script printed. The tests compare both; a script that has changed has to be recorded anew.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from backprop.exports import pytorch_script, run_pytorch_script
from tests.unit.exported import PASSES, RUNS, pass_of, printed_together


def main() -> None:
    """Run every script and write what it prints."""
    python = sys.argv[1] if len(sys.argv) > 1 else sys.executable
    version = subprocess.run([python, "-c", "import torch; print(torch.__version__)"], capture_output=True, text=True,
                             check=True).stdout.strip()
    scripts = {name: pytorch_script(*pass_of(name)) for name in PASSES}
    scripts |= {f"run: {name}": run_pytorch_script(*RUNS[name]) for name in RUNS}
    with tempfile.TemporaryDirectory() as folder:
        found = printed_together(scripts, Path(folder), python)
    cases = {name: {"sha256": hashlib.sha256(script.encode()).hexdigest(), "printed": found[name]}
             for name, script in scripts.items()}
    path = Path(__file__).with_name("pytorch_printed.json")
    path.write_text(json.dumps({"torch": version, "cases": cases}, indent=1) + "\n", encoding="utf-8")
    print(f"{len(cases)} scripts recorded with PyTorch {version}")


if __name__ == "__main__":
    main()
