// Serialises properties that the page passes as JSON within the server's limits.

/** Bytes of all properties of a signal. */
const BYTES_MAX = 4096;
/** Objects and lists in one property: a bound of its nesting. */
const PARTS_MAX = 100;

/** Replaces lone surrogates, which `JSON.stringify` writes as `\udXXX`. */
const replaceSurrogates = (json) => json.replace(/\\(u[dD][89a-fA-F]..|.)/g, (all, c) => (c[1] ? '\ufffd' : all));

export const encoder = new TextEncoder();
/** The size of a text in bytes. */
export const sizeOf = (text) => encoder.encode(text).length;

/** Keeps lists although the page may have defined `Array.prototype.toJSON`; writes a `bigint` as text. */
function replacer(name, inner) {
  const own = this[name];
  return Array.isArray(own) ? own : typeof inner == 'bigint' ? '' + inner : inner;
}

const namesOf = (object) => {
  try {
    return Object.keys(Object(object)).slice(0, 100);
  } catch {
    // A revoked proxy.
    return [];
  }
};

/** An object's own properties as a JSON object, without those that do not fit; empty when none remain. */
export const jsonProps = (object, except) => {
  let out = '';
  for (const name of namesOf(object)) {
    try {
      // One by one: a property that JSON cannot hold does not affect the others.
      const json = JSON.stringify(object[name], replacer);
      const one = replaceSurrogates(JSON.stringify(name) + ':' + json);
      const fits = json && sizeOf(out + one) < BYTES_MAX - 2 && one.split(/[[{]/).length <= PARTS_MAX;
      if (fits && name != except) out += (out && ',') + one;
    } catch {
      // Left out.
    }
  }
  return out && '{' + out + '}';
};
