// Numbers for pages: two addresses that are the same page have the same.

/** Pages known at a time. What is forgotten gets another number when it comes back. */
const MOST = 100;

/** Each page as key, number, and the address it was reached by last; the newest last. */
const pages = [];
let count = 0;
let hasFragments;
let hasQueries;

/** Whether a change of the fragment is another page, and whether one of the query is. */
export const use = (fragments, queries) => {
  hasFragments = fragments;
  hasQueries = queries;
};

/** A slash at the end makes no other page, nor does the fragment that a router adds to where it begins (`#/`). */
const keyOf = (url) => {
  const parts = url.split('#').map((part) => (hasQueries ? part : part.split('?')[0]));
  const page = hasFragments ? parts.join('#') : parts[0];
  return page.includes('?') || !page.endsWith('/') ? page : page.replace(/\/?#?\/$/, '');
};

export const numberOf = (url) => {
  const newest = pages.at(-1);
  const key = keyOf(url);
  // It was reached by the address that it had first: a page takes campaigns out of its own, and writes searches into it.
  if (newest?.[0] == key) return newest[1];
  const at = pages.findIndex((page) => page[0] == key);
  const number = at < 0 ? (count += 1) : pages.splice(at, 1)[0][1];
  pages.push([key, number, url]);
  if (pages[MOST]) pages.shift();
  return number;
};

export const addressOf = (number) => pages.find((page) => page[1] == number)?.[2] || '';
