// What the module may ask for, done.
import { abandoned } from './capture.js';
import { guarded, later } from './guard.js';
import { forgetVisitor, lastSignal, random } from './identity.js';
import { ADOPTED, REPLY } from './kinds.js';
import * as outbox from './outbox.js';
import { settings } from './settings.js';
import { remove, set } from './storage.js';
import { watch } from './watch.js';
import { claim, forgetView, view, write } from './write.js';

/** Which engine this browser can run on this site, for the loader. */
const ENGINE = 'knock_w';
/** How to tell the module, set by `connect`: `tell(kind, ...)`, `happen(event)`, `replay()`. */
let page;
const timers = [];

export const connect = (to) => {
  page = to;
};

/** It asks by number, in the order of `Action` in `browser.rs`. */
const hands = [
  /* Random */ () => random(1)[0],
  /* Watch */ (isOn) => watch(isOn, page),
  /* Wake */ (kind, delay) => {
    clearTimeout(timers[kind]);
    timers[kind] = later(() => page.tell(kind), delay);
  },
  /* LastSignal */ lastSignal,
  /* Claim */ claim,
  /* WriteFacts */ (handle) => write(handle, settings.facts),
  /* WriteShownView */ (handle, number) => view(handle, number, document.title),
  /* WritePassedView */ view,
  /* WriteEngagement */ (handle, ms) => write(handle, { type: 'engagement', props: `{"ms":${ms}}` }),
  /* WriteAbandoned */ (handle, form) => write(handle, abandoned(form)),
  /* Adopt */ (handle) => outbox.add(handle, settings.facts),
  /* Settle */ (handle) => outbox.drop(handle, 0),
  /* Lose */ (handle) => outbox.drop(handle, 1),
  /* Release */ outbox.release,
  /* Recover */ () => {
    // Found out once, so that a strict page gets one report and not one each visit.
    settings.isRefused && set(ENGINE, 'js');
    outbox.recover((signal) => {
      const { at, owner, json } = signal;
      page.tell(ADOPTED, at, outbox.ownerNumber(owner), signal, undefined, undefined, json.length);
    });
  },
  /* Add */ outbox.addToBatch,
  /* Post */ () => outbox.post((status, seconds) => page.tell(REPLY, status, seconds)),
  /* Hand */ outbox.hand,
  /* ForgetVisitor */ () => {
    forgetVisitor();
    forgetView();
  },
  /* ForgetSignals */ () => {
    [...outbox.forget(), ENGINE].forEach(remove);
  },
  /* Replay */ () => page.replay(),
];

/** The module's one call. What goes wrong in here must not end it half way. */
export const ask = guarded((action, number, amount) => +hands[action](number, amount));
