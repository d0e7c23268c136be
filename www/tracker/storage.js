// What the browser keeps for the site, with memory in its place wherever that fails.

const memory = {};

export const get = (key) => {
  try {
    return memory[key] ?? localStorage.getItem(key) ?? '';
  } catch {
    // Blocked.
    return '';
  }
};

export const remove = (key) => {
  delete memory[key];
  try {
    localStorage.removeItem(key);
  } catch {
    // Then nothing is kept either.
  }
};

export const set = (key, text) => {
  delete memory[key];
  try {
    localStorage.setItem(key, text);
  } catch {
    // Full or blocked.
    memory[key] = text;
  }
};

/** The stored keys that begin with this. */
export const keys = (prefix) => {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
};
