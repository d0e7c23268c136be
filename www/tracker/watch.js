// Listening to the page.
import { on, resume } from './capture.js';
import { guarded } from './guard.js';
import { INSTEAD, LEAVE, ONLINE, ONWARD, RESTORED, VISIBILITY } from './kinds.js';

/** Goes to a form that a script sends, which no event tells: from there it takes the way that its own would take. */
const SENT = 'knock:submit';
let watching;

/** Navigation by script tells nobody by itself. What the page's call throws, the page gets. */
const patch = (target, name, tell, { signal }) => {
  const original = target[name];
  const patched = (target[name] = function () {
    const result = original.apply(this, arguments);
    // One that another script builds upon stays in place, and is silent.
    signal.aborted || tell(this);
    return result;
  });
  signal.addEventListener('abort', () => target[name] == patched && (target[name] = original));
};

/** Listens to actions, navigation and visibility, or stops: then the page is as it was before. */
export const watch = (isOn, page) => {
  watching?.abort();
  if (!isOn) return;
  watching = new AbortController();
  const { signal } = watching;
  const listen = (target, kinds, listener) =>
    kinds
      .split(' ')
      .forEach((kind) => target.addEventListener(kind, guarded(listener), { capture: true, passive: true, signal }));
  /** The form whose own event came last: many pages look at it first, and then send it by script. */
  let sent;
  listen(document, 'click auxclick submit input change ' + SENT, (event) => {
    const path = event.composedPath();
    const type = event.type == SENT ? 'submit' : event.type;
    if (event.type == 'submit') sent = path[0];
    page.happen({ type, path, button: event.button, time: Date.now(), url: location.href });
  });
  // A page that is prerendered is hidden until it is activated.
  listen(document, 'visibilitychange', () => page.tell(VISIBILITY));
  // A change of the fragment tells both; the second is the same page.
  listen(window, 'popstate hashchange', () => page.tell(ONWARD));
  listen(window, 'pagehide', () => {
    resume();
    page.tell(LEAVE);
  });
  listen(window, 'online', () => page.tell(ONLINE));
  listen(window, 'pageshow', (event) => event.persisted && page.tell(RESTORED));
  patch(history, 'pushState', () => page.tell(ONWARD), watching);
  patch(history, 'replaceState', () => page.tell(INSTEAD), watching);
  const told = guarded((form) => {
    sent == form || on(form, 'dispatchEvent', new Event(SENT, { bubbles: true, composed: true }));
    sent = 0;
  });
  patch(HTMLFormElement.prototype, 'submit', told, watching);
};
