// What the browser keeps for the site, with memory in its place wherever that fails.

const memory = {};
let store;
/** Asked for once: the browser looks each time whether the page may have it. */
const disk = () => (store ||= localStorage);

export const get = (key) => {
  try {
    return memory[key] ?? disk().getItem(key) ?? '';
  } catch {
    // Blocked.
    return '';
  }
};

export const remove = (key) => {
  delete memory[key];
  try {
    disk().removeItem(key);
  } catch {
    // Then nothing is kept either.
  }
};

export const set = (key, text) => {
  delete memory[key];
  try {
    disk().setItem(key, text);
  } catch {
    // Full or blocked.
    memory[key] = text;
  }
};

/** The stored keys that begin with this. */
export const keys = (prefix) => {
  try {
    return Object.keys(disk()).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
};
