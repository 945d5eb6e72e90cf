"""The page's files in memory: their bytes, packed once, and a version that changes whenever one of them does."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

TEXTS = ("text/", "application/json", "image/svg+xml")
LOOK_SECONDS = 1.0
VERSION_DIGITS = 12
SMALLEST_PACKED = 400  # bytes; below this a packed file saves nothing
# Systems disagree about these; the browser refuses a module that is not called JavaScript.
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
IMPORT = re.compile(r'^(?:import|export)\b[^;"(]*?"(\.\.?/[^"]+)"', re.MULTILINE)


@dataclass(frozen=True)
class Asset:
    """One file as it is sent: plain, and packed with gzip where that makes it smaller."""

    body: bytes
    packed: bytes | None
    kind: str
    tag: str


class Assets:
    """Read a folder, and read it again where a file in it has changed."""

    def __init__(self, folder: Path, made: Callable[[Path], Mapping[str, bytes]] = lambda folder: {},
                 clock: Callable[[], float] = time.monotonic) -> None:
        """Read everything below `folder` but hidden files.

        made: returns further files, made from these. clock: gives seconds.
        """
        self._folder, self._made, self._clock = folder, made, clock
        self._seen: tuple[tuple[str, int, int], ...] = ()
        self._assets: dict[str, Asset] = {}
        self._version = ""
        self._modules: dict[str, list[str]] = {}
        self.refresh()

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits that stand for every byte of every file, as it was read last."""
        return self._version

    def get(self, path: str) -> Asset | None:
        """Return the file at a path such as "js/main.js", None where there is none."""
        return self._assets.get(path)

    def refresh(self) -> None:
        """Read the folder again if a file was added, changed or removed: a reload shows what was just written."""
        self._looked = self._clock()
        seen = tuple(sorted(_walk(self._folder)))
        if seen == self._seen:
            return
        files = {name: (self._folder / name).read_bytes() for name, _, _ in seen} | dict(self._made(self._folder))
        self._assets = {name: _asset(name, body) for name, body in files.items()}
        whole = hashlib.sha256("\n".join(f"{name} {asset.tag}" for name, asset in self._assets.items()).encode())
        self._version, self._seen, self._modules = whole.hexdigest()[:VERSION_DIGITS], seen, {}

    def look(self) -> None:
        """Do so, but not more than once a second: a class that comes in at once need not look two hundred times."""
        if self._clock() - self._looked >= LOOK_SECONDS:
            self.refresh()

    def modules(self, entry: str) -> list[str]:
        """Return the paths of all modules that `entry` needs before it can run, itself first, each once."""
        if entry not in self._modules:
            self._modules[entry] = self._found(entry)
        return self._modules[entry]

    def _found(self, entry: str) -> list[str]:
        found: dict[str, None] = {}
        waiting = [entry]
        while waiting:
            path = waiting.pop(0)
            asset = self.get(path)
            if path in found or asset is None:
                continue
            found[path] = None
            waiting += [os.path.normpath(os.path.join(os.path.dirname(path), target)).replace(os.sep, "/")
                        for target in IMPORT.findall(asset.body.decode())]
        return list(found)


def _walk(folder: str | Path, above: str = "") -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                yield from _walk(entry.path, f"{above}{entry.name}/")
            else:
                state = entry.stat()
                yield above + entry.name, state.st_mtime_ns, state.st_size


def packed(body: bytes) -> bytes | None:
    """Return the bytes as gzip, always the same; None where that would save nothing."""
    if len(body) < SMALLEST_PACKED:
        return None
    smaller = gzip.compress(body, mtime=0)
    return smaller if len(smaller) < len(body) else None


def _asset(name: str, body: bytes) -> Asset:
    kind = KINDS.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    text = kind.startswith(TEXTS)
    return Asset(body, packed(body) if text else None, f"{kind}; charset=utf-8" if text else kind,
                 hashlib.sha256(body).hexdigest()[:32])
