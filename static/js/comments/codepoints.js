// Offsets of comments count code points, as Python does; the browser counts UTF-16 units.
// The twin of actionplans/anchors.py.

/** How many code points the first `units` UTF-16 units of a text hold. */
export function codePoints(text, units = text.length) {
  return [...text.slice(0, units)].length;
}

/** How many UTF-16 units the first `count` code points of a text take. */
export function units(text, count) {
  return [...text].slice(0, count).join("").length;
}
