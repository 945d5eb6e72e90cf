// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { isBiasEdge, layerOf, parseId } from "../../static/js/ids.js";

test("an id of a node gives its node, an id of an edge gives the edge and both ends", () => {
  assert.deepEqual(parseId("h1_2.grad_a"), { kind: "grad_a", node: "h1_2", edge: null, from: null, to: null });
  assert.deepEqual(parseId("blame:h1_2>h2_1"), { kind: "blame", node: null, edge: "h1_2>h2_1", from: "h1_2", to: "h2_1" });
  assert.deepEqual(parseId("x1>h1"), { kind: "edge", node: null, edge: "x1>h1", from: "x1", to: "h1" });
});

test("every id of the protocol has its kind", () => {
  const kinds = {
    x1: "input", t1: "target", t: "target", eta: "rate", "w:b>h1": "weight", "h1.z": "z", "h1.a": "a", "o1.loss": "own_loss", loss: "loss",
    "o1.slope": "slope", "o1.delta": "delta", "grad:b>o1": "grad", "change:x1>h1": "change", "new:x1>h1": "new", b: "node", h12: "node",
    "b>h1": "edge",
  };
  for (const [id, kind] of Object.entries(kinds)) assert.equal(parseId(id).kind, kind, id);
});

test("what is no id is of kind other", () => {
  for (const id of ["", "x", "h", "theta", "h1.speed", "up:x1>h1", "x1>", "loss.z.a", "h1_"]) assert.equal(parseId(id).kind, "other", id);
});

test("layers are told from the names of their nodes", () => {
  const layers = { x1: "x", x8: "x", h1: "h1", h2: "h1", h1_2: "h1", h2_1: "h2", o3: "o", loss: "loss" };
  for (const [node, layer] of Object.entries(layers)) assert.equal(layerOf(node), layer, node);
});

test("a bias edge starts at b", () => {
  assert.ok(isBiasEdge("b>h1"));
  assert.ok(!isBiasEdge("x1>h1"));
});
