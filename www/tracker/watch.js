// Listeners on the page.
import { call, flushWaiting } from './capture.js';
import { guarded } from './guard.js';
import { REPLACED, LEAVE, ONLINE, NAVIGATED, RESTORED, VISIBILITY } from './kinds.js';

/** Our event on forms that a script submits, which causes no `submit` event: it bubbles as that would. */
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
  const options = { capture: true, passive: true, signal };
  const listen = (target, kinds, listener) =>
    kinds.split(' ').forEach((kind) => target.addEventListener(kind, guarded(listener), options));
  /** The form of the last `submit` event: many pages cancel it and then submit by script. */
  let submitted;
  /** The last event: a form in a slot is below its document and below the shadow root around the slot. */
  let last;
  const act = guarded((event) => {
    if (event == last) return;
    last = event;
    const path = event.composedPath();
    // `submit` does not leave a shadow tree; what is typed or clicked in it before does. Again is no second time.
    for (const root of path) root.nodeType == 11 && root.addEventListener('submit', act, options);
    // What is around that tree may hide it.
    for (let node = path.at(-1); (node = node.nodeType == 11 ? node.host : node.parentNode); ) path.push(node);
    const type = event.type == SUBMITTED ? 'submit' : event.type;
    if (event.type == 'submit') submitted = path[0];
    page.onAction({ type, path, button: event.button, time: Date.now(), url: location.href });
  });
  listen(document, 'click auxclick submit input change ' + SUBMITTED, act);
  // A prerendered page is hidden until it is activated.
  listen(document, 'visibilitychange', () => page.dispatch(VISIBILITY));
  // A change of the fragment causes both; the second is the same page.
  listen(window, 'popstate hashchange', () => page.dispatch(NAVIGATED));
  // Routers by the Navigation API cause neither. What causes both is the same page as well.
  window.navigation?.addEventListener &&
    listen(navigation, 'currententrychange', ({ navigationType }) => {
      navigationType && page.dispatch(navigationType == 'replace' ? REPLACED : NAVIGATED);
    });
  listen(window, 'pagehide', () => {
    flushWaiting();
    page.dispatch(LEAVE);
  });
  listen(window, 'online', () => page.dispatch(ONLINE));
  listen(window, 'pageshow', (event) => event.persisted && page.dispatch(RESTORED));
  patch(history, 'pushState', () => page.dispatch(NAVIGATED), watching);
  patch(history, 'replaceState', () => page.dispatch(REPLACED), watching);
  const onScriptSubmit = guarded((form) => {
    submitted == form || call(form, 'dispatchEvent', new Event(SUBMITTED, { bubbles: true, composed: true }));
    submitted = 0;
  });
  patch(HTMLFormElement.prototype, 'submit', onScriptSubmit, watching);
};
