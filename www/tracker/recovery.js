// Recovers unsent signals of earlier pages from the storage. A chunk of its own, loaded when there are any; the tracker
// passes what it needs.

/**
 * An open page refreshes the stamp of its copy at least this often while it has signals to send. If the server made it
 * wait longer, another page may take the copy over, and both send the same ids.
 */
const STALE = 120_000;

const parse = (text, signals, isId, adopt) => {
  try {
    const [, at, owner, json] = /^(\d+) (\S{36} \S{36})(\{.*\})$/.exec(text);
    const { id } = JSON.parse(json);
    const isKnown = [...signals.values()].some((signal) => signal.id == id);
    !isKnown && owner.split(' ').every(isId) && isId(id) && adopt({ at: +at, owner, id, json });
  } catch {
    // Not written by us.
  }
};

/**
 * Takes the signals under the keys of `leftKeys()`, one page at a time. The lock is released at once: a page that holds
 * one is not eligible for the back/forward cache. Without locks two pages may send the same ids; the server counts them
 * once.
 */
export const recover = (name, leftKeys, signals, adopt, get, remove, isId) => {
  const takeAll = (lock) =>
    lock &&
    leftKeys().forEach((key) => {
      const [stamp, ...lines] = get(key).split('\n');
      // A stamp in the future comes from a clock that has been corrected since.
      if (Math.abs(Date.now() - stamp) >= STALE) {
        remove(key);
        lines.forEach((line) => parse(line, signals, isId, adopt));
      }
    });
  return navigator.locks?.request(name, { ifAvailable: true }, takeAll) ?? takeAll(1);
};
