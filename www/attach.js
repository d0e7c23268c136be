/** Attachments within a second of each other after which the element is left out: another script removes it each time. */
const MOST = 20;

/**
 * Attaches an element to the body, and again where the page replaces its body or all that is in it. Returns a function
 * that removes it.
 */
export const attach = (element) => {
  let count = 0;
  let at = 0;
  const put = () => {
    const { body } = document;
    if (element.isConnected || !body) return;
    const now = performance.now();
    count = now - at < 1000 ? count + 1 : 0;
    at = now;
    if (count > MOST) return;
    body.append(element);
    observer.observe(body, { childList: true });
  };
  const observer = new MutationObserver(put);
  observer.observe(document.documentElement, { childList: true });
  put();
  return () => {
    observer.disconnect();
    element.remove();
  };
};
