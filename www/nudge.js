/*
 * A nudge: what a workflow says to a visitor, a bubble with up to three buttons. Loaded with the first one.
 *
 *   const nudges = nudgesOf({ visit, site, signal, changed });
 *
 *   visit            has the nudge of this page, and reports what becomes of it (`visit.js`)
 *   changed()        is called when `nudges.offered` may have changed
 *   nudges.offered   the nudge that can be shown now: `{ id, text, buttons, follow }`, or none
 *   nudges.shown()   it is shown
 *   nudges.end()     the visitor closed it, for all pages of this browser
 *   nudges.accept()  the chat is opened while it is shown: its id, if it offers that
 *
 * It waits while something of a form of the page has the focus, also once it was shown, and it is shown for the first time
 * where the visitor sees it.
 */
import { bubble, style } from './bubble.js';
import { focused, isInForm } from './fields.js';
import { recall } from './storage.js';

export { style };

/** The bubble that was drawn last. */
let drawn;

export const nudgesOf = ({ visit, site, signal, changed }) => {
  /** The ids of those that have ended in this browser; another tab may have ended one. */
  const key = `knock_i:site:${site}:`;
  /** The id of the one that was shown. */
  let shown;

  const close = (id, what) => {
    visit.note('nudges/' + id, { what });
    visit.forget(id);
  };
  const end = () => visit.nudge && visit.nudge.id == shown && close(shown, 'closed');

  const listen = (kind, hear) => document.addEventListener(kind, hear, { signal });
  // The focus is in the next element only after the event.
  const later = () => setTimeout(() => signal.aborted || changed());
  ['focusin', 'focusout', 'visibilitychange'].forEach((kind) => listen(kind, later));
  // Escape with the focus nowhere: nothing else of the page waits for it.
  listen('keydown', ({ key: pressed, defaultPrevented, isComposing }) => {
    const isFree = !defaultPrevented && !isComposing && [null, document.body].includes(focused());
    if (pressed == 'Escape' && isFree && drawn?.isConnected) end();
  });

  return {
    get offered() {
      const { nudge } = visit;
      if (!nudge || isInForm() || (document.hidden && nudge.id != shown) || recall(key).includes(nudge.id)) return undefined;
      return { ...nudge, follow: () => close(nudge.id, 'clicked') };
    },
    shown() {
      const { id } = visit.nudge;
      if (id == shown) return;
      shown = id;
      visit.note('nudges/' + id, { what: 'shown' });
    },
    end,
    accept() {
      const { id, buttons = [] } = visit.nudge ?? {};
      if (!drawn?.isConnected || !id || id != shown || !buttons.some(({ opens }) => opens == 'chat')) return undefined;
      close(id, 'clicked');
      return id;
    },
  };
};

/** The text in the language of the launcher, else in English, else in the first one, with its code. */
const spoken = (texts, lang) => {
  const code = [lang, 'en', ...Object.keys(texts)].find((one) => texts[one]);
  return [texts[code] ?? '', code];
};

/** Goes to a page of the web, or of this site. */
const go = (address) => {
  try {
    const { protocol, origin, href } = new URL(address, location.href);
    if (protocol == 'https:' || origin == location.origin) location.assign(href);
  } catch {
    // No address.
  }
};

/** Its bubble; `open` opens the chat or a booking, `answer` and `dismiss` as in `invitation.js`. */
export const draw = ({ make, texts, lang, offer, answer, open, dismiss }) => {
  const [text, code] = spoken(offer.text, lang);
  const act = (opens) => () => {
    if (opens == 'chat') return answer();
    offer.follow();
    opens == 'booking' ? open('meeting') : go(opens.page);
  };
  const buttons = offer.buttons ?? [];
  drawn = bubble({
    make,
    label: texts.team,
    head: [],
    text,
    answers: buttons.map(({ label, opens }) => [spoken(label, lang)[0], act(opens)]),
    dismiss: [texts.dismiss, dismiss],
  });
  drawn.querySelector('.invitation-text').lang = code;
  return drawn;
};
