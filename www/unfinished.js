/*
 * What earlier pages of this browser left of the chat. Part of the launcher.
 *
 *   hasUnfinished(site)   whether unsent messages are left, or a recent conversation
 */

/** The age in milliseconds up to which a conversation is loaded before the chat is opened. */
const RECENT = 864e5;

export const hasUnfinished = (site) => {
  try {
    const kept = JSON.parse(localStorage.getItem(`knock_c:site:${site}:`));
    return (
      kept?.at > Date.now() - RECENT ||
      Object.keys(localStorage).some((key) => key.startsWith(`knock_o:site:${site}:`))
    );
  } catch {
    // Blocked, or not written by us.
  }
};
