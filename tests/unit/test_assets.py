"""The page's files in memory: one version for all, packed once, read again when one changes."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from backprop.serving import page_files
from backprop.serving.assets import Assets, packed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "main.js").write_text(
        'import "./a.js";\nimport {\n  b,\n} from "../lib/b.js";\nimport x from "bare";\nexport const c = ".a b";\n')
    (tmp_path / "js" / "a.js").write_text(f'export * from "./main.js";\n// {"a" * 1000}\n')
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "b.js").write_text("export const b = 1;\n")
    (tmp_path / ".hidden").write_text("no")
    return tmp_path


def test_a_file_is_there_as_it_is_and_packed(folder: Path) -> None:
    asset = Assets(folder).get("js/a.js")
    assert asset is not None
    assert asset.body == (folder / "js" / "a.js").read_bytes()
    assert asset.packed is not None
    assert gzip.decompress(asset.packed) == asset.body
    assert asset.kind == "text/javascript; charset=utf-8"


@pytest.mark.parametrize("path", [".hidden", "../secret", "js", "js/../js/a.js", "/etc/passwd", ""])
def test_nothing_else_is_there(folder: Path, path: str) -> None:
    assert Assets(folder).get(path) is None


def test_the_version_stands_for_every_byte(folder: Path) -> None:
    assets = Assets(folder)
    assert Assets(folder).version == assets.version
    before = assets.version
    os.utime(folder / "lib" / "b.js", ns=(1, 1))
    assets.refresh()
    assert assets.version == before  # touched, not changed
    (folder / "lib" / "b.js").write_text("export const b = 2;\n")
    assets.refresh()
    assert assets.version != before
    changed = assets.get("lib/b.js")
    assert changed is not None
    assert changed.body == b"export const b = 2;\n"
    (folder / "js" / "a.js").rename(folder / "js" / "c.js")
    assets.refresh()
    assert assets.get("js/a.js") is None
    assert assets.get("js/c.js") is not None


def test_who_looks_often_reads_the_folder_once_a_second(folder: Path) -> None:
    now = 100.0
    assets = Assets(folder, clock=lambda: now)
    before = assets.version
    (folder / "new.txt").write_text("new")
    now = 100.9
    assets.look()
    assert (assets.version, assets.get("new.txt")) == (before, None)
    now = 101.0
    assets.look()
    assert assets.version != before and assets.get("new.txt") is not None


def test_a_modules_needs_are_found_each_once(folder: Path) -> None:
    assert Assets(folder).modules("js/main.js") == ["js/main.js", "js/a.js", "lib/b.js"]


def test_small_and_random_bytes_are_not_packed() -> None:
    assert packed(b"a" * 100) is None
    assert packed(os.urandom(2000)) is None
    assert packed(b"a" * 2000) == packed(b"a" * 2000)


ESBUILD = Path(__file__).parents[2] / "node_modules" / "@esbuild"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder as static/ is, with esbuild beside it."""
    folder = tmp_path / "static"
    for name in ("css", "js"):
        (folder / name).mkdir(parents=True)
    for sheet in page_files.SHEETS:
        (folder / "css" / f"{sheet}.css").write_text(f"/* {sheet} */")
    (folder / "js" / "main.js").write_text('import { greet } from "./greet.js";\ngreet();\n')
    (folder / "js" / "greet.js").write_text('export const greet = () => console.log("Grüße");\n')
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "@esbuild").symlink_to(ESBUILD)
    return folder


def test_modules_are_joined_and_joined_again_when_one_changes(site: Path) -> None:
    assets = Assets(site, page_files.made)
    script = assets.get(page_files.SCRIPT)
    assert script is not None
    assert "Grüße" in script.body.decode()
    assert b"import" not in script.body
    before = assets.version
    (site / "js" / "greet.js").write_text('export const greet = () => console.log("Hallo");\n')
    assets.refresh()
    script = assets.get(page_files.SCRIPT)
    assert script is not None
    assert b"Hallo" in script.body
    assert assets.version != before


def test_sheets_are_joined_in_their_order(site: Path) -> None:
    style = page_files.made(site)[page_files.STYLE].decode()
    assert style.split("\n") == [f"/* {sheet} */" for sheet in page_files.SHEETS]


def test_a_module_with_a_fault_is_left_to_the_browser_to_tell(site: Path) -> None:
    (site / "js" / "greet.js").write_text("export const greet = ;")
    assert page_files.SCRIPT not in page_files.made(site)


def test_without_esbuild_the_modules_go_one_by_one(site: Path) -> None:
    (site.parent / "node_modules" / "@esbuild").unlink()
    assets = Assets(site, page_files.made)
    assert assets.get(page_files.SCRIPT) is None
    assert assets.modules(page_files.ENTRY) == ["js/main.js", "js/greet.js"]
