// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { becauseOf, pathOf } from "../../static/js/because-links.js";
import { glanceLayout, litPlaces } from "../../static/js/glance.js";
import { makeTape } from "../../static/js/tape.js";
import { answerFor } from "./fixture.js";

const tape = makeTape(answerFor({ biases: false }));

test("every node and edge of the network has its place, inside the picture", () => {
  const { nodes, edges, width, height, wire } = glanceLayout([2, 2, 1]);
  assert.deepEqual(nodes.map(({ id }) => id), ["x1", "x2", "h1", "h2", "o1"]);
  assert.deepEqual(edges.map(({ id }) => id).sort(), ["h1>o1", "h2>o1", "x1>h1", "x1>h2", "x2>h1", "x2>h2"]);
  for (const { x, y, r } of nodes) {
    assert.ok(x - r >= 0 && x + r <= width);
    assert.ok(y - r >= 0 && y + r <= height);
  }
  assert.ok(wire && wire.x1 > wire.x0 && wire.x1 < width);
});

test("two outputs have no one wire to the loss", () => {
  assert.equal(glanceLayout([2, 2, 2]).wire, null);
});

test("what is lit stands at the place of its number, and names that the pass has not are dark", () => {
  const places = litPlaces(tape, ["h1.grad_a", "blame:h1>o1", "h9.a"]);
  assert.deepEqual([...places.keys()], ["h1", "h1>o1"]);
  assert.equal(places.get("h1")?.value, tape.byId.get("h1.grad_a")?.value);
  assert.equal(places.get("h1>o1")?.phase, "backward");
  assert.equal(litPlaces(tape, ["w:h1>o1"]).get("h1>o1")?.phase, "given");
});

test("the chain's path goes from the loss to the weight that bears most of the blame", () => {
  const hidden = becauseOf(tape)?.hidden;
  assert.deepEqual(pathOf(tape), ["loss", "o1.a", `${hidden}.a`, `w:${hidden}>o1`]);
});

test("the chain's factors, of the tape, make the gradient; a fused loss has no slope among them", () => {
  for (const [shape, names] of /** @type {[{fused?: boolean}, string[]][]} */ ([[{}, ["blame", "slope", "sent"]], [{ fused: true }, ["delta", "sent"]]])) {
    const one = makeTape(answerFor({ biases: false, ...shape }));
    const because = becauseOf(one);
    assert.ok(because);
    assert.deepEqual(because.factors.map(({ name }) => name), names);
    assert.deepEqual(because.factors.map(({ id }) => one.byId.get(id)?.value), because.factors.map(({ value }) => value));
    const product = because.factors.reduce((made, { value }) => made * value, 1);
    assert.ok(Math.abs(product - because.grad.value) < 1e-12, "every factor is there");
  }
});
