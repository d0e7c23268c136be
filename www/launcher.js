/*
 * The launcher: the button in the corner of a site. It loads the chat when the visitor opens it.
 *
 *   const { unmount } = launch({ host, site, bus });
 *
 *   host  the address of the server, without a trailing slash: the chat calls `host + '/v1/chat'`
 *   site  the key of the site
 *   bus   the calls `['open', 'chat']`, `['open', 'meeting']`, `['close']`, `['identify', { email }]` and `['reset']`
 *         made so far, an array of arrays or `arguments`; the launcher empties it and replaces its `push`, so that
 *         later calls reach it at once; other calls are ignored
 *   unmount()  removes everything from the page: element, listeners, timers, socket, stream
 *
 * One element, `<knock-widget>`, with an open shadow root. Style sheets are constructed, icons are elements,
 * so a policy needs no more than `script-src HOST 'wasm-unsafe-eval'` and `connect-src HOST` (with `wss:`).
 *
 * What the team writes to a visitor before they write (`visit.js`) is shown in a bubble above the button.
 *
 * Its language is that of the snippet's `data-lang`, else of the page (`<html lang>`), else of the browser; English where
 * `texts` lacks it.
 */
import tokens from './css/tokens.css';
import style from './css/widget/launcher.css';
import de from './texts/de.txt';
import en from './texts/en.txt';
import es from './texts/es.txt';
import fr from './texts/fr.txt';
import { whenIdle } from './idle.js';
import { follow } from './visit.js';

const TEXTS = { de, en, es, fr };

/** The age in milliseconds up to which a conversation is loaded before the chat is opened. */
const RECENT = 864e5;

/** Resets the styles that the page would pass on. */
const HOST = ':host{all:initial!important;position:fixed!important;z-index:2147483000!important}';

const PATHS = {
  chat: 'M22 17a2 2 0 0 1-2 2H6.8a2 2 0 0 0-1.4.6l-2.2 2.2A.7.7 0 0 1 2 21.3V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2z',
  close: 'm6 9 6 6 6-6',
};

/** The code of the language for a site's chat. */
const languageFor = (site) => {
  const scripts = [...document.querySelectorAll('script[data-lang]')];
  const named = scripts.find(({ dataset }) => dataset.site == site)?.dataset.lang;
  const code = (named || document.documentElement.lang || navigator.language || '').split(/[-_]/)[0].toLowerCase();
  return Object.keys(TEXTS).includes(code) ? code : 'en';
};

/** The texts of a language by their keys. */
const textsIn = (lang) => Object.fromEntries(TEXTS[lang].split('\n').map((line) => line.split(/: (.*)/)));

const make = (name, attributes, ...children) => {
  const isShape = name == 'svg' || name == 'path';
  const element = isShape ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  element.append(...children);
  return element;
};

const icon = (name) =>
  make(
    'svg',
    { class: 'launcher-icon launcher-' + name, viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    make('path', { d: PATHS[name] }),
  );

const fileAt = (name) => new URL('./' + name, import.meta.url).href;

/** The files of the widget, loaded once for all launchers, and again after a failure. */
let files;
const loadFiles = () =>
  (files ??= Promise.all([
    import(fileAt('widget.js')),
    fetch(fileAt('widget.css'), { credentials: 'omit' }),
    fetch(fileAt('widget.wasm'), { credentials: 'omit' }),
  ])
    .then(async ([module, css, wasm]) => {
      if (!css.ok || !wasm.ok) throw new Error('not served');
      await module.default({ module_or_path: wasm });
      return { Widget: module.Widget, css: await css.text() };
    })
    .catch((error) => {
      files = undefined;
      throw error;
    }));

/** Whether the page shows something over everything else: a dialog, or a part of it on the whole screen. */
const isCovered = () => {
  try {
    return document.fullscreenElement || document.querySelector(':modal');
  } catch {
    // Browsers without the selector.
    return document.querySelector('dialog[open]');
  }
};

/** Whether an earlier page left unsent messages, or a recent conversation. */
const hasUnfinished = (site) => {
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

export const launch = ({ host, site, bus }) => {
  const ending = new AbortController();
  const { signal } = ending;
  const lang = languageFor(site);
  const texts = textsIn(lang);
  const place = make('div', { class: 'launcher-panel' });
  const badge = make('span', { class: 'launcher-badge', 'aria-hidden': 'true', hidden: '' });
  const button = make(
    'button',
    { class: 'launcher', type: 'button', 'aria-haspopup': 'dialog' },
    icon('chat'),
    icon('close'),
    badge,
  );
  const failure = make('p', { class: 'launcher-failure', role: 'status' });
  const news = make('div', { role: 'status' });
  const region = make('section', { 'aria-label': texts.chat, lang }, place, failure, news, button);
  const element = make('knock-widget', { 'data-knock-ignore': '' });
  const root = element.attachShadow({ mode: 'open' });
  let isOpen = false;
  /** Whether it was opened for a booking, in place of the chat. */
  let isBooking = false;
  let unread = 0;
  /** The file of the bubble, and the id of the invitation in it. */
  let bubbles;
  let presented;
  /** The address by which the page identified the visitor; it is sent with messages only. */
  let email = '';
  let widget;
  let loading;
  let rem = 16;

  const adopt = (css) => {
    const sized = css.replace(/([\d.]+)rem\b/g, (_, size) => size * rem + 'px');
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(sized);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    } catch {
      // Browsers without constructable style sheets.
      root.prepend(make('style', {}, sized));
    }
  };

  const show = () => {
    const count = unread || +!!visit.offered;
    const isOne = new Intl.PluralRules(lang).select(count) == 'one';
    const words = count ? ', ' + texts[isOne ? 'news.one' : 'news.other'].replace('{n}', count) : '';
    button.setAttribute('aria-expanded', isOpen);
    button.setAttribute('aria-label', isOpen ? texts.close : texts.open + words);
    badge.hidden = isOpen || !count;
    badge.textContent = count > 99 ? '99+' : count;
  };

  /** Ends the bubble; the focus that was in it goes to the button. */
  const endBubble = () => {
    const hadFocus = news.contains(root.activeElement);
    presented = undefined;
    news.replaceChildren();
    hadFocus && button.focus();
  };

  /** Shows what the team wrote, where neither the chat nor something of the page is in front of it. */
  const present = async () => {
    show();
    const invitation = isOpen || isCovered() ? undefined : visit.offered;
    if (invitation?.id == presented) return;
    endBubble();
    if (!invitation) return;
    presented = invitation.id;
    try {
      if (!bubbles) {
        const { bubble, style } = await import(fileAt('invitation.js'));
        if (!bubbles) adopt(style);
        bubbles = bubble;
      }
      if (presented != invitation.id || signal.aborted) return;
      const dismiss = () => visit.end(true);
      news.replaceChildren(bubbles({ make, host, texts, invitation, reply: () => open('chat'), dismiss }));
      visit.shown();
    } catch {
      presented = undefined;
    }
  };

  /** Opens the conversation of what the team wrote, in the loaded chat. */
  const accept = () => {
    const { id } = visit.offered;
    visit.shown();
    visit.end(false);
    widget.invite(id);
  };

  const visit = follow({
    host,
    site,
    signal,
    changed: () => (isOpen && !isBooking && widget && visit.offered ? accept() : present()),
  });

  /** Mounts the closed panel, which sends unsent messages of earlier pages. */
  const mount = () =>
    (loading ??= loadFiles()
      .then(({ Widget, css }) => {
        if (signal.aborted) return;
        adopt(css);
        widget = Widget.onSite(place, host, site, lang, onWidget);
        widget.identify(email);
      })
      .catch((error) => {
        loading = undefined;
        throw error;
      }));

  const open = async (what) => {
    if (isOpen) return what == 'meeting' && widget?.openMeeting();
    isOpen = true;
    isBooking = what == 'meeting';
    failure.textContent = '';
    button.setAttribute('aria-busy', 'true');
    present();
    try {
      await mount();
      if (isOpen && widget) isBooking ? widget.openMeeting() : visit.offered ? accept() : widget.open();
    } catch {
      isOpen = false;
      present();
      failure.textContent = texts.failed;
    }
    button.removeAttribute('aria-busy');
  };

  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    const hadFocus = root.activeElement;
    widget?.close();
    present();
    hadFocus && button.focus();
  };

  const onWidget = (word, count) => {
    if (word == 'close') return close();
    unread = count;
    show();
  };

  const runCall = ([command, what]) => {
    what ??= 'chat';
    if (command == 'open' && (what == 'chat' || what == 'meeting')) open(what);
    if (command == 'close') close();
    if (command == 'identify' || command == 'reset') {
      // The longest address has 254 characters.
      email = (typeof what.email == 'string' && what.email.length < 255 && what.email) || '';
      widget?.identify(email);
    }
    if (command == 'reset') visit.reset();
  };

  const listen = (target, kinds, handle) => kinds.forEach((kind) => target.addEventListener(kind, handle, { signal }));
  listen(button, ['click'], () => (isOpen ? close() : open()));
  // Prefetches the files; nothing is reported before a click.
  listen(button, ['pointerenter', 'focus'], () => loadFiles().catch(() => {}));
  listen(document, ['fullscreenchange'], present);
  // Those of dialogs do not bubble.
  document.addEventListener('close', present, { signal, capture: true });
  // Keeps typed keys from the page's shortcuts.
  listen(region, ['keydown', 'keyup', 'keypress'], (event) => {
    if (event.type == 'keydown' && event.key == 'Escape' && !event.isComposing) close();
    event.stopPropagation();
  });

  const attach = () => element.isConnected || document.body?.append(element);
  // Some sites replace the body.
  const observer = new MutationObserver(attach);
  observer.observe(document.documentElement, { childList: true });

  adopt(HOST);
  attach();
  // The reset element has the font size of the reader's browser settings, not that of the page.
  rem = parseFloat(getComputedStyle(element).fontSize) || rem;
  adopt(tokens + style);
  root.append(region);
  show();

  bus.splice(0).forEach(runCall);
  bus.push = runCall;
  if (!isOpen && hasUnfinished(site)) whenIdle(() => signal.aborted || mount().catch(() => {}));

  return {
    unmount() {
      ending.abort();
      observer.disconnect();
      delete bus.push;
      widget?.free();
      widget = undefined;
      isOpen = false;
      element.remove();
    },
  };
};
