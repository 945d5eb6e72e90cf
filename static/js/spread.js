// @ts-check
// Labels along one line that would collide are pushed apart, no further than they must. No DOM.

/**
 * Places as near to the wanted ones as `gap` between any two allows, within `low`..`high`; order is kept.
 *
 * Neighbours that collide are joined into a group, which sits at the mean of what its members want. Where there is no
 * room for all of them, the gaps shrink alike.
 * @param {readonly number[]} wanted
 * @param {number} gap
 * @param {number} low
 * @param {number} high
 * @returns {number[]} in the order of `wanted`
 */
export function spread(wanted, gap, low, high) {
  if (wanted.length === 0) return [];
  const step = Math.min(gap, (high - low) / Math.max(1, wanted.length - 1));
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
  /** @type {{sum: number, size: number}[]} sum: of the places that the group's first member would want */
  const groups = [];
  order.forEach((index) => {
    groups.push({ sum: wanted[index], size: 1 });
    while (groups.length > 1 && collide(groups[groups.length - 2], groups[groups.length - 1], step, low, high)) {
      const second = /** @type {{sum: number, size: number}} */ (groups.pop());
      const first = groups[groups.length - 1];
      first.sum += second.sum - second.size * first.size * step;
      first.size += second.size;
    }
  });
  const placed = groups.flatMap((group) => Array.from({ length: group.size }, (_, k) => start(group, step, low, high) + k * step));
  /** @type {number[]} */
  const result = [];
  order.forEach((index, k) => { result[index] = placed[k]; });
  return result;
}

/** @param {{sum: number, size: number}} group @param {number} step @param {number} low @param {number} high */
function start({ sum, size }, step, low, high) {
  return Math.min(Math.max(sum / size, low), high - (size - 1) * step);
}

/**
 * @param {{sum: number, size: number}} first @param {{sum: number, size: number}} second
 * @param {number} step @param {number} low @param {number} high
 */
function collide(first, second, step, low, high) {
  return start(first, step, low, high) + first.size * step > start(second, step, low, high) + 1e-9;
}
