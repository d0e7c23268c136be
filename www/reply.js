/*
 * What a visitor notices of replies while they look elsewhere: a sound, and their number in the title of the page. Loaded
 * with the first reply to a chat that is closed or in the background.
 *
 *   const heed = follow({ site, signal });
 *   heed({ unread, reply, isFresh, isSilent, keepsTitle });
 *
 *   unread      the number of unread messages, 0 where the visitor cannot open the chat
 *   reply       the last of them
 *   isFresh     it came while the page was there
 *   isSilent    the site or the visitor wants no sound
 *   keepsTitle  the site wants its title unchanged
 *
 * Of several tabs one rings: the one in front at once, the others later, the one that was used last before the rest.
 */
import { ring } from './sound.js';
import { keep, recall } from './storage.js';
import { titleOf } from './title.js';

/** Milliseconds that a page in the background waits at least: in another tab the message may be read at once. */
const WAIT = 300;
/** The longest addition to that, for a page that was left long ago; a hundredth of the time since. */
const LONGEST = 1500;
/** Milliseconds without another sound. */
const QUIET = 3000;

export const follow = ({ site, signal }) => {
  /** When a page of the site rang, and for which message. */
  const key = `knock_r:site:${site}:`;
  const title = titleOf(signal);
  let timer;
  let heard;
  let leftAt = -Infinity;

  const isDue = (id) => {
    const [at, of] = recall(key).split(' ');
    return of != id && !(Math.abs(Date.now() - at) < QUIET);
  };
  const claim = (id) => {
    const due = isDue(id);
    if (due) keep(key, Date.now() + ' ' + id);
    return due;
  };

  document.addEventListener('visibilitychange', () => document.hidden && (leftAt = performance.now()), { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));

  return ({ unread, reply, isFresh, isSilent, keepsTitle }) => {
    clearTimeout(timer);
    const act = () => {
      title.show(keepsTitle ? 0 : unread);
      const isNew = unread && reply && reply.id != heard;
      if (isNew) heard = reply.id;
      if (isNew && isFresh && !isSilent && isDue(reply.id)) ring(() => !signal.aborted && claim(reply.id));
    };
    if (!unread || !document.hidden) return act();
    timer = setTimeout(act, WAIT + Math.min((performance.now() - leftAt) / 100, LONGEST));
  };
};
