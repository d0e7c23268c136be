/*
 * What a tab keeps for the next page of a site: whether the chat is open. Part of the launcher.
 *
 *   const tab = tabOf(site);
 *
 *   tab.state()      `open`, `caret` if the page was left with the caret in the chat, or empty
 *   tab.keep(state)  keeps it; not where the chat fills the screen: it would hide the page that was just opened
 *   tab.forget()     removes what the visitor has left unsent in the chat
 *
 * It is stored when it changes: the end of a page comes after the beginning of the next one, where that was suspended.
 */

/** Whether the open chat fills the screen, as `css/widget/panel.css` says. */
export const fillsScreen = () => matchMedia('(max-width: 480px)').matches;

/** Whether the page is shown by a reload. */
export const isReload = () => performance.getEntriesByType?.('navigation')[0]?.type == 'reload';

/** Whether this is the first page of a tab that a script has opened: it has a copy of the storage of the page before. */
const isCopy = () => window.opener && history.length < 2;

export const tabOf = (site) => {
  const attempt = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      // Blocked or full.
    }
  };
  const key = (what) => `knock_${what}:site:${site}:`;
  const keep = (state) =>
    attempt((tab) => (state && !fillsScreen() ? tab.setItem(key('p'), state) : tab.removeItem(key('p'))));
  isCopy() && keep('');
  return {
    keep,
    state: () => attempt((tab) => tab.getItem(key('p'))) ?? '',
    forget: () => attempt((tab) => ['', 'form'].forEach((part) => tab.removeItem(key('d') + part))),
  };
};
