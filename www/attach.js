/** Attachments within a second of each other after which the element is left out: another script removes it each time. */
const MOST = 20;

/**
 * Attaches an element beside the body, and again where a page removes it. Pages that replace their body, or all that is in
 * it, leave it alone there: it keeps its focus, its scroll positions and its frames. Returns a function that removes it.
 */
export const attach = (element) => {
  let count = 0;
  let at = 0;
  const put = () => {
    const { documentElement: page, body } = document;
    if (!page || !body) return;
    // It inherits nothing of the body, which may have a direction of its own.
    const [whole, inner] = [page, body].map((of) => getComputedStyle(of).direction);
    element.dir = inner == whole ? '' : inner;
    if (element.isConnected) return;
    const now = performance.now();
    count = now - at < 1000 ? count + 1 : 0;
    at = now;
    if (count > MOST) return;
    page.append(element);
    observer.observe(page, { childList: true });
  };
  const observer = new MutationObserver(put);
  observer.observe(document, { childList: true });
  put();
  return () => {
    observer.disconnect();
    element.remove();
  };
};
