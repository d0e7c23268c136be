// The menu in the head of the panel.
import { key } from './form.js';
import { make } from './page.js';

const DOTS = 'M12 5h.01M12 12h.01M12 19h.01';
const SVG = 'http://www.w3.org/2000/svg';

const icon = () => {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  for (const [name, value] of [['class', 'icon'], ['viewBox', '0 0 24 24'], ['aria-hidden', 'true']]) {
    svg.setAttribute(name, value);
  }
  path.setAttribute('d', DOTS);
  svg.append(path);
  return svg;
};

/** The entry by which replies ring or not; the launcher reads the visitor's wish. */
const sound = (extras) => {
  const mute = key('n', extras);
  const isOff = extras.recall(mute);
  return isOff ? ['unmute', () => extras.keep(mute, '')] : ['mute', () => extras.keep(mute, '1')];
};

/** The entries that make sense now: the key of their text, and what they do. */
const entries = (extras) => {
  const { look, chat, panel, state } = extras;
  const all = [];
  if (look.can_end && chat.written && state && !state.is_ended) all.push(['end', () => extras.choose('end')]);
  if (look.transcript && chat.written && state) all.push(['mail', () => extras.choose('transcript')]);
  if (look.history) all.push(['history', () => extras.choose('history')]);
  if ((look.history || look.can_end) && chat.written) all.push(['new', () => extras.startNew()]);
  // Only a chat in the corner of a page can be closed, and ring.
  if (panel.matches('.panel-corner') && look.launcher && !look.launcher.is_silent) all.push(sound(extras));
  return all;
};

export const menu = (extras) => {
  const { say } = extras;
  const list = make('div', { class: 'extras-menu', role: 'menu', hidden: true });
  const opener = make(
    'button',
    {
      class: 'icon-button',
      type: 'button',
      'aria-label': say('more'),
      title: say('more'),
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      click: () => toggle(list.hidden),
    },
    icon(),
  );
  const element = make('div', { class: 'extras-more', hidden: true }, opener, list);
  const items = () => [...list.children];
  const toggle = (isOpen) => {
    if (isOpen) fill();
    list.hidden = !isOpen;
    opener.setAttribute('aria-expanded', isOpen);
    if (isOpen) items()[0]?.focus();
  };
  const fill = () =>
    list.replaceChildren(
      ...entries(extras).map(([key, act]) => {
        const click = () => {
          toggle(false);
          opener.focus();
          act();
        };
        const attributes = { class: 'extras-entry', type: 'button', role: 'menuitem', tabindex: '-1', click };
        return make('button', attributes, say(key));
      }),
    );
  const move = (event) => {
    const all = items();
    const at = all.indexOf(event.target.getRootNode().activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key == 'Tab') return toggle(false);
    if (event.key == 'Escape') {
      toggle(false);
      opener.focus();
      // The panel stays open.
      event.stopPropagation();
    } else if (to !== undefined) {
      all.at(to % all.length)?.focus();
    } else return;
    event.preventDefault();
  };
  list.addEventListener('keydown', move);
  element.addEventListener('focusout', ({ relatedTarget }) => element.contains(relatedTarget) || toggle(false));
  return { element, draw: () => (element.hidden = !extras.chat.isOpen || !entries(extras).length) };
};
