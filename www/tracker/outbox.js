// The outbox: signals as JSON in memory, their copy in the storage, batches and requests. The module decides which signals
// are sent, and when.
import { importChunk } from './lazy.js';
import { envelope, schedule } from './guard.js';
import { isId, random } from './identity.js';
import { get, keys, remove, set } from './storage.js';
import { emit } from './emit.js';
import { sizeOf } from './json_props.js';

/** Milliseconds by which a copy in a burst is delayed. A page that is left copies at once. */
const COPY_DELAY = 100;
/** Milliseconds after a copy that count as a burst. */
const BURST = 10;

/** Signals by handle: `{at, owner, id, json}`; the owner is `VISITOR SESSION`. */
const signals = new Map();
/** The signals of the next batch. */
let batch = [];
/** Owners by number: the module knows them by their index. */
const owners = [];
let url;
let copyTimer;
/** When the copy was written last. */
let copiedAt;
let copyKey;
/** Whether signals came or went since then. */
let isStale;
/** The batch whose response is pending. */
let posted;

const prefix = () => `knock_q:${envelope.site}:`;

export const setUp = (host, site) => {
  url = host + '/v1/signals';
  envelope.site = site;
  copyKey = prefix() + random(2).join('');
};

export const ownerNumber = (owner) => {
  const known = owners.indexOf(owner);
  return known < 0 ? owners.push(owner) - 1 : known;
};

/** Adds a signal under a handle; returns its size in bytes. */
export const add = (handle, signal) => {
  // The returned map is truthy, and this is six bytes shorter.
  isStale = signals.set(handle, signal);
  return sizeOf(signal.json);
};

export const drop = (handle, isLost) => {
  isStale = signals.delete(handle) || isStale;
  envelope.lost += isLost;
};

/**
 * Writes the copy. Each page has a key of its own, so that tabs never overwrite each other; the next page recovers the
 * copy of one that ended (stamp 0) or crashed (an old stamp).
 */
const copy = (stamp = Date.now()) => {
  copyTimer = isStale = clearTimeout(copyTimer);
  copiedAt = stamp;
  const lines = [...signals.values()].map(({ at, owner, json }) => `${at} ${owner}${json}`);
  signals.size ? set(copyKey, [stamp, ...lines].join('\n')) : remove(copyKey);
};

/** Writes the copy at once, in the task that stores the session, which costs least; in a burst, after a delay. */
export const saveCopy = () => {
  if (isStale) signals.size && Date.now() - copiedAt < BURST ? (copyTimer ||= schedule(copy, COPY_DELAY)) : copy();
};

/** Leaves the copy to the next page. */
export const release = () => {
  copy(0);
  signals.clear();
  posted = batch = [];
  // This page needs a new key.
  copyKey = prefix() + random(2).join('');
};

/** Drops all signals; returns the keys of all copies. */
export const clear = () => {
  signals.clear();
  posted = batch = [];
  return keys(prefix());
};

/** Recovers the signals of earlier pages. */
export const recover = (adopt) => {
  const leftKeys = () => keys(prefix()).filter((key) => key != copyKey);
  // Mostly there are none, and no chunk is loaded.
  leftKeys()[0] &&
    importChunk('./recovery.js')
      .then((file) => file.recover(prefix(), leftKeys, signals, adopt, get, remove, isId))
      .catch(() => {});
};

export const addToBatch = (handle) => {
  batch.push(signals.get(handle));
};

const encode = (some) => {
  const [visitor, session] = some[0].owner.split(' ');
  const head = JSON.stringify({ ...envelope, visitor, session, sent_at: Date.now() });
  return `${head.slice(0, -1)},"signals":[${some.map(({ json }) => json)}]}`;
};

/** Bytes left of what browsers allow for all `keepalive` requests together. */
let room = 64_000;

/**
 * Posts signals; returns the status code (0: no response) and the seconds to wait. By `fetch`: some blockers accept a
 * beacon and drop it. A beacon is used without room at the end of a page, and where the page's `fetch` throws at once;
 * its only response is whether the browser took it.
 */
const request = async (some, isLast) => {
  let size = 0;
  try {
    if (!navigator.onLine) return [0];
    const body = encode(some);
    room -= size = sizeOf(body);
    let answer;
    try {
      if (!isLast || room > 0) {
        const signal = AbortSignal.timeout?.(30_000);
        answer = fetch(url, { method: 'POST', body, keepalive: true, credentials: 'omit', signal });
      }
    } catch {
      // A `fetch` that the page has replaced.
    }
    if (!answer) return [202 * navigator.sendBeacon(url, body)];
    const response = await answer;
    const text = await response.text();
    // Optional: a hint in the console for the developer who installs the snippet.
    response.status == 403 && importChunk('./refused.js').then((file) => file.explain(text)).catch(() => {});
    const isPart = text.split('"rate_limited":')[1]?.[0] > 0;
    return [isPart ? 429 : response.status, +response.headers.get('retry-after') || 0];
  } catch {
    return [0];
  } finally {
    room += size;
  }
};

/** Posts the batch; calls `onReply(status, seconds)`, unless the page is left before. */
export const post = async (onReply) => {
  const mine = (posted = batch);
  batch = [];
  const reply = await request(mine);
  // Refreshes the stamp: the copy of a page that retries for long must not look like that of a crashed one.
  isStale = true;
  if (posted != mine) return;
  emit('sent', { count: mine.length, status: reply[0], ids: mine.map(({ id }) => id) });
  onReply(...reply);
};

/** Hands the batch to the browser, which sends it after the page has ended; the outcome stays unknown. */
export const sendBeacon = () => {
  request(batch, 1);
  batch = [];
};
