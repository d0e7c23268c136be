// What must not leave the page: masked texts and scrubbed addresses.
//
// A pattern costs a page a tenth of a millisecond when it is used first, on a fast machine, and half of that at the
// second time. So one pattern tells most texts and addresses, which need no other.

/** What stands for something hidden. */
export const MASK = '***';
/** A longer address is cut. */
const URL_MAX = 2000;
/** An e-mail address, perhaps in brackets, perhaps with a percent-encoded `@`. */
const EMAIL = /[\w+.\-\u0080-\uffff](@|%40)[a-zA-Z\d\u0080-\uffff].*\.[a-zA-Z\d\u0080-\uffff]/;
/** Numbers written in a row or in groups, long enough to be looked at. */
const NUMBER = /\d(?:[ .-]?\d){8,}/g;

/** A number of a person, as `123-45-6789`. */
const PERSON = /(^|\D)\d{3}\D\d\d\D\d{4}(\D|$)/;
/** Parameters that say where a visitor came from. */
const HARMLESS = /^utm_|clk?id$|braid$/i;

/** Names of further parameters whose values are told. */
let told = [];
export const tell = (names) => {
  told = names.split(/[ ,]+/);
};

/** A value of 14 to 19 digits may be a card number; one digit less is an instant in milliseconds. */
const isNumber = (value) =>
  PERSON.test(value) || /(^|\D)\d{14,19}(\D|$)/.test(/^(%..|[\d+.-])+$/.test(value) ? value.replace(/%..|\D/g, '') : value);

/**
 * What needs no closer look: letters and few signs, single spaces, no number that goes on after eight digits. Whatever
 * it is, a label or an address, it is sent as it stands.
 */
const PLAIN = /^(?:(?:[_/.:a-zA-Z,-]|\d{1,8}(?![ .-]*\d)) ?)*$/;
/** Of a text without space around it. */
const isPlain = (text) => text.length < 1000 && PLAIN.test(text);

/** The first characters of a text, none of them cut in half. */
const bounded = (text, limit) => (text[limit] ? text.slice(0, limit).replace(/[\ud800-\udbff]$/, '') : text);

/** What is longer is read no further; a word that is cut there might be half an address. */
const READ_MAX = 20_000;

/** A text; nothing else is one (`document.title` may be an element of that name). */
export const trimmed = (text) => (typeof text == 'string' ? text.trim() : '');

/** A text in one line. */
export const line = (text) => {
  const all = trimmed(text);
  if (isPlain(all)) return all;
  const read = all.slice(0, READ_MAX).replace(all[READ_MAX] ? /\S*$/ : '', '');
  return read.replace(/\s+/g, ' ').replace(/[\ud800-\udfff]/gu, '\ufffd').trim().slice(0, 4000);
};

/** A visible text as it is sent: without e-mail addresses and numbers that are too long to be harmless. */
export const label = (text, limit = 100) => {
  const read = line(text);
  return bounded(isPlain(read) ? read : masked(read), limit);
};

const masked = (text) =>
  text
    .split(' ')
    .map((word) => (EMAIL.test(word) ? MASK : word))
    .join(' ')
    // No year, price or amount has nine digits in a row; card numbers have 12 to 19 in groups.
    .replace(NUMBER, (number) => (PERSON.test(number) || /\d{9}|(\D*\d){12}/.test(number) ? MASK : number));

/** Path segments and parameters; a value may have slashes, and parameters of its own. */
const pieces = (text) =>
  text.replace(/(^(?=[^/?#&;])|[/?#&;])([^/?#&;=]*=[^#&;]*|[^/?#&;]*)/g, (_, before, part) => before + piece(part));

/** A path segment, or a parameter with its value. */
const piece = (text) => {
  const at = text.indexOf('=') + 1;
  const value = text.slice(at);
  const [name] = text.split('=');
  // What is typed may stand in a parameter of any name, or in those of an address within this one.
  const isUnknown = (at && !HARMLESS.test(name) && !told.includes(name)) || /%3d/i.test(value);
  const isHidden = isUnknown || EMAIL.test(value) || isNumber(value);
  return text.slice(0, at) + (isHidden && value ? MASK : at ? pieces(value) : value);
};

/**
 * An address as it is sent: no user info, no values of telling parameters. Of what is no web address (`mailto:`,
 * `tel:`, `javascript:`) only the scheme remains.
 */
export const scrub = (address) => {
  const url = line(address);
  if (isPlain(url) && 'http://|https:/'.includes(url.slice(0, 7))) return url;
  const [, site, host, path] = /^(https?:\/\/)(?:[^/?#]*@)?([^/?#&;]*)(.*)/.exec(url) || [];
  return site ? bounded(site + host + pieces(path), URL_MAX) : /^[^:]{1,20}:|$/.exec(url)[0];
};
