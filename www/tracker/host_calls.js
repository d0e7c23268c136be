// Host calls: what the WebAssembly module asks of the page.
import { abandoned } from './capture.js';
import { guarded, schedule } from './guard.js';
import { forgetVisitor, lastSignal, random } from './identity.js';
import { ADOPTED, REPLY } from './kinds.js';
import * as outbox from './outbox.js';
import { settings } from './settings.js';
import { remove, set } from './storage.js';
import { watch } from './watch.js';
import { claim, forgetView, view, write } from './write.js';

/** The storage key of the engine that works on this site; the loader reads it. */
const ENGINE = 'knock_w';
/** Entry points of `main.js`: `dispatch(kind, ...)`, `onAction(event)`, `replay()`. */
let page;
const timers = [];

/** Sets the entry points. */
export const connect = (to) => {
  page = to;
};

/** By number, in the order of `Action` in `browser.rs`. */
const hostCalls = [
  /* Random */ () => random(1)[0],
  /* Watch */ (isOn) => watch(isOn, page),
  /* Schedule */ (kind, delay) => {
    clearTimeout(timers[kind]);
    timers[kind] = schedule(() => page.dispatch(kind), delay);
  },
  /* LastSignal */ lastSignal,
  /* Claim */ claim,
  /* WriteFacts */ (handle) => write(handle, settings.facts),
  /* WriteShownView */ (handle, number) => view(handle, number, document.title),
  /* WritePassedView */ view,
  /* WriteEngagement */ (handle, ms) => write(handle, { type: 'engagement', props: `{"ms":${ms}}` }),
  /* WriteAbandoned */ (handle, form) => write(handle, abandoned(form)),
  /* Adopt */ (handle) => outbox.add(handle, settings.facts),
  /* Delivered */ (handle) => outbox.drop(handle, 0),
  /* Lost */ (handle) => outbox.drop(handle, 1),
  /* Release */ outbox.release,
  /* Recover */ () => {
    // Remembered, so that a strict policy causes one violation report and not one for each visit.
    settings.isRefused && set(ENGINE, 'js');
    outbox.recover((signal) => {
      const { at, owner, json } = signal;
      page.dispatch(ADOPTED, at, outbox.ownerNumber(owner), signal, undefined, undefined, json.length);
    });
  },
  /* Add */ outbox.addToBatch,
  /* Post */ () => outbox.post((status, seconds) => page.dispatch(REPLY, status, seconds)),
  /* Beacon */ outbox.sendBeacon,
  /* ForgetVisitor */ () => {
    forgetVisitor();
    forgetView();
  },
  /* ForgetSignals */ () => {
    [...outbox.clear(), ENGINE].forEach(remove);
  },
  /* Replay */ () => page.replay(),
];

/** The module's only import for calls. Guarded: an exception would end the module half way. */
export const hostCall = guarded((action, number, amount) => +hostCalls[action](number, amount));
