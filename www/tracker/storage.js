// The site's `localStorage`, with memory as its fallback.

const memory = new Map();

export const get = (key) => {
  try {
    return memory.get(key) ?? localStorage.getItem(key) ?? '';
  } catch {
    // Blocked.
    return '';
  }
};

export const remove = (key) => {
  memory.delete(key);
  try {
    localStorage.removeItem(key);
  } catch {
    // Blocked: then nothing is stored.
  }
};

export const set = (key, text) => {
  memory.delete(key);
  try {
    localStorage.setItem(key, text);
  } catch {
    // Full or blocked.
    memory.set(key, text);
  }
};

/** The stored keys with a prefix. */
export const keys = (prefix) => {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
};
