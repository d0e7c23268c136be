/** The longest wait for an idle page, in milliseconds. */
const LONGEST_WAIT = 2000;

/**
 * Calls `act` once, when the page is idle or after the longest wait: a browser that draws nothing may never call a page
 * idle, nor does a page that has replaced `requestIdleCallback`.
 */
export const whenIdle = (act) => {
  let isDone;
  const once = () => {
    if (isDone) return;
    isDone = true;
    act();
  };
  setTimeout(once, window.requestIdleCallback ? LONGEST_WAIT : 0);
  window.requestIdleCallback?.(once);
};
