// Page numbers: addresses of the same page have the same number.

/** Pages remembered at a time; the oldest is dropped and gets a new number when it returns. */
const PAGES_MAX = 100;

/** Each page as `[key, number, last address]`, newest last. */
const pages = [];
let count = 0;
let hasFragments;
let hasQueries;

/** Sets whether a change of the fragment is another page, and whether a change of the query is. */
export const configureAddresses = (fragments, queries) => {
  hasFragments = fragments;
  hasQueries = queries;
};

/** The address without a trailing slash, and without the empty route `#/` of hash routers. */
const keyOf = (url) => {
  const parts = url.split('#').map((part) => (hasQueries ? part : part.split('?')[0]));
  const page = hasFragments ? parts.join('#') : parts[0];
  return page.includes('?') || !page.endsWith('/') ? page : page.replace(/\/?#?\/$/, '');
};

export const numberOf = (url) => {
  const newest = pages.at(-1);
  const key = keyOf(url);
  // Keeps the first address: pages remove campaigns from their address and write searches into it.
  if (newest?.[0] == key) return newest[1];
  const at = pages.findIndex((page) => page[0] == key);
  const number = at < 0 ? (count += 1) : pages.splice(at, 1)[0][1];
  pages.push([key, number, url]);
  if (pages[PAGES_MAX]) pages.shift();
  return number;
};

export const addressOf = (number) => pages.find((page) => page[1] == number)?.[2] || '';
