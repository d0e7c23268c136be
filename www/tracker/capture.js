// What the visitor does, as facts: only what is seen, masked, and never what was typed.
import { chunk } from './chunk.js';
import { MASK, hidden, label, line, scrub } from './privacy.js';
import { settings } from './settings.js';

const IGNORED = '[data-knock-ignore]';
/** What is not told in words: masked by the page, or written by the visitor. */
const HIDDEN = IGNORED + ',[data-knock-mask],[contenteditable]';
const CTA = 'data-knock-cta';
/** Inputs whose value is their label; that of others was typed. */
const PRESSED = 'input:is([type=button],[type=submit],[type=reset],[type=image])';
const PRESSABLE = 'a[href],area[href],button,summary,[role=button],[role=link],' + PRESSED;
/** All that decides about a click or a field. */
const DECIDING = `${HIDDEN},${PRESSABLE},[${CTA}]`;
const FILE = /\.(pdf|zip|docx?|xlsx?|pptx?|csv|dmg|exe|pkg|msi|rar|7z|t?gz|mp[34])$/i;

/** Calls a method of elements, whatever a form's fields are named (`<input name="matches">`). */
const on = (element, method, argument) => {
  try {
    return Element.prototype[method].call(element, argument);
  } catch {
    // Windows, documents and shadow roots are on the path of an event too.
  }
};
export const attribute = (element, name) => line(on(element, 'getAttribute', name));

/** What a button says: its text as written (`innerText` would lay the page out), else what stands in for it. */
const labelOf = (element) =>
  (on(element, 'matches', PRESSED) && line(element.value)) ||
  line(element.textContent) ||
  attribute(element, 'aria-label') ||
  attribute(element, 'title') ||
  attribute(element, 'alt') ||
  attribute(on(element, 'querySelector', '[alt]'), 'alt');

/** Where a link leads, when that is no other page of the site. */
const linkKind = (link) => {
  const { protocol, host, pathname } = link;
  if (protocol == 'mailto:') return 'mail';
  if (protocol == 'tel:') return 'phone';
  if (!protocol.startsWith('http')) return;
  if (on(link, 'hasAttribute', 'download') || FILE.test(pathname)) return 'download';
  if (host != location.host) return 'outbound';
};

const click = (some) => {
  const cta = some(`[${CTA}]`);
  const pressable = some(PRESSABLE);
  const target = pressable || cta;
  if (!target || on(target, 'matches', ':disabled')) return;
  const isMasked = some(HIDDEN) || on(target, 'querySelector', HIDDEN);
  const kind = pressable?.href && linkKind(pressable);
  return {
    type: cta ? 'cta' : 'click',
    name: cta && label(attribute(cta, CTA)),
    href: scrub(pressable?.href),
    text: isMasked ? MASK : label(labelOf(target)),
    props: kind && `{"link":"${kind}"}`,
  };
};

/** The chunk for forms, once it is there. */
let forms;
let loading;

/** Asks for that chunk; `done` once it is there. */
export const loadForms = (done) => {
  loading ||= chunk('./forms.js').then(({ create }) => {
    forms = create({ attribute, hidden, label, line, on, settings, IGNORED, HIDDEN });
  });
  // Without it forms say nothing.
  loading.then(done).catch(() => {});
};

export const endForms = () => forms?.end();
export const abandoned = (number) => forms.abandoned(number);

/**
 * The facts of a click, of a change in a form, or of its submission, as far as there are any; `later` is called when
 * it must be asked again.
 */
export const factsOf = ({ type, button, path }, later) => {
  // Document and window, the last two, match nothing, and say so by throwing, which takes longer than all the rest.
  const deciding = path.slice(0, -2).filter((element) => on(element, 'matches', DECIDING));
  const some = (selector) => deciding.find((element) => on(element, 'matches', selector));
  if (some(IGNORED)) return;
  if (type.endsWith('click')) return button == 2 ? undefined : click(some);
  if (!forms) return loadForms(later);
  return forms[type](path[0], some(HIDDEN));
};
