/** What the browser keeps under a key; empty where there is nothing, or where storage is blocked. */
export const recall = (key) => {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    // Blocked.
    return '';
  }
};

/** Keeps a text under a key; an empty one removes it. */
export const keep = (key, text) => {
  try {
    text ? localStorage.setItem(key, text) : localStorage.removeItem(key);
  } catch {
    // Blocked or full.
  }
};

/** The number of ids that a list of the browser has. */
const REMEMBERED = 5;

/** Puts an id first in the list of a key. */
export const remember = (key, id) => keep(key, [id, ...recall(key).split(' ')].slice(0, REMEMBERED).join(' ').trim());
