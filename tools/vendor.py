"""static/vendor/: the browser libraries, bundled by esbuild from node_modules/, with their types and licences."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tools.console import CLEAN, ROOT, SetupError, run, say
from tools.node import MODULES, find_node
from tools.stamps import fingerprint, holds, leave

VENDOR = ROOT / "static" / "vendor"

# Each text is both the entry that is bundled into NAME.js and the types in NAME.d.ts.
BUNDLES = {
    "lit": """\
export { LitElement, ReactiveElement, css, html, noChange, nothing, render, svg } from "lit";
export { classMap } from "lit/directives/class-map.js";
export { guard } from "lit/directives/guard.js";
export { ifDefined } from "lit/directives/if-defined.js";
export { keyed } from "lit/directives/keyed.js";
export { live } from "lit/directives/live.js";
export { createRef, ref } from "lit/directives/ref.js";
export { repeat } from "lit/directives/repeat.js";
export type { PropertyDeclarations, PropertyValues, SVGTemplateResult, TemplateResult } from "lit";
export type { Ref } from "lit/directives/ref.js";
""",
    "katex": """\
export { default, ParseError, render, renderToString } from "katex";
export type { KatexOptions } from "katex";
""",
    "socket.io": """\
export { Manager, Socket, io } from "socket.io-client";
""",
}

# Source Serif 4 with its optical sizes, Source Sans 3 with its weights: the subsets that static/css/fonts.css names.
FONTS = {
    "@fontsource-variable/source-serif-4": "source-serif-4-{subset}-opsz-{style}.woff2",
    "@fontsource-variable/source-sans-3": "source-sans-3-{subset}-wght-{style}.woff2",
}
SUBSETS = ("latin", "latin-ext", "greek")
STYLES = ("normal", "italic")


def build_vendor() -> None:
    """Make static/vendor/ anew where the lock file or this recipe changed."""
    mark = fingerprint([ROOT / "package-lock.json", Path(__file__)])
    if holds(VENDOR / ".stamp", mark):
        return
    say("Bundling the browser libraries into static/vendor")
    VENDOR.parent.mkdir(exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".vendor-", dir=VENDOR.parent))
    try:
        draft.chmod(0o755)
        (draft / "fonts").mkdir()
        packages = set(FONTS)
        for name, entry in BUNDLES.items():
            packages |= _bundle(name, entry, draft)
        _copy_katex_styles(draft)
        _copy_fonts(draft / "fonts")
        _write_licences(packages, draft / "LICENSES.txt")
        leave(draft / ".stamp", mark)
        if VENDOR.exists():
            shutil.rmtree(VENDOR)
        draft.rename(VENDOR)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _bundle(name: str, entry: str, into: Path) -> set[str]:
    """Bundle `entry` into NAME.js beside NAME.d.ts; return the names of the packages that went in."""
    node = find_node()
    if node is None:
        raise SetupError(f"Node.js is gone since the libraries were installed.\n{CLEAN}")
    inputs = into / f".{name}.json"
    run(
        [node.node, MODULES / "esbuild" / "bin" / "esbuild", "--bundle", "--minify", "--format=esm",
         "--target=es2022", "--charset=utf8", "--legal-comments=eof", "--log-level=warning", "--loader=ts",
         f"--sourcefile={name}.ts", f"--metafile={inputs}", f"--outfile={into / name}.js"],
        doing=f"Bundling {name}",
        remedy=CLEAN,
        env=node.environment(),
        text_in=entry,
    )
    found = json.loads(inputs.read_text(encoding="utf-8"))["inputs"]
    inputs.unlink()
    (into / f"{name}.d.ts").write_text(entry, encoding="utf-8")
    return {match[1] for path in found if (match := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)/", path))}


def _copy_katex_styles(into: Path) -> None:
    """Copy KaTeX's style sheet and its fonts, WOFF2 only: every browser that runs the page reads it."""
    dist = MODULES / "katex" / "dist"
    css = (dist / "katex.min.css").read_text(encoding="utf-8")
    css = re.sub(r",url\([^)]*\.(?:woff|ttf)\) format\(\"[a-z]+\"\)", "", css)
    (into / "katex.css").write_text(css, encoding="utf-8")
    for name in sorted(set(re.findall(r"url\(fonts/([^)]+)\)", css))):
        shutil.copyfile(dist / "fonts" / name, into / "fonts" / name)


def _copy_fonts(into: Path) -> None:
    """Copy the text fonts in the subsets that the page uses."""
    for package, pattern in FONTS.items():
        for subset in SUBSETS:
            for style in STYLES:
                name = pattern.format(subset=subset, style=style)
                shutil.copyfile(MODULES / package / "files" / name, into / name)


def _write_licences(packages: Iterable[str], path: Path) -> None:
    """Write the licence of every bundled package into one file."""
    parts = []
    for package in sorted(packages):
        folder = MODULES / package
        about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        texts = sorted(file for file in folder.iterdir() if re.match(r"licen[cs]e", file.name, re.IGNORECASE))
        if not texts:
            raise SetupError(f"{package} has no licence file.\nFind its licence, or leave it out of tools/vendor.py.")
        heading = f"{package} {about['version']} ({about['license']})"
        underlined = f"{heading}\n{'=' * len(heading)}"
        parts.append("\n\n".join([underlined, *(text.read_text(encoding="utf-8").strip() for text in texts)]))
    path.write_text("\n\n\n".join(parts) + "\n", encoding="utf-8")
