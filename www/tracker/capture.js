// Turns DOM events into facts of signals: visible labels, masked, and never typed text.
import { importChunk } from './lazy.js';
import { MASK, label, line, trimmed } from './privacy.js';
import { settings } from './settings.js';

const IGNORED = '[data-knock-ignore]';
/** Elements whose labels are masked: by the page, or because the visitor writes in them. */
const HIDDEN = IGNORED + ',[data-knock-mask],[contenteditable]';
const CTA = 'data-knock-cta';
/** Inputs whose value is a label; the value of other inputs is typed text. */
const BUTTON_INPUT = 'input:is([type=button],[type=submit],[type=reset],[type=image])';
const CLICKABLE = 'a[*|href],area[href],button,summary,[role=button],[role=link],' + BUTTON_INPUT;
const FILE = /\.(pdf|zip|docx?|xlsx?|pptx?|csv|dmg|exe|pkg|msi|rar|7z|t?gz|mp[34])$/i;

/** Calls a method of `Element`, also where a form has a field of that name (`<input name="matches">`). */
export const call = (element, method, argument) => {
  try {
    return Element.prototype[method].call(element, argument);
  } catch {
    // Windows, documents and shadow roots on the path of an event lack the method.
  }
};
export const attribute = (element, name) => line(call(element, 'getAttribute', name));

/** The text of a node with the content of its slots. */
const composedText = (node) => {
  if (node.nodeType == 3) return node.data;
  const inside = node.assignedNodes?.({ flatten: true }) ?? node.childNodes;
  return call(node, 'matches', HIDDEN) ? MASK : [...inside].map(composedText).join('');
};

/** The label of a button: its text (`innerText` would force a layout), else its value, `aria-label`, title or image. */
const labelOf = (element) =>
  trimmed(call(element, 'querySelector', 'slot') ? composedText(element) : element.textContent) ||
  (call(element, 'matches', BUTTON_INPUT) && trimmed(element.value)) ||
  attribute(element, 'aria-label') ||
  attribute(element, 'title') ||
  attribute(element, 'alt') ||
  attribute(call(element, 'querySelector', '[alt]'), 'alt') ||
  attribute(call(element, 'getRootNode').host, 'aria-label');

/** The kind of a link that does not lead to a page of the site. */
const linkKind = (link) => {
  const { protocol, host, pathname } = link;
  if (protocol == 'mailto:') return 'mail';
  if (protocol == 'tel:') return 'phone';
  if (!protocol.startsWith('http')) return;
  if (call(link, 'hasAttribute', 'download') || FILE.test(pathname)) return 'download';
  if (host != location.host) return 'outbound';
};

/** The facts of a click, unmasked: `write.js` masks them, for many clicks at a time. */
const click = (closest, isHidden) => {
  const cta = closest(`[${CTA}]`);
  const clickable = closest(CLICKABLE);
  const target = clickable || cta;
  if (!target || call(target, 'matches', ':disabled')) return;
  // A link in an SVG has an object as `href`.
  const inSvg = clickable?.href?.baseVal;
  const link = inSvg == null ? clickable : new URL(inSvg, document.baseURI);
  const href = link?.href;
  const kind = href && linkKind(link);
  return {
    type: cta ? 'cta' : 'click',
    name: cta && attribute(cta, CTA),
    href,
    text: isHidden || call(target, 'querySelector', HIDDEN) ? MASK : labelOf(target),
    props: kind && `{"link":"${kind}"}`,
  };
};

const nameOf = (form) =>
  label(
    attribute(form, 'data-knock-form') || attribute(form, 'name') || attribute(form, 'id') || attribute(form, 'aria-label'),
  );

/** The chunk for forms, once loaded. */
let forms;
let loading;
/** Events that wait for it. */
const waiting = [];
/** Whether events no longer wait: the page was left, or the chunk has loaded or failed. */
let hasFlushed;

/** Processes the events that wait. */
export const flushWaiting = () => {
  hasFlushed = 1;
  waiting.splice(0).forEach((retry) => retry());
};

/** Loads that chunk, once. */
export const loadForms = () => {
  loading ||= importChunk('./forms.js')
    .then(({ create }) => {
      forms = create(nameOf, label, line, call, settings, IGNORED, HIDDEN);
    })
    .catch(() => {})
    .then(flushWaiting);
};

export const endForms = () => forms?.end();
export const abandoned = (number) => forms.abandoned(number);

/** The facts of a click, a change in a form or its submission, if any. `retry` runs once the chunk for forms has loaded. */
export const factsOf = ({ type, button, path }, retry) => {
  // The first element of each tree on the path: the innermost, slots, hosts of shadow roots. The last entry is the window.
  const ends = path.slice(0, -1).filter((node, at) => path[at - 1]?.parentNode != node);
  /** The first element on the path that matches; the browser's own `closest` is faster than matching each. */
  const closest = (selector) => {
    const found = ends.map((end) => call(end, 'closest', selector));
    return path.find((node) => found.includes(node));
  };
  const isHidden = closest(HIDDEN);
  if (isHidden && closest(IGNORED)) return;
  if (type.endsWith('click')) return button != 2 && click(closest, isHidden);
  if (forms) return forms[type](path, isHidden, closest('form'));
  loadForms();
  hasFlushed || waiting.push(retry);
  return hasFlushed && type == 'submit' && { type: 'form_submit', form: nameOf(path[0]) };
};
