"""Take it away: each download happens, holds the numbers on the page, and stands alone; the print has the text."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from backprop.depth import measured
from backprop.depth_spec import CURVES
from tests.browser.figure import Figure
from tests.browser.run_figure import RunFigure
from tests.server import RunningServer
from tests.unit.exported import printed

PAPER = [251, 252, 252, 255]
READ = """async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const bytes = context.getImageData(0, 0, image.width, image.height).data;
    const pixels = new Uint32Array(bytes.buffer), counts = new Map();
    for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
    const areas = [...counts.values()].filter((n) => n > 2000).length;
    const drawn = pixels.length - Math.max(...counts.values());
    return { width: image.width, height: image.height, corner: [...bytes.slice(0, 4)], areas, drawn };
}"""


REFUSING = """() => {
    const figure = document.querySelector("bp-passes"), error = { field: "pass", message: "There is no such pass." };
    figure.connection = { ...figure.connection, request: async () => ({ ok: false, error }) };
}"""


@dataclass(frozen=True)
class Drawn:
    """A picture: its size, the colour of its corner, how many colours fill an area, how many pixels are drawn."""

    width: int
    height: int
    corner: list[int]
    areas: int
    drawn: int


def unfold(root: Locator) -> Locator:
    """Open a figure's row of files."""
    files = root.locator(".take-away")
    files.locator("summary").click()
    expect(files.get_by_role("button", name="Picture SVG")).to_be_visible()
    return files


def taken(page: Page, files: Locator, button: str, folder: Path) -> Path:
    """Press a button and return the file that came of it."""
    with page.expect_download() as download:
        files.get_by_role("button", name=button, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    expect(files.locator(".take-away-told")).to_have_text(f"Saved {path.name}.")
    return path


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by the names of their columns, each of which is there once."""
    reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""), strict=True)
    rows, header = list(reader), reader.fieldnames or []
    assert len(set(header)) == len(header), header
    assert all(set(row) == set(header) and None not in row.values() for row in rows), "rows as long as the header"
    return rows


def texts(path: Path) -> list[str]:
    """Every text of a drawing, in order; and that it needs nothing but itself."""
    source = path.read_text(encoding="utf-8")
    root = ET.fromstring(source)
    assert not re.search(r"var\(--|class=|light-dark|url\(\.|https?://(?!www\.w3\.org)", source)
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "svg", "title", "rect", "g", "path", "text", "tspan", "circle", "line", "image", "defs", "clipPath", "polygon",
        "ellipse", "polyline"}
    return ["".join(element.itertext()).strip() for element in root.iter() if element.tag.endswith("}text")]


def drawn(page: Page, path: Path) -> Drawn:
    """What a PNG looks like, read by the browser."""
    return Drawn(**page.evaluate(READ, base64.b64encode(path.read_bytes()).decode()))


def test_the_tables_of_a_pass_hold_the_numbers_on_the_page(figure: Figure, tmp_path: Path) -> None:
    figure.press("Next sample").reaches(0).to_end()
    files = unfold(figure.root)
    rows = {row["id"]: float(row["value"]) for row in table(taken(figure.page, files, "Numbers CSV", tmp_path))}
    nodes, weights = figure.state()
    assert nodes["h1"] == [f"{rows['h1.a']:.4f}", f"{rows['h1.delta']:+.4f}"]
    assert nodes["loss"][0] == f"{rows['loss']:.4f}"
    for edge, cells in weights.items():
        ref = edge.replace("→", ">")
        assert cells == [f"{rows[f'w:{ref}']:.4f}", f"{rows[f'change:{ref}']:+.4f}", f"{rows[f'new:{ref}']:.4f}"]
    path = taken(figure.page, files, "Numbers JSON", tmp_path)
    data = json.loads(path.read_text(encoding="utf-8"))
    assert path.name == "backprop-pass-2.json"
    assert {entry["id"]: entry["value"] for entry in data["entries"] + data["givens"]} == rows


def test_the_program_and_the_solution_are_of_the_pass_that_is_shown(figure: Figure, tmp_path: Path) -> None:
    figure.press("Next sample").reaches(0).to_end()
    files = unfold(figure.root)
    program = taken(figure.page, files, "Program NumPy", tmp_path).read_text(encoding="utf-8")
    numbers = printed(program, tmp_path)
    assert figure.table("Nodes")["o1"][0] == f"{numbers['o1.a']:.4f}"
    assert figure.losses[-1] == pytest.approx(numbers["loss"], abs=5e-5)
    assert "loss.backward()" in taken(figure.page, files, "Program PyTorch", tmp_path).read_text(encoding="utf-8")
    solution = taken(figure.page, files, "Worked solution Markdown", tmp_path).read_text(encoding="utf-8")
    assert solution.startswith("# Pass 2 of a 2→2→1 network")
    assert f"**{figure.length}.**" in solution and f"**{figure.length + 1}.**" not in solution


def test_the_picture_of_a_pass_stands_alone(figure: Figure, tmp_path: Path) -> None:
    figure.to_end()
    files = unfold(figure.root)
    drawing = taken(figure.page, files, "Picture SVG", tmp_path)
    shown = texts(drawing)
    assert shown == [text.strip() for text in figure.root.locator("bp-network svg text").all_text_contents()]
    assert "0.6651" in shown and "0.0136" in shown
    box = figure.root.locator("bp-network svg").first.bounding_box()
    assert box is not None
    root = ET.fromstring(drawing.read_text(encoding="utf-8"))
    assert abs(float(root.get("width", "0")) - box["width"] - 48) <= 1
    image = taken(figure.page, files, "Picture PNG", tmp_path)
    found = drawn(figure.page, image)
    assert (found.width, found.height) == (2 * int(root.get("width", "0")), 2 * int(root.get("height", "0")))
    assert found.corner == PAPER
    assert found.drawn > 20_000, "there is hardly anything on it"


def test_the_run_of_a_race_is_the_one_that_is_shown(page: Page, server: RunningServer, tmp_path: Path) -> None:
    race = RunFigure(page, "race").open(server.url).seek(40)
    files = unfold(race.root)
    losses = table(taken(page, files, "Losses CSV", tmp_path))
    assert len(losses) == 41 * 3
    assert [float(row["loss"]) for row in losses[-3:]] == [pytest.approx(loss, abs=6e-4) for loss in race.losses()]
    answers = [row for row in table(taken(page, files, "This epoch’s weights CSV", tmp_path)) if row["id"] == "o1.a"]
    shown = [output for lane in (1, 2, 3) for _, _, _, output, _ in race.table(f"Truth table of lane {lane}")]
    assert [float(row["value"]) for row in answers] == [pytest.approx(output, abs=6e-4) for output in shown]
    data = json.loads(taken(page, files, "All of it JSON", tmp_path).read_text(encoding="utf-8"))
    assert data["epoch"] == 40 and data["lanes"][1]["losses"][40] == float(losses[-2]["loss"])
    program = printed(taken(page, files, "Program NumPy", tmp_path).read_text(encoding="utf-8"), tmp_path)
    assert program["lane 2, epoch 40: loss"] == pytest.approx(data["lanes"][1]["losses"][40], rel=1e-9)
    assert "torch.optim.SGD" in taken(page, files, "Program PyTorch", tmp_path).read_text(encoding="utf-8")
    assert "every row off by 0.2" in texts(taken(page, files, "Picture SVG", tmp_path))


def test_the_picture_of_xor_has_its_surface_in_it(page: Page, server: RunningServer, tmp_path: Path) -> None:
    xor = RunFigure(page, "xor").open(server.url).seek(60)
    files = unfold(xor.root)
    drawing = taken(page, files, "Picture SVG", tmp_path)
    assert drawing.name == "backprop-xor-60.svg"
    assert len(re.findall(r'<image [^>]*href="data:image/png;base64,[A-Za-z0-9+/=]{2000,}"', drawing.read_text())) == 1
    assert {"A", "B", "h1", "o1"} <= set(texts(drawing))
    found = drawn(page, taken(page, files, "Picture PNG", tmp_path))
    assert found.areas > 6, "the bands of the surface are not on it"


def test_the_ball_s_way_is_the_one_that_is_shown(page: Page, server: RunningServer, tmp_path: Path) -> None:
    page.goto(f"{server.url}/figure/hill")
    hill = page.locator("bp-hill")
    for _ in range(3):
        hill.get_by_role("button", name="Step").click()
    expect(hill.locator("bp-hill-table tbody tr")).to_have_count(4)
    files = unfold(hill)
    rows = table(taken(page, files, "Steps CSV", tmp_path))
    assert [row["step"] for row in rows] == ["0", "1", "2", "3"]
    for row, after in pairwise(rows):
        assert float(row["slope"]) == float(row["position"]), "the slope of x²/2"
        assert float(row["position"]) + float(row["change"]) == float(after["position"])
    data = json.loads(taken(page, files, "Steps and curve JSON", tmp_path).read_text(encoding="utf-8"))
    assert [stop["x"] for stop in data["stops"]] == [float(row["position"]) for row in rows]
    assert len(data["curve"]["x"]) == 241
    assert "bottom" in texts(taken(page, files, "Picture SVG", tmp_path))


def test_a_pass_is_printed_as_a_worked_solution_and_nothing_else(figure: Figure) -> None:
    page = figure.page
    page.evaluate("window.print = () => { window.printed = true; }")
    files = unfold(figure.root)
    files.get_by_role("button", name="Print a worked solution").click()
    page.wait_for_function("window.printed")
    sheet = page.locator("bp-worked-pass")
    expect(sheet).to_be_hidden()
    page.emulate_media(media="print")
    expect(sheet.get_by_role("heading", level=1)).to_have_text("Pass 1 of a 2→2→1 network, worked out by hand")
    expect(page.locator("main")).to_be_hidden()
    assert sheet.locator(".worked-steps tbody th").all_inner_texts() == [str(n + 1) for n in range(figure_length(page))]
    assert sheet.locator(".worked-value").first.text_content()
    reasons = sheet.locator(".worked-why").all_inner_texts()
    assert re.sub(r"\s", "", reasons[0]) == "x1adds0.07andx2adds0.14,sothesumthath1workswithis0.21."
    assert sheet.locator(".katex-error").count() == 0
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF") and 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 5
    wide = "(cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length"
    assert sheet.locator(".worked-eq").evaluate_all(wide) == 0, "an equation runs out of its column"
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(sheet).to_have_count(0)


def figure_length(page: Page) -> int:
    """How many numbers the pass has, read without regard to what is printed."""
    return int(page.locator("bp-rail input").get_attribute("max") or "0")


def test_a_refusal_is_said_in_place_and_the_keyboard_is_enough(figure: Figure) -> None:
    page = figure.page
    figure.root.locator(".take-away summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.evaluate(REFUSING)
    page.keyboard.press("Enter")
    told = figure.root.locator(".take-away-told")
    expect(told).to_have_text("There is no such pass.")
    expect(told).to_have_class(re.compile("refusal"))
    expect(figure.root.get_by_role("button", name="Numbers CSV")).to_be_focused()


def test_the_blame_by_layer_is_the_one_that_is_shown(page: Page, server: RunningServer, tmp_path: Path) -> None:
    page.goto(f"{server.url}/figure/depth")
    depth = page.locator("bp-depth")
    expect(depth.locator(".depth-figure")).to_be_visible()
    files = unfold(depth)
    rows = table(taken(page, files, "Numbers CSV", tmp_path))
    data = json.loads(taken(page, files, "All of it JSON", tmp_path).read_text(encoding="utf-8"))
    assert len(rows) == data["depth"] * len(data["curves"]) == 15 * 9
    first = [row for row in rows if row["layer"] == "1"]
    assert [float(row["shares median"]) for row in first] == [curve["shares"]["median"][0] for curve in data["curves"]]
    medians = [measured(curve, 15, 16, 20).blame.median[0] for curve in CURVES]
    assert [float(row["blame median"]) for row in first] == [pytest.approx(median, rel=1e-12) for median in medians]
    assert "explodes above" in texts(taken(page, files, "Picture SVG", tmp_path))


def test_the_gradients_of_the_rows_are_those_that_are_shown(page: Page, server: RunningServer, tmp_path: Path) -> None:
    page.goto(f"{server.url}/figure/batch")
    batch = page.locator("bp-batch")
    expect(batch.locator(".batch-figure")).to_be_visible()
    files = unfold(batch)
    rows = table(taken(page, files, "Numbers CSV", tmp_path))
    data = json.loads(taken(page, files, "All of it JSON", tmp_path).read_text(encoding="utf-8"))
    edges = data["edges"]
    alone, named = data["one_at_a_time"], {row["what"]: row for row in rows}
    assert list(named) == ["start", *(f"row {k}" for k in range(1, 5)), "sum", "mean",
                           *(f"alone, row {k}" for k in range(1, 5)), "alone, all rows"]
    assert {row["learning rate"] for row in rows} == {f"{data['learning_rate']:g}"}

    def point(what: str, of: str) -> list[float]:
        return [float(named[of][f"{what} {edge}"]) for edge in edges]

    by_row = [point("gradient", f"row {k}") for k in range(1, 5)]
    assert by_row == [row["gradient"] for row in data["rows"]]
    assert [float(named[f"row {k}"]["row’s loss"]) for k in range(1, 5)] == [row["loss"] for row in data["rows"]]
    assert point("end", "start") == data["start"] == point("from", "sum") == point("from", "mean")
    assert float(named["start"]["mean loss at end"]) == data["loss"]
    for of in ("sum", "mean"):
        assert float(named[of]["mean loss at end"]) == data[of]["loss"]
        assert float(named[of]["one at a time ends apart"]) == alone["apart"][of]
        assert float(named[of]["move length"]) == data[of]["move_length"]
        assert float(named[of]["gradient length"]) == data[of]["length"]
    for k, move in enumerate(alone["moves"], start=1):
        assert [point(what, f"alone, row {k}") for what in ("from", "gradient", "move", "end")] == [
            move[what] for what in ("from", "gradient", "move", "end")]
    assert point("end", "alone, all rows") == alone["end"]
    assert float(named["alone, all rows"]["mean loss at end"]) == alone["loss"]
    assert float(named["alone, all rows"]["move length"]) == alone["length"]
    total = named["sum"]
    for place, edge in enumerate(edges):
        assert float(total[f"gradient {edge}"]) == pytest.approx(sum(row[place] for row in by_row), abs=1e-15)
        assert float(total[f"move {edge}"]) == pytest.approx(-data["learning_rate"] * float(total[f"gradient {edge}"]))
    assert "All at once" in texts(taken(page, files, "Picture SVG", tmp_path))


def test_the_twins_come_with_their_run(page: Page, server: RunningServer, tmp_path: Path) -> None:
    page.goto(f"{server.url}/figure/twins")
    twins = RunFigure(page, "twins").seek(30)
    files = unfold(twins.root)
    weights = table(taken(page, files, "This epoch’s weights CSV", tmp_path))
    values = {row["id"]: row["value"] for row in weights}
    assert values["w:x1>h1"] == values["w:x1>h2"], "alike to the last bit"
    program = printed(taken(page, files, "Program NumPy", tmp_path).read_text(encoding="utf-8"), tmp_path)
    assert program["lane 1, epoch 30: loss"] > 0
    assert {"h1", "h2"} <= set(texts(taken(page, files, "Picture SVG", tmp_path)))
