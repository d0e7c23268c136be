/*
 * The launcher: the button in the corner of a site. It loads the chat when the visitor opens it.
 *
 *   const { unmount } = launch({ host, site, bus, chat });
 *
 *   host  the address of the server, without a trailing slash: the chat calls `host + '/v1/chat'`
 *   site  the key of the site
 *   bus   the calls `['open', 'chat']`, `['open', 'meeting']`, `['close']`, `['identify', { email }]` and `['reset']`
 *         made so far, an array of arrays or `arguments`; once the look of the site is known, the launcher empties it and
 *         replaces its `push`, so that later calls reach it at once; other calls are ignored
 *   chat  `frame` for the chat in a frame of Knock's own origin (`mount.js`)
 *   unmount()  removes everything from the page: element, listeners, timers, socket, stream
 *
 * One element, `<knock-widget>`, a child of `<html>` with an open shadow root. Style sheets are constructed, icons are elements,
 * so a policy needs no more than `script-src HOST 'wasm-unsafe-eval'` and `connect-src HOST` (with `wss:`).
 *
 * How it looks, where it is and where it is hidden is the site's look (`look.js`). What the team writes to a visitor
 * before they write (`visit.js`), a reply to the closed chat (`reply.js`), the nudge of a workflow (`nudge.js`) and the
 * teaser of the look are shown in a bubble above the button.
 *
 * A chat that is open stays open on the next page of the tab (`tab.js`), without the focus and without a request that says
 * that the visitor opened it.
 */
import tokens from './css/tokens.css';
import style from './css/widget/launcher.css';
import { attach } from './attach.js';
import { faceOf, make } from './elements.js';
import { keepFocus } from './focus.js';
import { whenIdle } from './idle.js';
import { cssOf, followLook } from './look.js';
import { mounter } from './mount.js';
import { newsOf } from './news.js';
import { recall } from './storage.js';
import { stylesOf } from './styles.js';
import { fillsScreen, isReload, tabOf } from './tab.js';
import { hasUnfinished } from './unfinished.js';
import { OLD, unreadOf } from './unread.js';
import { follow } from './visit.js';
import { fileAt } from './widget-files.js';
import { languageFor, spoken, textsIn } from './words.js';

/** Resets the styles that the page would pass on. */
const HOST = ':host{all:initial!important;position:fixed!important}';

/** Whether the page shows something over everything else: a dialog, or a part of it on the whole screen. */
const isCovered = () => {
  try {
    return document.fullscreenElement || document.querySelector(':modal');
  } catch {
    // Browsers without the selector.
    return document.querySelector('dialog[open]');
  }
};

export const launch = ({ host, site, bus, chat }) => {
  const ending = new AbortController();
  const { signal } = ending;
  /** The look, its JSON for the chat, and the language and the texts of it; none before it has come. */
  let look;
  let lookText;
  let lang;
  let texts;
  const place = make('div', { class: 'launcher-panel' });
  const badge = make('span', { class: 'launcher-badge', 'aria-hidden': 'true', hidden: '' });
  const button = make('button', { class: 'launcher', type: 'button', 'aria-haspopup': 'dialog' });
  const failure = make('p', { class: 'launcher-failure', role: 'status' });
  const saying = make('div', { role: 'status' });
  const region = make('section', {}, place, failure, saying, button);
  const element = make('knock-widget', { 'data-knock-ignore': '' });
  const root = element.attachShadow({ mode: 'open' });
  const styles = stylesOf(root);
  // First, so that it wins.
  const wear = styles.adopt('');
  const lift = styles.adopt('');
  const mounting = mounter({ chat, place, host, site, styles, signal });
  /** Whether the button is shown: the look is there. */
  let hasBegun = false;
  /** Removes the element from the page. */
  let detach;
  let isOpen = false;
  /** Whether it was opened for a booking, in place of the chat. */
  let isBooking = false;
  /** The focused element of the page when the hidden launcher was opened. */
  let opener;
  const tab = tabOf(site);
  /** The chat was open on the page before, and this one has not shown it yet: `open`, or `caret` if it had the focus. */
  let left = tab.state();
  /** Whether the page has identified its visitor, and the address, which is sent with messages only. */
  let isKnown = false;
  let email = '';
  let widget;
  let loading;
  /** Whether this page and this device are hidden ones, where the look names some. */
  let isHiddenHere;
  let teaser;
  /** The nudges of this page, once there was one. */
  let nudges;

  const isAway = () => look.launcher.is_hidden || (look.launcher.signed_in_only && !isKnown) || isHiddenHere?.();

  const unread = unreadOf({ site, signal, launcher: () => look.launcher, isAway, changed: () => present() });

  const show = () => {
    const count = unread.count || +!!visit.offered;
    const isOne = new Intl.PluralRules(lang).select(count) == 'one';
    const words = count ? ', ' + texts[isOne ? 'news.one' : 'news.other'].replace('{n}', count) : '';
    button.hidden = !isOpen && !!isAway();
    button.setAttribute('aria-expanded', isOpen);
    button.setAttribute('aria-label', isOpen ? texts.close : (look.launcher.text || texts.open) + words);
    badge.hidden = isOpen || !count;
    badge.textContent = count > 99 ? '99+' : count;
  };

  /** Shows what the launcher and its bubble have to say. */
  const present = () => {
    if (!hasBegun) return;
    show();
    news.present();
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
    changed: () => {
      visit.nudge && !nudges && beginNudges();
      isOpen && !isBooking && widget && visit.offered ? accept() : present();
    },
  });

  const news = newsOf({
    place: saying,
    root,
    button,
    styles,
    signal,
    visit,
    unread,
    nudges: () => nudges,
    teaser: () => teaser,
    isFree: () => !(isOpen || isAway() || isCovered() || element.inert),
    parts: () => ({ make, host, texts, lang, answer: () => open('chat'), open }),
  });

  /** Mounts the closed panel, which sends unsent messages of earlier pages. */
  const mount = () =>
    (loading ??= mounting
      .mount({ lang, look: lookText, label: texts.chat, listener: onWidget })
      .then((mounted) => {
        if (signal.aborted) return;
        widget = mounted;
        unread.begin();
        widget.identify(email);
      })
      .catch((error) => {
        loading = undefined;
        throw error;
      }));

  /** Says why the chat could not be opened. */
  const explain = async (error) => {
    try {
      const reasons = await import(fileAt('failure.js'));
      await reasons.explain({ error, place: failure, host, site, lang, texts, styles });
    } catch {
      failure.textContent = texts.failed;
    }
  };

  const open = async (what) => {
    if (isOpen) return what == 'meeting' && mount().then(() => isOpen && widget?.openMeeting(), () => {});
    opener = isAway() && document.activeElement;
    left = '';
    // Its agent is the one to answer, also where the visitor pressed the button below it.
    const nudge = what != 'meeting' && nudges?.accept();
    tab.keep('open');
    delete place.dataset.resumed;
    isOpen = true;
    isBooking = what == 'meeting';
    failure.textContent = '';
    button.setAttribute('aria-busy', 'true');
    present();
    teaser?.end();
    try {
      await mount();
      if (isOpen && widget) {
        isBooking ? widget.openMeeting() : visit.offered ? accept() : nudge ? widget.invite(nudge) : widget.open();
      }
    } catch (error) {
      isOpen = false;
      tab.keep('');
      present();
      explain(error);
    }
    button.removeAttribute('aria-busy');
  };

  /** Opens the chat that was open on the page before; not where it would hide a page that was just opened. */
  const resume = async () => {
    if (isOpen || isAway() || isCovered() || fillsScreen()) return;
    const hadCaret = left == 'caret' && isReload();
    left = '';
    isOpen = true;
    isBooking = false;
    place.dataset.resumed = '';
    // What was said on earlier pages is not announced anew.
    place.setAttribute('aria-busy', 'true');
    setTimeout(() => place.removeAttribute('aria-busy'), OLD);
    present();
    try {
      await mount();
      if (!isOpen || !widget) return;
      isOpen = widget.resume();
      if (!isOpen) tab.keep('');
      // Once it is drawn; the page may have moved the focus meanwhile.
      const isFree = () => [null, document.body].includes(document.activeElement);
      if (isOpen && hadCaret) requestAnimationFrame(() => isOpen && isFree() && widget?.focus());
    } catch {
      isOpen = false;
    }
    present();
  };

  const close = () => {
    left = '';
    tab.keep('');
    if (!isOpen) return;
    isOpen = false;
    const hadFocus = root.activeElement;
    widget?.close();
    present();
    hadFocus && (opener || button).focus();
  };

  const onWidget = (word, count, message) => {
    if (word == 'close') return close();
    unread.take(count, message);
    present();
  };

  const runCall = ([command, what]) => {
    what ??= 'chat';
    if (command == 'open' && (what == 'chat' || what == 'meeting')) open(what);
    if (command == 'close') close();
    if (command == 'identify' || command == 'reset') {
      // The longest address has 254 characters.
      email = (typeof what.email == 'string' && what.email.length < 255 && what.email) || '';
      isKnown = !!(email || what.id || what.user_id);
      widget?.identify(email);
    }
    if (command == 'reset') {
      visit.reset();
      tab.forget();
    }
    review();
  };

  /** Loads what shows nudges. */
  const beginNudges = async () => {
    try {
      const { nudgesOf } = await import(fileAt('nudge.js'));
      if (signal.aborted) return;
      nudges ??= nudgesOf({ visit, site, signal, changed: present });
      present();
    } catch {
      // The next page has it.
    }
  };

  /** Loads the teaser, unless this browser has shown it or the chat was opened meanwhile. */
  const beginTeaser = async () => {
    const key = `knock_t:site:${site}:`;
    if (teaser || isOpen || !look.teaser || recall(key).includes(look.teaser.id)) return;
    try {
      const { tease } = await import(fileAt('teaser.js'));
      const label = look.title || look.name || texts.chat;
      if (!isOpen && !signal.aborted) teaser ??= tease({ key, teaser: look.teaser, label, signal, changed: present });
    } catch {
      // The next page has it.
    }
  };

  /** Keeps clear of bars of the page. */
  const avoidBars = async () => {
    try {
      const { keepClear } = await import(fileAt('clear.js'));
      signal.aborted || keepClear({ element, button, isOpen: () => isOpen, lift: (css) => lift(css), signal });
    } catch {
      // It covers them.
    }
  };

  /** Shows what was hidden or covered until now. */
  const review = () => {
    if (!hasBegun) return;
    left && resume();
    unread.notify();
    present();
  };

  const begin = () => {
    root.append(region);
    bus.splice(0).forEach(runCall);
    bus.push = runCall;
    hasBegun = true;
    review();
    if (!isOpen && hasUnfinished(site)) whenIdle(() => signal.aborted || mount().catch(() => {}));
    whenIdle(() => signal.aborted || avoidBars());
  };

  /** Draws the look. */
  const dress = async (next, text) => {
    look = next;
    lookText = text;
    lang = spoken(look.language || languageFor(site));
    texts = textsIn(lang, look.words);
    region.lang = lang;
    region.setAttribute('aria-label', texts.chat);
    button.classList.toggle('launcher-wide', !!look.launcher.text);
    button.replaceChildren(...faceOf(host, look.launcher), badge);
    styles.force(look.scheme);
    wear(cssOf(look));
    // The line of an open chat; the panel itself is drawn once.
    const hours = root.querySelector('#knock-hours bdi');
    if (hours && look.hours) hours.textContent = look.hours;
    const { hidden_paths, hidden_devices } = look.launcher;
    if (!isHiddenHere && (hidden_paths || hidden_devices)) {
      try {
        const { watchPlace } = await import(fileAt('hiding.js'));
        isHiddenHere ??= watchPlace({ launcher: () => look.launcher, signal, changed: review });
      } catch {
        // It is shown rather than missing.
      }
    }
    if (signal.aborted) return;
    hasBegun ? present() : begin();
    beginTeaser();
  };

  const listen = (target, kinds, handle) => kinds.forEach((kind) => target.addEventListener(kind, handle, { signal }));
  listen(button, ['click'], () => (isOpen ? close() : open()));
  // Prefetches the files; nothing is reported before a click.
  listen(button, ['pointerenter', 'focus'], mounting.prefetch);
  listen(region, ['focusin', 'pointerdown'], () => delete place.dataset.resumed);
  listen(document, ['fullscreenchange'], review);
  // Those of dialogs do not bubble.
  document.addEventListener('close', review, { signal, capture: true });
  // Keeps typed keys from the page's shortcuts.
  listen(region, ['keydown', 'keyup', 'keypress'], (event) => {
    if (event.type == 'keydown' && event.key == 'Escape' && !event.isComposing) isOpen ? close() : (nudges?.offered ? nudges : teaser)?.end();
    event.stopPropagation();
  });

  listen(window, ['pagehide'], () => isOpen && tab.keep(root.activeElement?.matches('textarea, iframe') ? 'caret' : 'open'));
  // A suspended page is shown again: the visitor may have closed or opened the chat on a later one.
  listen(window, ['pageshow'], ({ persisted }) => {
    if (!persisted) return;
    left = tab.state();
    if (!isOpen) return review();
    if (!left && !fillsScreen()) close();
    left = '';
  });

  styles.adopt(HOST);
  keepFocus(element, signal);
  styles.adopt(tokens + style);
  left && mounting.prefetch();
  const start = () => {
    detach = attach(element);
    // The reset element has the font size of the reader's browser settings, not that of the page.
    styles.measure(parseFloat(getComputedStyle(element).fontSize) || 16);
    followLook({ host, site, lang: languageFor(site), signal, changed: dress });
  };
  // Frameworks that take over the whole document do so when it is parsed, and may not find more than they drew.
  document.readyState == 'loading' ? listen(document, ['DOMContentLoaded'], start) : start();

  return {
    unmount() {
      ending.abort();
      detach?.();
      delete bus.push;
      widget?.free();
      widget = undefined;
      isOpen = false;
    },
  };
};
