// Properties that the page gives, as JSON that every server reads.

/** All properties of a signal together, in bytes. */
const MAX = 4096;
/** Objects and lists in one property: more may be nested deeper than a server reads. */
const PARTS_MAX = 100;

/** Halves of characters, which `JSON.stringify` writes as `\udXXX`, are replaced. */
const whole = (json) => json.replace(/\\(u[dD][89a-fA-F]..|.)/g, (all, c) => (c[1] ? '\ufffd' : all));

export const encoder = new TextEncoder();
/** The size of a text in bytes. */
export const sizeOf = (text) => encoder.encode(text).length;

/** A list as it is, where the page has taught lists to write themselves; numbers that JSON does not know as texts. */
function writable(name, inner) {
  const own = this[name];
  return Array.isArray(own) ? own : typeof inner == 'bigint' ? '' + inner : inner;
}

const namesOf = (object) => {
  try {
    return Object.keys(Object(object)).slice(0, 100);
  } catch {
    // A proxy that was revoked.
    return [];
  }
};

/** An object's own properties as a JSON object; empty when nothing remains. What does not fit is left out. */
export const members = (object, except) => {
  let out = '';
  for (const name of namesOf(object)) {
    try {
      // What JSON cannot hold or refers to itself spoils no other.
      const json = JSON.stringify(object[name], writable);
      const one = whole(JSON.stringify(name) + ':' + json);
      const fits = json && sizeOf(out + one) < MAX - 2 && one.split(/[[{]/).length <= PARTS_MAX;
      if (fits && name != except) out += (out && ',') + one;
    } catch {
      // Left out.
    }
  }
  return out && '{' + out + '}';
};
