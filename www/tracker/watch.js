// Listening to the page.
import { resume } from './capture.js';
import { INSTEAD, LEAVE, ONLINE, ONWARD, RESTORED, VISIBILITY } from './kinds.js';

let watching;

/** Navigation by script tells nobody by itself. What the page's call throws, the page gets. */
const patch = (name, kind, { tell }, { signal }) => {
  const original = history[name];
  const patched = (history[name] = function () {
    const result = original.apply(this, arguments);
    // One that another script builds upon stays in place, and is silent.
    signal.aborted || tell(kind);
    return result;
  });
  signal.addEventListener('abort', () => history[name] == patched && (history[name] = original));
};

/** Listens to actions, navigation and visibility, or stops: then the page is as it was before. */
export const watch = (isOn, page) => {
  watching?.abort();
  if (!isOn) return;
  watching = new AbortController();
  const { signal } = watching;
  const listen = (target, kinds, listener) =>
    kinds.split(' ').forEach((kind) => target.addEventListener(kind, listener, { capture: true, passive: true, signal }));
  listen(document, 'click auxclick submit input change', (event) => {
    const { type, button, submitter } = event;
    page.happen({ type, button, submitter, time: Date.now(), url: location.href, path: event.composedPath() });
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
  patch('pushState', ONWARD, page, watching);
  patch('replaceState', INSTEAD, page, watching);
};
