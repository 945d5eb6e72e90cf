// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Swipe } from "../../static/js/swipe.js";

/** @param {number} x @param {number} y @param {number} [pointerId] */
const at = (x, y, pointerId = 1) => ({ pointerId, clientX: 100 + x, clientY: 100 + y });

test("across, once it has gone far enough to tell", () => {
  const swipe = new Swipe();
  swipe.began(at(0, 0));
  assert.equal(swipe.turnsAcross(at(5, 0)), false);
  assert.equal(swipe.turnsAcross(at(7, 3)), true);
  assert.equal(swipe.turnsAcross(at(20, 3)), false, "once");
  assert.equal(swipe.ended(), false, "that was no tap");
});

test("down the page: never across, however it goes on", () => {
  const swipe = new Swipe();
  swipe.began(at(0, 0));
  assert.equal(swipe.turnsAcross(at(2, 8)), false);
  assert.equal(swipe.turnsAcross(at(80, 8)), false);
  assert.equal(swipe.ended(), false);
});

test("a tap has stayed where it was put; another finger is another swipe", () => {
  const swipe = new Swipe();
  swipe.began(at(0, 0));
  assert.equal(swipe.turnsAcross(at(50, 0, 2)), false);
  assert.equal(swipe.turnsAcross(at(3, 3)), false);
  assert.equal(swipe.ended(), true);
  assert.equal(swipe.ended(), false);
  assert.equal(new Swipe().turnsAcross(at(50, 0)), false, "nothing was put down");
});
