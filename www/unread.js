/*
 * The unread messages of the chat: their number, and what the visitor notices of the last one. Part of the launcher.
 *
 *   const unread = unreadOf({ site, signal, launcher, isAway, changed });
 *
 *   launcher()   the launcher of the look: `{ is_silent, keeps_title }`
 *   isAway()     whether the launcher is hidden
 *   changed()    is called when another tab has closed the bubble
 *   unread.take(count, message)   the number and the last of them: `{ id, name, title, picture, text }`
 *   unread.count, unread.offered  the number; the message that the bubble can show, or none
 *   unread.end(id)    the visitor has closed its bubble, for all pages of this browser
 *   unread.sound()    the choice whether replies make a sound: `{ isOff, turn(isOff) }`; none where the look has none
 *   unread.notify()   passes what holds now to `reply.js`, which is loaded with the first reply: sound and title
 *   unread.begin()    the chat is loaded: what comes soon after is older than the page
 */
import { keep, recall, remember } from './storage.js';
import { fileAt } from './widget-files.js';

/** The milliseconds after the chat was loaded in which earlier messages arrive: they make no sound. */
export const OLD = 3000;

export const unreadOf = ({ site, signal, launcher, isAway, changed }) => {
  /** The keys of the messages whose bubble was closed, and of the wish to hear no sound. */
  const seen = `knock_i:site:${site}:`;
  const mute = `knock_n:site:${site}:`;
  let count = 0;
  let reply;
  /** The id of the message whose bubble was closed, where nothing can be stored. */
  let closed;
  let loadedAt;
  /** Whether the last message came while the page was there. */
  let isFresh;
  let heeding;

  addEventListener('storage', ({ key }) => key == seen && changed(), { signal });

  const notify = async () => {
    if (!heeding && !count) return;
    try {
      const heed = await (heeding ??= import(fileAt('reply.js')).then((file) => file.follow({ site, signal })));
      const { is_silent: isSilent, keeps_title: keepsTitle } = launcher();
      if (signal.aborted) return;
      heed({ unread: isAway() ? 0 : count, reply, isFresh, isSilent: isSilent || recall(mute), keepsTitle });
    } catch {
      heeding = undefined;
    }
  };

  return {
    notify,
    take(next, message) {
      count = next;
      reply = message;
      isFresh = performance.now() - loadedAt > OLD;
      notify();
    },
    get count() {
      return count;
    },
    get offered() {
      return reply && reply.id != closed && !recall(seen).includes(reply.id) ? reply : undefined;
    },
    end(id) {
      closed = id;
      remember(seen, id);
    },
    sound: () => !launcher().is_silent && { isOff: !!recall(mute), turn: (isOff) => keep(mute, isOff ? '1' : '') },
    begin: () => (loadedAt = performance.now()),
  };
};
