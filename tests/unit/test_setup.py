"""What set-up makes and promises: pinned packages, whole bundles, a Chromium or a clear word."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from tools.chromium import find_chromium
from tools.console import ROOT, SetupError, run
from tools.kernels import compile_kernels
from tools.pytorch import offer_pytorch
from tools.stamps import fingerprint, holds, leave


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_python_package_is_pinned(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert [line for line in wanted if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def test_pytorch_is_pinned_and_taken_without_cuda_on_linux() -> None:
    lines = (ROOT / "requirements-torch.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert wanted[:2] == ['torch==2.13.0+cpu ; sys_platform == "linux"', 'torch==2.13.0 ; sys_platform != "linux"']
    assert [line for line in wanted[2:] if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert "torch" not in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("offered", [True, False])
def test_set_up_goes_on_without_pytorch_and_asks_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], offered: bool,
) -> None:
    asked: list[tuple[str, ...]] = []

    def install(*what: str) -> None:
        asked.append(what)
        if not offered:
            raise SetupError("no such package")
    (tmp_path / ".stamp-made").write_text("3.11")
    monkeypatch.setattr("tools.pytorch.VENV", tmp_path)
    monkeypatch.setattr("tools.pytorch.pip_install", install)
    offer_pytorch()
    offer_pytorch()
    assert asked == [("-r", "requirements-torch.txt")]
    assert ("No PyTorch without CUDA" in capsys.readouterr().err) is not offered


def test_every_npm_package_is_pinned_and_the_lock_names_no_address() -> None:
    about = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions = [*about["dependencies"].values(), *about["devDependencies"].values()]
    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    packages = json.loads(lock)["packages"]
    assert [path for path, package in packages.items() if path and "integrity" not in package] == []


@pytest.mark.parametrize("sheet", ["static/css/fonts.css", "static/vendor/katex.css"])
def test_every_font_that_a_style_sheet_names_is_there(sheet: str) -> None:
    path = ROOT / sheet
    named = re.findall(r"url\(\"?([^)\"]+)\"?\)", path.read_text(encoding="utf-8"))
    assert len(named) >= 12
    assert [name for name in named if not (path.parent / name).is_file()] == []


@pytest.mark.parametrize("name", ["lit", "katex", "socket.io"])
def test_every_bundle_has_its_types_and_its_licence(name: str) -> None:
    vendor = ROOT / "static" / "vendor"
    assert (vendor / f"{name}.js").is_file()
    assert (vendor / f"{name}.d.ts").is_file()
    licences = (vendor / "LICENSES.txt").read_text(encoding="utf-8")
    assert re.search(rf"^{re.escape(name)}[\w-]* \d", licences, re.MULTILINE)


def test_a_stamp_holds_until_what_it_was_made_from_changes(tmp_path: Path) -> None:
    source, stamp = tmp_path / "source", tmp_path / "stamp"
    source.write_text("one")
    mark = fingerprint([source], "3.11")
    assert not holds(stamp, mark)
    leave(stamp, mark)
    assert holds(stamp, mark)
    assert not holds(stamp, fingerprint([source], "3.12"))
    source.write_text("two")
    assert not holds(stamp, fingerprint([source], "3.11"))


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Stand kernels of one file in a folder of its own, and write down what is run instead of running it."""
    (tmp_path / "train.py").write_text("one")
    told: list[list[str]] = []
    monkeypatch.setattr("tools.kernels.KERNELS", tmp_path)
    monkeypatch.setattr("tools.kernels.run", lambda command, **_: told.append([str(part) for part in command]))
    return told


def test_the_kernels_are_compiled_once_until_they_change(commands: list[list[str]], tmp_path: Path) -> None:
    compile_kernels()
    assert [command[1:] for command in commands] == [["-m", "backprop.warm"]]
    compile_kernels()
    assert len(commands) == 1
    (tmp_path / "train.py").write_text("two")
    compile_kernels()
    assert len(commands) == 2


def test_kernels_that_do_not_compile_leave_no_stamp(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise SetupError("no compiler")
    with monkeypatch.context() as broken:
        broken.setattr("tools.kernels.run", fail)
        with pytest.raises(SetupError):
            compile_kernels()
    compile_kernels()
    assert len(commands) == 1


def test_the_kernels_go_where_the_environment_says(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:
    compile_kernels()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "elsewhere"))
    compile_kernels()
    assert len(commands) == 2


def test_a_failed_step_says_what_it_printed_and_what_to_do() -> None:
    program = "import sys; print('what went wrong'); sys.exit(3)"
    with pytest.raises(SetupError) as caught:
        run([sys.executable, "-c", program], doing="Trying", remedy="Try otherwise.")
    assert str(caught.value) == "what went wrong\n\nTrying failed (exit code 3).\nTry otherwise."


def test_a_chromium_named_by_the_environment_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = tmp_path / "my-chromium"
    named.write_text("#!/bin/sh\necho Chromium 1\n")
    named.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(named))
    assert find_chromium() == str(named)


def test_a_chromium_that_does_not_run_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    with pytest.raises(SetupError, match="CHROMIUM is 'no-such-browser'"):
        find_chromium()


def test_without_a_chromium_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("CHROMIUM", "PLAYWRIGHT_BROWSERS_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("tools.chromium.APPLICATIONS", ())
    with pytest.raises(SetupError, match="sudo apt-get install chromium"):
        find_chromium()
