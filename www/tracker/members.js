// Properties that the page gives, as JSON that every server reads.

/** All properties of a signal together. */
const MAX = 4096;
/** Servers refuse a batch that is nested deeper than they want to read. */
const DEPTH_MAX = 16;

const depthOf = (json) => {
  let depth = 0;
  let deepest = 0;
  for (const c of json.replace(/"(\\.|[^"\\])*"/g, '')) {
    depth += /[[{]/.test(c) - /[\]}]/.test(c);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
};

/** Halves of characters, which `JSON.stringify` writes as `\udXXX`, are replaced. */
const whole = (json) => json.replace(/\\(u[dD][89a-fA-F]..|.)/g, (all, c) => (c[1] ? '\ufffd' : all));

const member = (object, name) => {
  try {
    const value = object[name];
    // What JSON cannot hold or refers to itself spoils no other.
    const json = JSON.stringify(value, (_, inner) => (typeof inner == 'bigint' ? '' + inner : inner));
    return json && json.length < MAX && depthOf(json) <= DEPTH_MAX ? whole(JSON.stringify(name) + ':' + json) : '';
  } catch {
    return '';
  }
};

/** An object's own properties as a JSON object; empty when nothing remains. What does not fit is left out. */
export const members = (object, except) => {
  let out = '';
  try {
    for (const name of Object.keys(object).slice(0, 100)) {
      const one = name != except && member(object, name);
      if (one && out.length + one.length < MAX) out += (out && ',') + one;
    }
  } catch {
    // Not an object.
  }
  return out && '{' + out + '}';
};
