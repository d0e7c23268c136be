// Listeners on the page.
import { call, flushWaiting } from './capture.js';
import { guarded } from './guard.js';
import { REPLACED, LEAVE, ONLINE, NAVIGATED, RESTORED, VISIBILITY } from './kinds.js';

/** Our event on forms that a script submits, and on those in shadow trees (`forms.js`): no `submit` reaches the document. */
const SUBMITTED = 'knock:submit';
let watching;

/** Wraps a method to observe calls that cause no event. Exceptions of the original reach the page. */
const patch = (target, name, notify, { signal }) => {
  const original = target[name];
  const patched = (target[name] = function () {
    const result = original.apply(this, arguments);
    // Stays in place, silent, when another script has wrapped it.
    signal.aborted || notify(this);
    return result;
  });
  signal.addEventListener('abort', () => target[name] == patched && (target[name] = original));
};

/** Starts or stops listening to actions, navigation and visibility; stopping restores the page's methods. */
export const watch = (isOn, page) => {
  watching?.abort();
  if (!isOn) return;
  watching = new AbortController();
  const { signal } = watching;
  const listen = (target, kinds, listener) =>
    kinds
      .split(' ')
      .forEach((kind) => target.addEventListener(kind, guarded(listener), { capture: true, passive: true, signal }));
  /** The form of the last `submit` event: many pages cancel it and then submit by script. */
  let submitted;
  listen(document, 'click auxclick submit input change ' + SUBMITTED, (event) => {
    const path = event.composedPath();
    const type = event.type == SUBMITTED ? 'submit' : event.type;
    if (type == 'submit') submitted = path[0];
    page.onAction({ type, path, button: event.button, time: Date.now(), url: location.href });
  });
  // A prerendered page is hidden until it is activated.
  listen(document, 'visibilitychange', () => page.dispatch(VISIBILITY));
  const moved = () => page.dispatch(NAVIGATED);
  // A change of the fragment causes both; the second is the same page.
  listen(window, 'popstate hashchange', moved);
  // Routers by the Navigation API cause neither; its events come last, for the same page. The name may be the page's.
  window.navigation?.addEventListener && listen(navigation, 'navigatesuccess', moved);
  listen(window, 'pagehide', () => {
    flushWaiting();
    page.dispatch(LEAVE);
  });
  listen(window, 'online', () => page.dispatch(ONLINE));
  listen(window, 'pageshow', (event) => event.persisted && page.dispatch(RESTORED));
  patch(history, 'pushState', moved, watching);
  patch(history, 'replaceState', () => page.dispatch(REPLACED), watching);
  const onScriptSubmit = guarded((form) => {
    submitted == form || call(form, 'dispatchEvent', new Event(SUBMITTED, { bubbles: true, composed: true }));
    submitted = 0;
  });
  patch(HTMLFormElement.prototype, 'submit', onScriptSubmit, watching);
};
