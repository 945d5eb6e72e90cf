// @ts-check
// The chain of "because" of a pass: from its loss back to the weight into the first output that bears most of the blame.

/** @typedef {import("./tape.js").Tape} Tape */
/** @typedef {{id: string, value: number}} Link */
/** What a line ends with: a factor of the gradient. @typedef {Link & {line: "said"|"sum"|"sent", name: "blame"|"slope"|"delta"|"sent"}} Factor */
/** @typedef {{loss: Link, said: Link, wanted: Link, sum: Link, hidden: string, sent: Link, weight: Link, grad: Link, factors: Factor[]}} Because */

const OUTPUT = "o1";

/** @param {Tape} tape @returns {Because|null} null where the pass has no such weight */
export function becauseOf(tape) {
  const link = (/** @type {string} */ id) => ({ id, value: tape.byId.get(id)?.value ?? NaN });
  const grads = tape.entries.filter(({ id }) => id.startsWith("grad:") && id.endsWith(`>${OUTPUT}`) && !id.startsWith("grad:b>"));
  const blamed = grads.reduce((/** @type {import("./types.js").Entry|null} */ most, entry) => (most && Math.abs(most.value) >= Math.abs(entry.value) ? most : entry), null);
  if (!blamed) return null;
  const edge = blamed.id.slice("grad:".length);
  const [hidden] = edge.split(">");
  const sent = tape.byId.has(`${hidden}.a`) ? link(`${hidden}.a`) : link(hidden);
  return {
    loss: link("loss"), said: link(`${OUTPUT}.a`), wanted: link("t1"), sum: link(`${OUTPUT}.z`),
    hidden, sent, weight: link(`w:${edge}`), grad: link(blamed.id), factors: factorsOf(tape, link, sent),
  };
}

/** The factors of the gradient; a loss that goes with its activation has no slope. @param {Tape} tape @param {(id: string) => Link} link @param {Link} sent @returns {Factor[]} */
function factorsOf(tape, link, sent) {
  /** @type {Factor[]} */
  const blame = tape.byId.has(`${OUTPUT}.slope`)
    ? [{ ...link(`${OUTPUT}.grad_a`), line: "said", name: "blame" }, { ...link(`${OUTPUT}.slope`), line: "sum", name: "slope" }]
    : [{ ...link(`${OUTPUT}.delta`), line: "said", name: "delta" }];
  return [...blame, { ...sent, line: "sent", name: "sent" }];
}

/** The numbers that the chain goes through, by name. @param {Tape} tape @returns {string[]} */
export function pathOf(tape) {
  const links = becauseOf(tape);
  if (!links) return [];
  const { loss, said, sent, weight } = links;
  return [loss.id, said.id, sent.id, weight.id];
}
