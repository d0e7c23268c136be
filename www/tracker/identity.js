// Whose signals these are: visitor and session, in the storage that all tabs share, and the visitor in a cookie
// that all subdomains share.
import { later } from './guard.js';
import { get, remove, set } from './storage.js';

const VISITOR = 'knock_v';
const SESSION = 'knock_s';
/** Longer than any browser keeps a cookie. */
const AGE = 'max-age=99999999';

/** The visitor of this page, also where nothing can be stored. */
let visitor = '';
/** The same, handed over by another site. */
let handed = '';
let isShared;

/**
 * Roughly, by its length and its version, and without a pattern, which costs most when it is used first: what else stands
 * there was not written by us, and the server looks closer.
 */
export const isId = (text) => text?.length == 36 && text[14] == 7;

/** Asked for many at a time: a question to the system takes longer than all the rest of an id. */
let pool = [];

export const random = (count) => {
  if (!pool[count]) pool = [...crypto.getRandomValues(new Uint32Array(64))];
  return pool.splice(-count);
};

const hex = (number, width) => number.toString(16).padStart(width, '0').slice(-width);

/**
 * A new id (UUIDv7) for something that happened at `at`. Of two with the same instant the one with the smaller
 * number, if they have one, sorts first (RFC 9562, a counter in the first random bits).
 */
export const newId = (at, number = random(1)[0]) => {
  const [first, second, third] = random(3);
  const time = hex(at, 12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(number, 3)}-${hex((first & 0x3fff) | 0x8000, 4)}-${hex(second * 0x10000 + third, 12)}`;
};

/** Whether the visitor is the same on all subdomains. */
export const share = (isOn) => {
  // The address of a machine ends with a digit or a bracket.
  isShared = isOn && location.hostname.slice(-1) >= 'a';
};

/** All cookies, after one was added; none in a page that may have none. Each reading is a question to another process. */
const cookies = (added) => {
  try {
    if (added) document.cookie = added;
    return document.cookie;
  } catch {
    return '';
  }
};

const cookie = (added) => (isShared && `; ${cookies(added)}`.split('; knock_v=')[1]?.split(';')[0]) || '';

/** Leaves it on the widest domain that the browser allows: `example.co.uk`, not `co.uk`. `found` is what stands there. */
const write = (text, age, found) => {
  const parts = location.hostname.split('.');
  for (let from = parts.length - 2; isShared && from >= 0 && found != text; from -= 1) {
    const secure = location.protocol == 'https:' ? ';secure' : '';
    found = cookie(`${VISITOR}=${text};path=/;domain=${parts.slice(from).join('.')};${age};samesite=lax${secure}`);
  }
};

/** The stored visitor wins, so that tabs and subdomains agree; a storage that was emptied gets ours again. */
const recognise = (at) => {
  const stored = get(VISITOR);
  if (visitor && stored == visitor) return;
  const found = cookie();
  visitor = [handed, found, stored, visitor].find(isId) || newId(at);
  handed = '';
  set(VISITOR, visitor);
  // After the first signal has left; nobody's by then if they are to be forgotten.
  later(() => visitor && write(visitor, AGE, found), 9);
};

/** The visitor is known from another of the workspace's sites. */
export const known = (id) => {
  handed = id;
};

/** The visitor as it is kept; empty where nothing may be kept. */
export const visitorKept = () => get(VISITOR);

/**
 * The session as id, instant of its last signal, number of that, and what all actions so far were about, which new
 * sessions inherit. One text, as each that is written costs a page the same again.
 */
export let session;

/** Reads the session, at most once in a moment; other tabs write it too. */
export const lastSignal = () => {
  session ||= get(SESSION).split(' ');
  return isId(session[0]) && session[1];
};

/** The next place in the session that was just read, or in a new one: whose the signal is, and its number. */
export const claim = (at, isNew) => {
  recognise(at);
  if (isNew) session = [newId(at), at, 0, session[3]];
  session[1] = Math.max(session[1], at);
  session[2] = (session[2] | 0) + 1;
  return visitor + ' ' + session[0];
};

/** Writes it down for other tabs, once for all signals of a moment. */
export const keepSession = () => {
  session &&= set(SESSION, session.join(' '));
};

export const forgetVisitor = () => {
  visitor = session = '';
  [VISITOR, SESSION].forEach(remove);
  write('', 'max-age=0', cookie());
};
