// Brings the chart in when a page has one to show: it is no part of what every page loads.

/** What each element shall show last, until its chart is there. */
const wanted = new WeakMap();

/** Draws a picture, given as JSON, in an element; fails when the chart cannot be loaded. */
export const draw = async (host, picture) => {
  wanted.set(host, picture);
  const { show } = await import(new URL('./dashboard.chart.js', import.meta.url).href);
  // Another picture is wanted by now, or none.
  if (wanted.get(host) === picture) show(host, JSON.parse(picture));
};

/** Takes the chart of an element away. */
export const erase = (host) => {
  wanted.delete(host);
  host.dispatchEvent(new Event('erase'));
};
