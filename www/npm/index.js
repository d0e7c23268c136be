// The snippet for sites that are built with a bundler: the attributes of the script tag as options, the calls as functions.
// Importing it has no effect; without a page, as on a server, its functions do nothing.

/** The name that a policy with `trusted-types` must list. */
const POLICY = 'knock-snippet';
/** Calls that wait for the script, which takes no more than these. */
const WAITING_MAX = 200;

const hasPage = () => typeof document == 'object';

/** The page's `knock`, created if it is missing. */
const queue = () => {
  // An element with the id `knock` is no function either.
  if (typeof window.knock != 'function') {
    /** @type {import('./k.d.ts').Knock} */
    const knock = function () {
      knock.q ||= [];
      if (knock.q.length < WAITING_MAX) knock.q.push(arguments);
    };
    window.knock = knock;
  }
  return window.knock;
};

const call = (...command) => {
  if (hasPage()) Reflect.apply(queue(), undefined, command);
};

/** With Trusted Types, pages take the address of a script from a named policy only. */
const trusted = (url) => {
  try {
    const { trustedTypes } = /** @type {any} */ (window);
    return trustedTypes.createPolicy(POLICY, { createScriptURL: (text) => text }).createScriptURL(url);
  } catch {
    // Unsupported, or not allowed: then the browser reports the plain text.
    return url;
  }
};

/** A required text option. */
const required = (options, name) => {
  const text = options?.[name];
  if (typeof text != 'string' || !text) throw new TypeError(`knock: \`${name}\` is missing`);
  return text;
};

const hostOf = (options) => {
  const host = required(options, 'host').replace(/\/+$/, '');
  if (!/^https?:\/\/[^/?#]+[^?#]*$/.test(host)) {
    throw new TypeError(`knock: \`host\` is not an address like https://knock.example.com: ${host}`);
  }
  return host;
};

/** The options as attributes of the script tag, by their names there without `data-`. */
const attributes = ({ site, base, consent, identify, hash, query, queryKeep, engine, cookie, sites, chat, lang, ignoreDnt }) => ({
  ...{ site, base, consent, identify, hash, query, engine, cookie, chat, lang },
  'query-keep': queryKeep?.join(' '),
  sites: sites?.join(' '),
  'ignore-dnt': ignoreDnt ? '' : undefined,
});

const scriptFor = (host, options) => {
  const { nonce, integrity, version } = options;
  const script = document.createElement('script');
  script.async = true;
  if (nonce) script.nonce = nonce;
  script.crossOrigin = 'anonymous';
  if (integrity) script.integrity = integrity;
  for (const [name, value] of Object.entries(attributes(options))) {
    if (value !== undefined) script.setAttribute('data-' + name, value);
  }
  script.src = trusted(`${host}${version ? `/t/${version}` : ''}/k.js`);
  return script;
};

/**
 * Puts the script into the page, unless one is there: a page has one site. Returns the page's `knock`.
 *
 * @param {import('./index.d.ts').KnockOptions} options
 * @returns {import('./k.d.ts').Knock}
 */
export const load = (options) => {
  if (!hasPage()) return () => {};
  required(options, 'site');
  const host = hostOf(options);
  const knock = queue();
  if (!document.querySelector('script[data-site]')) document.head.append(scriptFor(host, options));
  return knock;
};

/** @type {typeof import('./index.d.ts').identify} */
export const identify = (who) => call('identify', who);

/** @type {typeof import('./index.d.ts').track} */
export const track = (name, props) => call('track', name, props);

/** @type {typeof import('./index.d.ts').page} */
export const page = () => call('page');

/** @type {typeof import('./index.d.ts').consent} */
export const consent = (word) => call('consent', word);

/** @type {typeof import('./index.d.ts').reset} */
export const reset = () => call('reset');

/** @type {typeof import('./index.d.ts').on} */
export const on = (event, listener) => call('on', event, listener);

/** @type {typeof import('./index.d.ts').open} */
export const open = (what) => call('open', what);

/** @type {typeof import('./index.d.ts').close} */
export const close = () => call('close');
