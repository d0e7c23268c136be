/*
 * The number of unread messages before the title of the page. Part of `reply.js`.
 *
 *   const title = titleOf(signal);
 *   title.show(count);  // none for 0: the title is the page's again
 *
 * The page may change its title meanwhile, as routers do: the number is put before the new one. It begins with a mark that
 * cannot be seen, by which it is told from numbers of the page itself; the tracker leaves it out, too.
 */
const MARK = '\u200b';
const OURS = /^\u200b\([\d+]+\) ?/;

/** Changes within a second of each other after which the title is left alone: another script undoes each of them. */
const MOST = 20;

export const titleOf = (signal) => {
  let count = 0;
  let changes = 0;
  let at = 0;
  const write = () => {
    const { title } = document;
    // A page may have an element of that name.
    if (typeof title != 'string') return;
    const own = title.replace(OURS, '');
    const wanted = count && own ? `${MARK}(${count > 99 ? '99+' : count}) ${own}` : own;
    if (title == wanted) return;
    const now = performance.now();
    changes = now - at < 1000 ? changes + 1 : 0;
    at = now;
    if (changes <= MOST || !count) document.title = wanted;
  };
  const observer = new MutationObserver(write);
  const show = (next) => {
    count = next;
    write();
    observer.disconnect();
    if (count && document.head) observer.observe(document.head, { childList: true, subtree: true, characterData: true });
  };
  signal.addEventListener('abort', () => show(0));
  return { show };
};
