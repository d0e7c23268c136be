// What the visitor does, as facts: only what is seen, masked, and never what was typed.
import { chunk } from './chunk.js';
import { MASK, label, line, trimmed } from './privacy.js';
import { settings } from './settings.js';

const IGNORED = '[data-knock-ignore]';
/** What is not told in words: masked by the page, or written by the visitor. */
const HIDDEN = IGNORED + ',[data-knock-mask],[contenteditable]';
const CTA = 'data-knock-cta';
/** Inputs whose value is their label; that of others was typed. */
const PRESSED = 'input:is([type=button],[type=submit],[type=reset],[type=image])';
const PRESSABLE = 'a[*|href],area[href],button,summary,[role=button],[role=link],' + PRESSED;
const FILE = /\.(pdf|zip|docx?|xlsx?|pptx?|csv|dmg|exe|pkg|msi|rar|7z|t?gz|mp[34])$/i;

/** Calls a method of elements, whatever a form's fields are named (`<input name="matches">`). */
export const on = (element, method, argument) => {
  try {
    return Element.prototype[method].call(element, argument);
  } catch {
    // Windows, documents and shadow roots are on the path of an event too.
  }
};
export const attribute = (element, name) => line(on(element, 'getAttribute', name));

/** A text with what was put into the slots of a component, which stands elsewhere. */
const composed = (node) => {
  if (node.nodeType == 3) return node.data;
  const inside = node.assignedNodes?.({ flatten: true }) ?? node.childNodes;
  return on(node, 'matches', HIDDEN) ? MASK : [...inside].map(composed).join('');
};

/**
 * What a button says: its text as written (`innerText` would lay the page out; that of an input is empty), else what
 * stands in for it.
 */
const labelOf = (element) =>
  trimmed(on(element, 'querySelector', 'slot') ? composed(element) : element.textContent) ||
  (on(element, 'matches', PRESSED) && trimmed(element.value)) ||
  attribute(element, 'aria-label') ||
  attribute(element, 'title') ||
  attribute(element, 'alt') ||
  attribute(on(element, 'querySelector', '[alt]'), 'alt') ||
  attribute(on(element, 'getRootNode').host, 'aria-label');

/** Where a link leads, when that is no other page of the site. */
const linkKind = (link) => {
  const { protocol, host, pathname } = link;
  if (protocol == 'mailto:') return 'mail';
  if (protocol == 'tel:') return 'phone';
  if (!protocol.startsWith('http')) return;
  if (on(link, 'hasAttribute', 'download') || FILE.test(pathname)) return 'download';
  if (host != location.host) return 'outbound';
};

/** As it stands there: what must not be told is taken out when it is written down (`write.js`), for many clicks at a time. */
const click = (some, isHidden) => {
  const cta = some(`[${CTA}]`);
  const pressable = some(PRESSABLE);
  const target = pressable || cta;
  if (!target || on(target, 'matches', ':disabled')) return;
  // In a drawing it is an object, and says no more.
  const drawn = pressable?.href?.baseVal;
  const link = drawn == null ? pressable : new URL(drawn, document.baseURI);
  const href = link?.href;
  const kind = href && linkKind(link);
  return {
    type: cta ? 'cta' : 'click',
    name: cta && attribute(cta, CTA),
    href,
    text: isHidden || on(target, 'querySelector', HIDDEN) ? MASK : labelOf(target),
    props: kind && `{"link":"${kind}"}`,
  };
};

const nameOf = (form) =>
  label(
    attribute(form, 'data-knock-form') || attribute(form, 'name') || attribute(form, 'id') || attribute(form, 'aria-label'),
  );

/** The chunk for forms, once it is there. */
let forms;
let loading;
/** What waits for it. */
const waiting = [];
/** Whether nothing waits any longer: the page was left, or the chunk has come or will never come. */
let isLate;

/** Goes on with all that waits. */
export const resume = () => {
  isLate = 1;
  waiting.splice(0).forEach((later) => later());
};

/** Asks for that chunk, once. */
export const loadForms = () => {
  loading ||= chunk('./forms.js')
    .then(({ create }) => {
      forms = create(nameOf, label, line, on, settings, IGNORED, HIDDEN);
    })
    .catch(() => {})
    .then(resume);
};

export const endForms = () => forms?.end();
export const abandoned = (number) => forms.abandoned(number);

/**
 * The facts of a click, of a change in a form, or of its submission, as far as there are any; `later` is called when
 * it must be asked again.
 */
export const factsOf = ({ type, button, path }, later) => {
  // Where the path comes from another tree: the innermost element, slots, hosts of shadow roots. The window is the last.
  const ends = path.slice(0, -1).filter((node, at) => path[at - 1]?.parentNode != node);
  /** The first on the path that matches: the browser's own search takes one step where asking each takes many. */
  const some = (selector) => {
    const found = ends.map((end) => on(end, 'closest', selector));
    return path.find((node) => found.includes(node));
  };
  const isHidden = some(HIDDEN);
  if (isHidden && some(IGNORED)) return;
  if (type.endsWith('click')) return button != 2 && click(some, isHidden);
  if (forms) return forms[type](path, isHidden, some('form'));
  loadForms();
  isLate || waiting.push(later);
  return isLate && type == 'submit' && { type: 'form_submit', form: nameOf(path[0]) };
};
