// Visitor and session of signals: in the storage, which all tabs share, and the visitor also in a cookie, which all
// subdomains share.
import { schedule } from './guard.js';
import { get, remove, set } from './storage.js';

const VISITOR = 'knock_v';
const SESSION = 'knock_s';
/** More than the limit of browsers. */
const AGE = 'max-age=99999999';

/** The visitor of this page, also where the storage fails. */
let visitor = '';
/** The visitor that another site handed over. */
let handedOver = '';
let isShared;

/** A rough check by length and version, without a pattern, whose first use is slow; the server validates ids. */
export const isId = (text) => text?.length == 36 && text[14] == 7;

/** Random numbers, drawn 64 at a time: the call into the system is the slow part of an id. */
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

/** Sets whether all subdomains share the visitor. */
export const shareSubdomains = (isOn) => {
  // IP addresses end with a digit or a bracket.
  isShared = isOn && location.hostname.slice(-1) >= 'a';
};

/** All cookies, after adding one; none where the page may have none. Each read is a call to another process. */
const cookies = (added) => {
  try {
    if (added) document.cookie = added;
    return document.cookie;
  } catch {
    return '';
  }
};

const cookie = (added) => (isShared && `; ${cookies(added)}`.split('; knock_v=')[1]?.split(';')[0]) || '';

/** Writes the cookie on the widest domain that the browser allows: `example.co.uk`, not `co.uk`. `found` is its value. */
const writeCookie = (text, age, found) => {
  const parts = location.hostname.split('.');
  for (let from = parts.length - 2; isShared && from >= 0 && found != text; from -= 1) {
    const secure = location.protocol == 'https:' ? ';secure' : '';
    found = cookie(`${VISITOR}=${text};path=/;domain=${parts.slice(from).join('.')};${age};samesite=lax${secure}`);
  }
};

/** Picks the visitor. A stored one wins, so that tabs and subdomains agree; an emptied storage is written again. */
const resolveVisitor = (at) => {
  const stored = get(VISITOR);
  if (visitor && stored == visitor) return;
  const found = cookie();
  visitor = [handedOver, found, stored, visitor].find(isId) || newId(at);
  handedOver = '';
  set(VISITOR, visitor);
  // After the first signal was sent; `visitor` is empty if it was forgotten meanwhile.
  schedule(() => visitor && writeCookie(visitor, AGE, found), 9);
};

/** Adopts the visitor that another site of the workspace handed over. */
export const adoptVisitor = (id) => {
  handedOver = id;
};

/** The stored visitor; empty where nothing may be stored. */
export const storedVisitor = () => get(VISITOR);

/**
 * The session: id, instant and number of its last signal, and the evidence of all actions, which new sessions inherit.
 * One text in the storage, as each write costs the same.
 */
export let session;

/** Reads the session, at most once per task, as other tabs write it too; returns the instant of its last signal. */
export const lastSignal = () => {
  session ||= get(SESSION).split(' ');
  return isId(session[0]) && session[1];
};

/** Numbers the next signal in the session that was just read, or in a new one; returns its owner. */
export const claim = (at, isNew) => {
  resolveVisitor(at);
  if (isNew) session = [newId(at), at, 0, session[3]];
  session[1] = Math.max(session[1], at);
  session[2] = (session[2] | 0) + 1;
  return visitor + ' ' + session[0];
};

/** Stores the session for other tabs, once for all signals of a task. */
export const saveSession = () => {
  session &&= set(SESSION, session.join(' '));
};

export const forgetVisitor = () => {
  visitor = session = '';
  [VISITOR, SESSION].forEach(remove);
  writeCookie('', 'max-age=0', cookie());
};
