/*
 * What a tab keeps for the next page of a site: whether the chat is open. Part of the launcher.
 *
 *   const tab = tabOf(site);
 *
 *   tab.leave(state)  keeps a text; an empty one removes it
 *   tab.arrive()      returns the text and removes it
 *   tab.forget()      removes what the visitor has left unsent in the chat
 *
 * It is stored only between two pages: a tab that is opened from a page gets a copy of its storage, and begins with a
 * closed chat all the same.
 */
/** Whether the open chat fills the screen, as `css/widget/panel.css` says. */
export const fillsScreen = () => matchMedia('(max-width: 480px)').matches;

/** Whether the page is shown by a reload. */
export const isReload = () => performance.getEntriesByType?.('navigation')[0]?.type == 'reload';

export const tabOf = (site) => {
  const attempt = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      // Blocked or full.
    }
  };
  const key = (what) => `knock_${what}:site:${site}:`;
  const leave = (state) => attempt((tab) => (state ? tab.setItem(key('p'), state) : tab.removeItem(key('p'))));
  return {
    leave,
    arrive() {
      const state = attempt((tab) => tab.getItem(key('p')));
      leave('');
      return state;
    },
    forget: () => attempt((tab) => ['', 'form'].forEach((part) => tab.removeItem(key('d') + part))),
  };
};
