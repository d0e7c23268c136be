// The signals as texts: written down, copied into the storage, put into batches, posted. Which of them, and when, is
// decided elsewhere.
import { chunk } from './chunk.js';
import { envelope, later } from './guard.js';
import { isId, random } from './identity.js';
import { get, keys, remove, set } from './storage.js';
import { emit } from './emit.js';
import { sizeOf } from './members.js';

/** A copy waits so long for others when one was just written. A page that is left copies at once. */
const COPYING = 100;
/** What comes so soon after a copy is a burst. */
const BURST = 10;

/** Signals by handle: `{at, owner, id, json}`, owner as visitor and session with a space between. */
const signals = new Map();
/** The signals of the next batch. */
let batch = [];
/** Owners by the numbers they are told by. */
const owners = [];
let url;
let copying;
/** When it was written last. */
let copied;
let mirror;
/** Whether signals came or went since it was written. */
let isBehind;
/** The request whose answer is waited for. */
let posted;

const prefix = () => `knock_q:${envelope.site}:`;

export const setUp = (host, site) => {
  url = host + '/v1/signals';
  envelope.site = site;
  mirror = prefix() + random(2).join('');
};

export const ownerNumber = (owner) => {
  const known = owners.indexOf(owner);
  return known < 0 ? owners.push(owner) - 1 : known;
};

/** Keeps a signal under a handle; its size in bytes. */
export const add = (handle, signal) => {
  // It answers the map, which is as good as true, and six bytes shorter.
  isBehind = signals.set(handle, signal);
  return sizeOf(signal.json);
};

export const drop = (handle, isLost) => {
  isBehind = signals.delete(handle) || isBehind;
  envelope.lost += isLost;
};

/**
 * Writes the copy. Each page has a key of its own, so that tabs never overwrite each other; what is left by a page
 * that ended (stamp 0) or crashed (an old stamp) is recovered by the next one.
 */
const copy = (stamp = Date.now()) => {
  copying = isBehind = clearTimeout(copying);
  copied = stamp;
  const lines = [...signals.values()].map(({ at, owner, json }) => `${at} ${owner}${json}`);
  signals.size ? set(mirror, [stamp, ...lines].join('\n')) : remove(mirror);
};

/** At once, as what is written along with a session costs next to nothing and a task of its own does not; or soon. */
export const keep = () => {
  if (isBehind) signals.size && Date.now() - copied < BURST ? (copying ||= later(copy, COPYING)) : copy();
};

export const release = () => {
  copy(0);
  signals.clear();
  posted = batch = [];
  // The copy belongs to the next page now.
  mirror = prefix() + random(2).join('');
};

/** Forgets all signals; the keys under which some are stored. */
export const forget = () => {
  signals.clear();
  posted = batch = [];
  return keys(prefix());
};

/** Takes what earlier pages left. */
export const recover = (each) => {
  const left = () => keys(prefix()).filter((key) => key != mirror);
  // Mostly nothing is left, and then nothing is asked for.
  left()[0] &&
    chunk('./leftovers.js')
      .then(({ take }) => take(prefix(), left, signals, each, get, remove, isId))
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

/** Bytes that browsers take for requests that outlive their page, all together. */
let room = 64_000;

/**
 * The answer as status code and seconds to wait; 0 for none. By `fetch`, which blockers let through where they say that
 * they take a beacon, and send nothing. What has no room at the end of a page, and where the page's own `fetch` throws at
 * once, is a beacon: then there is no answer but whether the browser took it.
 */
const ask = async (some, isLast) => {
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
      // Not the browser's own.
    }
    if (!answer) return [202 * navigator.sendBeacon(url, body)];
    const response = await answer;
    const text = await response.text();
    // What is printed is for whoever installs the snippet; without it nothing is missing.
    response.status == 403 && chunk('./refused.js').then(({ take }) => take(text)).catch(() => {});
    const isPart = text.split('"rate_limited":')[1]?.[0] > 0;
    return [isPart ? 429 : response.status, +response.headers.get('retry-after') || 0];
  } catch {
    return [0];
  } finally {
    room += size;
  }
};

/** Posts the batch; `answered(status, seconds)` follows, unless the page is left before. */
export const post = async (answered) => {
  const mine = (posted = batch);
  batch = [];
  const answer = await ask(mine);
  // A page that is refused goes on for long, and its copy must not look like that of one that crashed.
  isBehind = true;
  if (posted != mine) return;
  emit('sent', { count: mine.length, status: answer[0], ids: mine.map(({ id }) => id) });
  answered(...answer);
};

/** Hands the batch to the browser to send even after the page has gone; nobody will tell whether it arrived. */
export const hand = () => {
  ask(batch, 1);
  batch = [];
};
