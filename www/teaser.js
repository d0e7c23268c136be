/*
 * The teaser: a bubble that invites to a chat, once in a browser. Loaded where a look has one that this browser has not
 * shown yet.
 *
 *   const teaser = tease({ key, teaser, label, signal, changed });
 *
 *   key             of the storage: the ids of the teasers that this browser has shown
 *   teaser          of the look: `{ id, text, pages, delay_s }`
 *   changed()       is called when `teaser.offered` may have changed
 *   teaser.offered  what can be shown now, `{ id, label, text }`, or none
 *   teaser.shown()  it is shown: on no other page of this browser
 *   teaser.end()    it is not shown any more on this page either
 *
 * It waits while the visitor writes in a field of the page, and while the page is in the background.
 */
import { bubble, style } from './bubble.js';
import { isWriting } from './fields.js';
import { isOn, onMove } from './paths.js';
import { remember } from './storage.js';

export { style };

export const tease = ({ key, teaser, label, signal, changed }) => {
  const { id, text, pages = [], delay_s } = teaser;
  let timer;
  let isDue = false;
  let isShown = false;
  let isOver = false;

  const isHere = () => !pages.length || isOn(pages);

  /** Waits until it has been on the page for long enough; `spent` milliseconds are over. */
  const wait = (spent) => {
    clearTimeout(timer);
    isDue = false;
    if (isOver || !isHere()) return;
    const due = () => {
      isDue = true;
      changed();
    };
    timer = setTimeout(due, Math.max(0, delay_s * 1000 - spent));
  };

  const moved = () => {
    if (isShown && isHere()) return;
    // Once it has been seen it does not come back.
    isOver ||= isShown;
    wait(0);
    changed();
  };

  onMove(signal, moved);
  document.addEventListener('visibilitychange', () => changed(), { signal });
  // The focus is in the next element only after the event.
  document.addEventListener('focusout', () => setTimeout(() => signal.aborted || changed()), { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));
  wait(performance.now());

  return {
    get offered() {
      const isPossible = isShown || (isDue && !document.hidden && !isWriting());
      return isPossible && !isOver ? { id, label, text } : undefined;
    },
    shown() {
      if (isShown) return;
      isShown = true;
      remember(key, id);
    },
    end() {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      remember(key, id);
      changed();
    },
  };
};

/** Its bubble; `answer` and `dismiss` as in `invitation.js`. */
export const draw = ({ make, texts, offer, answer, dismiss }) =>
  bubble({ make, label: offer.label, head: [], text: offer.text, answers: [[texts.start, answer]], dismiss: [texts.dismiss, dismiss] });
