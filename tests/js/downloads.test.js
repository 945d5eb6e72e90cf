// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { csvText } from "../../static/js/downloads.js";

test("a table has a line to a row, ended as RFC 4180 says, and every digit", () => {
  assert.equal(csvText(["step", "x"], [[0, 0.1 + 0.2], [1, -4.2e-9]]), "step,x\r\n0,0.30000000000000004\r\n1,-4.2e-9\r\n");
});

test("what would be taken for something else is quoted, and nothing is nothing", () => {
  assert.equal(csvText(["a", "b"], [["x, y", 'say "it"'], [null, "two\nlines"]]), 'a,b\r\n"x, y","say ""it"""\r\n,"two\nlines"\r\n');
});
