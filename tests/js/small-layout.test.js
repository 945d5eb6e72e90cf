// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { BIAS, LABEL, smallLayout } from "../../static/js/small-layout.js";
import { meet } from "../../static/js/small-labels.js";

/** @param {number} x @param {number} y @param {number} w @param {number} h */
const box = (x, y, w, h) => ({ left: x - w / 2, right: x + w / 2, top: y - h / 2, bottom: y + h / 2 });

test("parameters: W row by row, then the biases, layer by layer", () => {
  const { edges, nodes } = smallLayout([2, 3, 1], { width: 220, height: 150, biases: true, detail: false });
  const index = new Map(edges.map((e) => [`${e.from.id}>${e.to.id}`, e.index]));
  assert.deepEqual(["x1>h1", "x1>h3", "x2>h1", "x2>h3", "h1>o1", "h3>o1"].map((id) => index.get(id)), [0, 2, 3, 5, 9, 11]);
  assert.deepEqual(nodes.map((n) => n.bias), [null, null, 6, 7, 8, 12]);
});

test("parameters: without biases the layers follow each other directly", () => {
  const { edges, nodes } = smallLayout([2, 3, 1], { width: 220, height: 150, biases: false, detail: false });
  assert.equal(edges.find((e) => e.from.id === "h1")?.index, 6);
  assert.ok(nodes.every((n) => n.bias === null));
});

for (const layers of [[2, 4, 1], [2, 2, 1], [2, 3, 1], [3, 3, 2], [2, 6, 1], [2, 3, 3, 1]]) {
  for (const [width, height] of [[328, 350], [500, 350], [730, 430]]) {
    test(`${layers.join("-")} on ${width} px: each weight's label lies on its own curve, on no other label and no node`, () => {
      const { edges, nodes, biasLabels } = smallLayout(layers, { width, height, biases: true, detail: true });
      const labels = edges.flatMap((e) => (e.label ? [box(e.label.x, e.label.y, LABEL.w, LABEL.h)] : []));
      const solid = nodes.map((n) => box(n.x, n.y, 2 * n.r, 2 * n.r));
      if (biasLabels) nodes.filter((n) => n.bias !== null).forEach((n) => solid.push(box(n.x, n.y + n.r + BIAS.below - 4, BIAS.w, BIAS.h)));
      labels.forEach((label, i) => {
        assert.ok(labels.every((other, j) => i === j || !meet(label, other)));
        assert.ok(solid.every((other) => !meet(label, other)));
      });
      for (const node of nodes) {
        assert.ok(node.x - node.r >= 0 && node.x + node.r <= width && node.y - node.r >= 0 && node.y + node.r <= height);
      }
    });
  }
}

test("the figure's own network has every label, nearer to the target than to the source", () => {
  for (const [width, height] of [[328, 350], [730, 430]]) {
    const { edges, biasLabels } = smallLayout([2, 4, 1], { width, height, biases: true, detail: true });
    assert.ok(biasLabels);
    for (const { from, to, label } of edges) {
      assert.ok(label);
      assert.ok(label.x - from.x > to.x - label.x, `${from.id}>${to.id} on ${width}`);
    }
  }
});

test("where not all labels of a layer have room it has none", () => {
  const { edges } = smallLayout([8, 8, 1], { width: 328, height: 350, biases: true, detail: true });
  assert.ok(edges.filter((e) => e.to.layer === 1).every((e) => e.label === null));
});

test("labels of edges that mirror each other mirror each other", () => {
  for (const [width, height] of [[328, 350], [424, 350], [730, 430]]) {
    const into = smallLayout([2, 4, 1], { width, height, biases: true, detail: true }).edges.filter((e) => e.to.layer === 2);
    const xs = into.map((e) => e.label?.x ?? NaN);
    assert.ok(Math.abs(xs[0] - xs[3]) < 1e-6 && Math.abs(xs[1] - xs[2]) < 1e-6, `${xs} on ${width}`);
  }
});
