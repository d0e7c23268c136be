// What earlier pages left in the storage. A chunk of its own, asked for when there is anything; what it needs of the
// tracker is given to it.

/**
 * A living page refreshes the stamp of its copy at least this often while it has anything to send; unless the server
 * told it to wait longer: then another page may take the copy over, and both send the same ids.
 */
const STALE = 120_000;

const parse = (text, signals, isId, each) => {
  try {
    const [, at, owner, json] = /^(\d+) (\S{36} \S{36})(\{.*\})$/.exec(text);
    const { id } = JSON.parse(json);
    const isKnown = [...signals.values()].some((signal) => signal.id == id);
    !isKnown && owner.split(' ').every(isId) && isId(id) && each({ at: +at, owner, id, json });
  } catch {
    // Not written by us.
  }
};

/**
 * Takes it from the keys that `left` tells, one page at a time. The lock is not kept: a page that holds one is not kept
 * for going back to. Without locks two pages may do so at once and send the same ids, which the server counts once.
 */
export const take = (name, left, signals, each, get, remove, isId) => {
  const all = (lock) =>
    lock &&
    left().forEach((key) => {
      const [stamp, ...lines] = get(key).split('\n');
      // A stamp of the future was made by a clock that has been put right since.
      if (Math.abs(Date.now() - stamp) >= STALE) {
        remove(key);
        lines.forEach((line) => parse(line, signals, isId, each));
      }
    });
  return navigator.locks?.request(name, { ifAvailable: true }, all) ?? all(1);
};
