"""Imports run one way: the directions of docs/architecture.md, read from the code."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "backprop"
SCRIPTS = ROOT / "static" / "js"


def imported_modules(path: Path) -> set[str]:
    """Top-level names and, for our own package, the module below it (`backprop.passes` -> "passes")."""
    found: set[str] = set()
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            found.add(".".join(part for part in (base, node.module or "") if part))
    return found


def test_the_engine_knows_no_server() -> None:
    for path in ENGINE.rglob("*.py"):
        if "serving" in path.relative_to(ENGINE).parts:
            continue
        for name in imported_modules(path):
            outside = re.match(r"flask|socketio|engineio|gevent|backprop\.serving", name)
            assert not outside, f"{path.name} imports {name}"


def test_passes_and_network_know_no_tape_and_no_spec() -> None:
    low = {"activations", "losses", "initializers", "network", "passes"}
    high = {"tape", "spec", "runs", "because", "gradcheck", "presets"}
    for name in low:
        for imported in imported_modules(ENGINE / f"{name}.py"):
            assert not (set(imported.split(".")) & high), f"{name} imports {imported}"


def own_imports(path: Path) -> set[str]:
    """The modules of the engine that a module of it names: "kernels.plan", "training"."""
    return {name.removeprefix("backprop.") for name in imported_modules(path) if name.startswith("backprop.")}


def test_kernels_know_nothing_of_the_engine_but_the_activations() -> None:
    for path in (ENGINE / "kernels").glob("*.py"):
        for name in own_imports(path):
            assert name == "activations" or name.startswith("kernels"), f"kernels/{path.name} imports {name}"


def test_training_is_built_from_the_bottom_up() -> None:
    """Each may import of the others only what stands before it; only the lowest three and the judge call kernels."""
    order = ["lanes", "blocks", "looking", "training", "spec_words", "spec", "run_spec", "run", "verdicts", "layouts",
             "known_run", "typical", "run_presets"]
    for place, name in enumerate(order):
        for imported in own_imports(ENGINE / f"{name}.py"):
            assert imported not in order[place:], f"{name} imports {imported}"
            low = (name in ("lanes", "blocks", "looking", "verdicts")
                   or imported in ("kernels.plan", "kernels.thresholds"))  # how parameters are laid out; mere numbers
            assert low or not imported.startswith("kernels"), f"{name} imports {imported}"


def test_registries_passes_and_tape_know_no_training() -> None:
    trained = {"lanes", "blocks", "looking", "training", "run_spec", "run", "verdicts", "layouts", "known_run",
               "typical", "run_presets", "warm"}
    for name in ("activations", "losses", "initializers", "optimizers", "network", "passes", "tape", "gradcheck",
                 "runs", "spec", "spec_agreement", "presets"):
        for imported in own_imports(ENGINE / f"{name}.py"):
            assert imported not in trained and not imported.startswith("kernels"), f"{name} imports {imported}"
    for path in (ENGINE / "hill").glob("*.py"):
        assert not own_imports(path) & trained, f"hill/{path.name} knows of training"


def test_only_what_serves_a_run_knows_how_it_is_trained() -> None:
    for path in (ENGINE / "serving").glob("*.py"):
        if own_imports(path) & {"training", "lanes", "blocks", "looking", "kernels.train", "kernels.quad"}:
            raise AssertionError(f"serving/{path.name} reaches below known_run and typical")


def imports_of(script: Path) -> list[Path]:
    targets = re.findall(r'^(?:import|export)[^;(]*?"(\.[^"]+)"', script.read_text(), re.MULTILINE)
    return [(script.parent / target).resolve() for target in targets]


def test_only_the_connection_touches_the_socket() -> None:
    for script in SCRIPTS.rglob("*.js"):
        if "socket.io" in script.read_text() and script.name != "connection.js":
            raise AssertionError(f"{script.name} speaks of socket.io")


def test_pure_modules_know_no_page() -> None:
    pages = {"main.js", "connection.js", "theme.js", "sections.js"}
    for script in SCRIPTS.glob("*.js"):
        if script.name in pages:
            continue
        code = re.sub(r"//.*|/\*[\s\S]*?\*/", "", script.read_text())
        assert not re.search(r"\b(document|window|localStorage|matchMedia|requestAnimationFrame)\b", code), script.name
        for target in imports_of(script):
            assert target.parent == SCRIPTS and target.name not in pages, f"{script.name} imports {target.name}"


def test_views_do_not_know_figures_or_the_connection() -> None:
    for script in (SCRIPTS / "views").glob("*.js"):
        for target in imports_of(script):
            assert target.parent.name != "figures", f"{script.name} imports {target.name}"
            assert target.name != "connection.js", f"{script.name} imports {target.name}"
