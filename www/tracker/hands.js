// What the module may ask for, done. It asks by number, in the order of `Action` in `browser.rs`.
import { KINDS } from './core.js';
import * as identity from './identity.js';
import * as outbox from './outbox.js';
import { settings } from './settings.js';
import { remove, set } from './storage.js';
import { watch } from './watch.js';
import * as write from './write.js';

/** Which engine this browser can run on this site, for the loader. */
const ENGINE = 'knock_w';
/** How to tell the module, set by `connect`: `tell(kind, what)`, `happen(event)`, `replay()`. */
let page;
const timers = {};

export const connect = (to) => {
  page = to;
};

const hands = {
  random: () => identity.random(1)[0],
  watch: (isOn) => watch(isOn, page),
  wake(number, delay) {
    clearTimeout(timers[number]);
    timers[number] = setTimeout(() => page.tell(KINDS[number]), delay);
  },
  lastSignal: identity.lastSignal,
  claim: (at, isNew) => write.claim(at, isNew),
  writeAction: (handle) => write.action(handle),
  writeShownView: (handle, number) => write.view(handle, number, document.title),
  writePassedView: (handle, number) => write.view(handle, number),
  writeEngagement: (handle, ms) => write.engagement(handle, ms),
  writeAbandoned: (handle, number) => write.abandon(handle, number),
  adopt: (handle) => outbox.add(handle, settings.facts),
  drop: outbox.drop,
  keep: outbox.keep,
  release: outbox.release,
  recover() {
    // Found out once, so that a strict page gets one report and not one each visit.
    settings.isRefused && set(ENGINE, 'js');
    outbox.recover((signal) => {
      const { at, owner, json } = signal;
      page.tell('adopted', { number: json.length, first: at, second: outbox.ownerNumber(owner), facts: signal });
    });
  },
  add: outbox.addToBatch,
  post: () => outbox.post((status, seconds) => page.tell('reply', { first: status, second: seconds })),
  hand: outbox.hand,
  forgetVisitor() {
    identity.forgetVisitor();
    write.forgetView();
  },
  forgetSignals() {
    outbox.forget();
    [ENGINE, write.HIDDEN_NAMES].forEach(remove);
  },
  replay: () => page.replay(),
};
const byNumber = Object.values(hands);

/** The module's one call. What goes wrong in here must not end it half way. */
export const ask = (action, first, second) => {
  try {
    return +byNumber[action](first, second) || 0;
  } catch {
    outbox.counts.errors += 1;
    return 0;
  }
};
