// Masks texts and scrubs addresses before they leave the page.
//
// The first use of a pattern costs a page 0.1 ms on a fast machine, the second half of that. So one pattern recognises
// most texts and addresses, which need no other.

/** Replaces masked text. */
export const MASK = '***';
/** A longer address is cut. */
const URL_MAX = 2000;
/** An e-mail address, perhaps in brackets, perhaps with a percent-encoded `@`. */
const EMAIL = /[\w+.\-\u0080-\uffff](@|%40)[a-zA-Z\d\u0080-\uffff].*\.[a-zA-Z\d\u0080-\uffff]/;
/** Digits in a row or in groups, long enough to be checked. */
const NUMBER = /\d(?:[ .-]?\d){8,}/g;

/** A social security number, as `123-45-6789`. */
const PERSON = /(^|\D)\d{3}\D\d\d\D\d{4}(\D|$)/;
/** Parameters of attribution, also behind what a mail program left (`amp%3Butm_source`). */
const ATTRIBUTION = /utm_|clk?id$|braid$/i;

/** Names of further parameters whose values are not masked. */
let kept = [];
export const keepParameters = (names) => {
  kept = names.split(/[ ,]+/);
};

/** Whether a value may be a card number, which has 14 to 19 digits; instants in milliseconds have 13. */
const isNumber = (value) =>
  PERSON.test(value) || /(^|\D)\d{14,19}(\D|$)/.test(/^(%..|[\d+.-])+$/.test(value) ? value.replace(/%..|\D/g, '') : value);

/** Texts that are sent unchanged: letters, a few signs, single spaces, no number of more than eight digits. */
const PLAIN = /^(?:(?:[_/.:a-zA-Z,-]|\d{1,8}(?![ .-]*\d)) ?)*$/;
/** Takes a trimmed text. */
const isPlain = (text) => text.length < 1000 && PLAIN.test(text);

/** The first characters of a text, without half a surrogate pair. */
const truncated = (text, limit) => (text[limit] ? text.slice(0, limit).replace(/[\ud800-\udbff]$/, '') : text);

/** Characters read of a text; a word cut there is dropped, as it might be part of an address. */
const READ_MAX = 20_000;

/** A trimmed text; empty for other values (`document.title` may be an element of that name). */
export const trimmed = (text) => (typeof text == 'string' ? text.trim() : '');

/** A text as one line. */
export const line = (text) => {
  const all = trimmed(text);
  if (isPlain(all)) return all;
  const read = all.slice(0, READ_MAX).replace(all[READ_MAX] ? /\S*$/ : '', '');
  return read.replace(/\s+/g, ' ').replace(/[\ud800-\udfff]/gu, '\ufffd').trim().slice(0, 4000);
};

/** A visible text as it is sent: e-mail addresses and long numbers are masked. */
export const label = (text, limit = 100) => {
  const read = line(text);
  return truncated(isPlain(read) ? read : masked(read), limit);
};

const masked = (text) =>
  text
    .split(' ')
    .map((word) => (EMAIL.test(word) ? MASK : word))
    .join(' ')
    // Years, prices and amounts have fewer than nine digits in a row; card numbers have 12 to 19 in groups.
    .replace(NUMBER, (number) => (PERSON.test(number) || /\d{9}|(\D*\d){12}/.test(number) ? MASK : number));

/** Scrubs path segments and parameters; a value may have slashes, and parameters of its own. */
const scrubParts = (text) =>
  text.replace(/(^(?=[^/?#&;])|[/?#&;])([^/?#&;=]*=[^#&;]*|[^/?#&;]*)/g, (_, before, part) => before + scrubPart(part));

/** Scrubs a path segment, or a parameter with its value. */
const scrubPart = (text) => {
  const at = text.indexOf('=') + 1;
  const value = text.slice(at);
  const [name] = text.split('=');
  // Typed text may be in a parameter of any name, or in those of an address within this one.
  const isUnknown = (at && !ATTRIBUTION.test(name) && !kept.includes(name)) || /%3d/i.test(value);
  const isHidden = isUnknown || EMAIL.test(value) || isNumber(value);
  return text.slice(0, at) + (isHidden && value ? MASK : at ? scrubParts(value) : value);
};

/**
 * An address as it is sent: without user info and without values of unlisted parameters. Of other schemes (`mailto:`,
 * `tel:`, `javascript:`) only the scheme is sent.
 */
export const scrub = (address) => {
  const url = line(address);
  if (isPlain(url) && 'http://|https:/'.includes(url.slice(0, 7))) return url;
  const [, site, host, path] = /^(https?:\/\/)(?:[^/?#]*@)?([^/?#&;]*)(.*)/.exec(url) || [];
  return site ? truncated(site + host + scrubParts(path), URL_MAX) : /^[^:]{1,20}:|$/.exec(url)[0];
};
