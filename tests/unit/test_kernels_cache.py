"""The kernels' machine code: kept under a hash of all that it is made from, and made at set-up, never in a request."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from backprop.kernels import calls, machine_code
from backprop.kernels.plan import plan_of
from backprop.warm import remove_old, warm
from tests.unit.test_training_bits import fingerprint

ROOT = Path(__file__).parents[2]
HASH = machine_code.source_hash()


def copied_sources(folder):
    """Copy what is hashed to another place."""
    kernels = folder / "kernels"
    kernels.mkdir()
    for source in machine_code.HERE.glob("*.py"):
        (kernels / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    activations = machine_code.HERE.parent / "activations.py"
    (folder / "activations.py").write_text(activations.read_text(encoding="utf-8"), encoding="utf-8")
    return kernels


def test_the_hash_goes_by_what_the_sources_say(tmp_path, monkeypatch):
    kernels = copied_sources(tmp_path)
    monkeypatch.setattr(machine_code, "HERE", kernels)
    assert machine_code.source_hash() == HASH
    changed = [*sorted(kernels.glob("*.py")), tmp_path / "activations.py"]
    seen = {HASH}
    for source in changed:
        source.write_text(source.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
        seen.add(machine_code.source_hash())
    assert len(seen) == 1 + len(changed)


@pytest.mark.parametrize(("name", "says"), [("version", "0.0"), ("llvm.get_host_cpu_name", "another")])
def test_and_by_numba_and_the_processor(monkeypatch, name, says):
    monkeypatch.setattr(f"backprop.kernels.machine_code.{name}", lambda *_: says)
    assert machine_code.source_hash() != HASH


def test_every_source_outside_the_folder_that_is_compiled_is_hashed():
    text = "".join(source.read_text(encoding="utf-8") for source in machine_code.HERE.glob("*.py"))
    assert text.count("from ..") == text.count("from ..activations import") > 0


def test_where_it_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    assert machine_code.folders() == [machine_code.HERE / "__pycache__", tmp_path / "backprop"]
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "named"))
    assert machine_code.folders() == [tmp_path / "named"]


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Keep machine code in a folder of this test's own, and stand in for the compiler."""
    monkeypatch.setattr(machine_code, "folders", lambda: [tmp_path / "not" / "to be", tmp_path])
    (tmp_path / "not").write_text("a file, so that no folder can be made in it")
    monkeypatch.setattr("backprop.kernels.compiled.object_code", lambda _: ("name", b"code\n\0code"))
    return tmp_path


def test_what_was_compiled_is_found(kept):
    assert machine_code.found() is None
    assert machine_code.compiled() == ("name", b"code\n\0code") == machine_code.found()
    assert sorted(path.name for path in kept.iterdir()) == [f"{HASH}.kernels", "not"]


def test_what_can_be_kept_nowhere_works_all_the_same(kept, monkeypatch):
    monkeypatch.setattr(machine_code, "folders", lambda: [kept / "not" / "to be"])
    assert machine_code.compiled() == ("name", b"code\n\0code") and machine_code.found() is None


def test_old_machine_code_goes_and_the_present_stays(kept, monkeypatch):
    monkeypatch.setattr("backprop.warm.folders", machine_code.folders)
    for name in (f"{HASH}.kernels", "0123456789abcdef.kernels", "other.txt"):
        (kept / name).write_text("")
    remove_old()
    assert sorted(path.name for path in kept.iterdir()) == sorted([f"{HASH}.kernels", "not", "other.txt"])


def test_nothing_but_the_right_kind_of_array_reaches_the_machine_code():
    good = [plan_of([1, 1], ["linear"], True, 4, 1), *(np.zeros(8) for _ in range(8))]
    fixed = np.zeros(8)
    fixed.flags.writeable = False
    for wrong in (np.zeros(8, np.float32), np.zeros(16)[::2], np.zeros(8, np.int32), np.zeros(8, complex), fixed):
        with pytest.raises((TypeError, BufferError)):
            calls.answer(calls.Samples(*good[:-1], wrong), 0, np.zeros(2))


def said_by(program, **environment):
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True,
                          env={**os.environ, **environment})
    return done.stdout.split()


TRAINED = "from tests.unit.test_training_bits import fingerprint; print(fingerprint())"


def test_a_second_process_compiles_nothing():
    warm()
    assert said_by(f"{TRAINED}; import sys; print('numba' in sys.modules)") == [fingerprint(), "False"]


def test_a_cold_start_gives_the_same_bits_and_keeps_what_it_compiled(tmp_path):
    assert said_by(TRAINED, NUMBA_CACHE_DIR=str(tmp_path)) == [fingerprint()]
    assert [path.name for path in tmp_path.iterdir()] == [f"{HASH}.kernels"]
    assert said_by("from backprop.warm import warm; import sys; warm(); print('numba' in sys.modules)",
                   NUMBA_CACHE_DIR=str(tmp_path)) == ["False"]
