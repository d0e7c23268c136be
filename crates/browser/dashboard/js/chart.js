// Loads the chart for pages that show one.

/** The latest picture of each element. */
const wanted = new WeakMap();

/** Draws a picture, given as JSON, in an element; fails when the chart cannot be loaded. */
export const draw = async (host, picture) => {
  wanted.set(host, picture);
  const { show } = await import(new URL('./dashboard.chart.js', import.meta.url).href);
  // Replaced or erased meanwhile.
  if (wanted.get(host) === picture) show(host, JSON.parse(picture));
};

/** Removes the chart of an element. */
export const erase = (host) => {
  wanted.delete(host);
  host.dispatchEvent(new Event('erase'));
};
