/*
 * The chat in a frame of Knock's own origin (`frame.js`), loaded by the launcher where it is wanted or needed.
 *
 *   const chat = await framed({ place, host, site, lang, look, label, listener, signal });
 *
 *   place      the element that the frame is put into
 *   look       the JSON of the look; `label` is the name of the frame
 *   listener   hears `'unread', count` and `'close'`, as that of `Widget` does
 *   chat       has the calls of `Widget`: each is passed on
 *
 * Fails with `{ isRefused: true }` where the page's policy does not permit the frame, or the page is not one of the site.
 * The frame stores nothing: what it keeps is stored by the page, under the keys that the chat in the page uses.
 */
import style from './css/widget/framed.css';
import { make } from './elements.js';

export { style };

/** The wait for a frame that was loaded, and for one that loads, in milliseconds. */
const SILENCE = 1500;
const PATIENCE = 30000;
/** The properties by which a page replaces tokens, and their tokens. */
const TOKENS = ['accent', 'accent-ink', 'accent-soft', 'accent-text', 'font'];

/** The calls that show the panel, and those that move the focus into it. */
const SHOWING = ['open', 'openMeeting', 'invite', 'resume'];
const FOCUSING = ['open', 'openMeeting', 'invite', 'focus'];

/** Whether this page does not permit the frame; it is asked once. */
let isRefused = false;
const refusal = () => Object.assign(new Error('no frame'), { isRefused: true });

/** A storage of the page for the chat of a site: the ids of the visitor, and what the chat keeps. */
const storageFor = (site, named) => {
  const isOurs = (key) => /^knock_[vsk]$/.test(key) || (/^knock_[a-z]+:/.test(key) && key.includes(`:site:${site}:`));
  /** Where storage is blocked, until the page ends. */
  const memory = {};
  return {
    /** The texts that the frame knows. */
    sent: {},
    all() {
      try {
        const keys = Object.keys(window[named]).filter(isOurs);
        return { ...memory, ...Object.fromEntries(keys.map((key) => [key, window[named].getItem(key)])) };
      } catch {
        return { ...memory };
      }
    },
    keep(key, text) {
      if (!isOurs(key)) return;
      delete memory[key];
      text === null ? delete this.sent[key] : (this.sent[key] = text);
      try {
        text === null ? window[named].removeItem(key) : window[named].setItem(key, text);
      } catch {
        if (text !== null) memory[key] = text;
      }
    },
  };
};

/** The values that the page has set, by the names of the tokens. */
const tokensOf = (element) => {
  const set = getComputedStyle(element);
  const named = TOKENS.map((name) => ['--k-' + name, set.getPropertyValue('--knock-' + name).trim()]);
  return Object.fromEntries(named.filter(([, value]) => value));
};

/** Passes the height that the on-screen keyboard leaves to the style of the frame. */
const fit = (element, signal) => {
  const view = window.visualViewport;
  const measure = () => {
    const isWhole = view.scale < 1.05;
    element.style.setProperty('--k-height', isWhole ? view.height + 'px' : '');
    element.style.setProperty('--k-top', isWhole ? view.offsetTop + 'px' : '');
  };
  ['resize', 'scroll'].forEach((kind) => view?.addEventListener(kind, measure, { signal }));
};

class Frame {
  constructor(parts) {
    Object.assign(this, parts);
    this.storages = { local: storageFor(this.site, 'localStorage'), tab: storageFor(this.site, 'sessionStorage') };
    this.origin = new URL(this.host, location.href).origin;
    this.ending = new AbortController();
    const src = `${this.host}/frame/${this.site}?${new URLSearchParams({ lang: this.lang })}`;
    this.element = make('iframe', { class: 'framed', title: this.label, src });
    /** The calls that a frame which was loaded anew gets again. */
    this.calls = {};
    const { signal } = this.ending;
    addEventListener('message', (event) => this.greet(event), { signal });
    addEventListener('storage', () => this.sync(), { signal });
    fit(this.element, signal);
    this.signal.addEventListener('abort', () => this.free(), { signal });
  }

  /** Puts the frame into the page; settles when its chat is there, or is known not to come. */
  begin() {
    const { signal } = this.ending;
    return new Promise((resolve, reject) => {
      this.settle = (error) => (error ? reject(error) : resolve());
      const violated = ({ blockedURI, disposition, effectiveDirective }) =>
        effectiveDirective == 'frame-src' && disposition == 'enforce' && blockedURI.startsWith(this.origin) && this.refuse();
      document.addEventListener('securitypolicyviolation', violated, { signal });
      // A frame that is refused is loaded too: as an empty page.
      this.element.addEventListener('load', () => this.port || this.wait(SILENCE, () => this.refuse()), { signal });
      this.wait(PATIENCE, () => reject(new Error('no answer')));
      this.place.append(this.element);
    });
  }

  wait(time, act) {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, time);
  }

  refuse() {
    isRefused = true;
    this.settle(refusal());
  }

  /** The frame can be sent what the page knows, at first and after it was loaded anew. */
  greet({ data, origin, source }) {
    if (data !== 'knock:frame' || origin != this.origin || source != this.element.contentWindow) return;
    this.wait(PATIENCE, () => this.settle(new Error('no answer')));
    const { port1, port2 } = new MessageChannel();
    this.port?.close();
    this.port = port1;
    port1.onmessage = ({ data: [kind, ...rest] }) => this.hear(kind, rest);
    const stored = Object.entries(this.storages).map(([area, storage]) => [area, (storage.sent = storage.all())]);
    const { lang, look } = this;
    const dir = getComputedStyle(this.element).direction;
    const first = { lang, dir, look, tokens: tokensOf(this.element), stored: Object.fromEntries(stored) };
    source.postMessage(first, this.origin, [port2]);
  }

  hear(kind, rest) {
    if (kind == 'said') this.listener(...rest);
    if (kind == 'failed') this.settle(new Error('not loaded'));
    if (kind == 'stored') {
      const [area, key, text] = rest;
      this.storages[area]?.keep(key, text);
    }
    if (kind == 'ready') {
      clearTimeout(this.timer);
      Object.values(this.calls).forEach((call) => this.post('call', ...call));
      this.settle();
    }
  }

  post(...message) {
    this.port?.postMessage(message);
  }

  /** Sends what was stored by the page and by its other tabs meanwhile. */
  sync() {
    for (const [area, storage] of Object.entries(this.storages)) {
      const stored = storage.all();
      for (const key in { ...storage.sent, ...stored }) {
        if (storage.sent[key] !== stored[key]) this.post('stored', area, key, stored[key] ?? null);
      }
      storage.sent = stored;
    }
  }

  call(name, args) {
    const isShown = SHOWING.includes(name);
    const isOfPanel = isShown || name == 'close';
    // Of the calls that open and close the panel the last one counts.
    this.calls[isOfPanel ? 'panel' : name] = [name, ...args];
    if (isOfPanel) this.element.classList.toggle('framed-open', isShown);
    if (FOCUSING.includes(name)) this.element.focus();
    this.sync();
    this.post('call', name, ...args);
    // Whether the panel shows anything is said by a later `close`.
    return true;
  }

  free() {
    clearTimeout(this.timer);
    this.ending.abort();
    this.port?.close();
    this.element.remove();
  }
}

/** The frame as the launcher calls it. */
const callable = (frame) =>
  new Proxy(frame, {
    get: (_, name) => {
      // A promise resolves to what has no `then`.
      if (name == 'then') return undefined;
      return name == 'free' ? () => frame.free() : (...args) => frame.call(name, args);
    },
  });

export const framed = async (parts) => {
  if (isRefused) throw refusal();
  const frame = new Frame(parts);
  try {
    await frame.begin();
    return callable(frame);
  } catch (error) {
    frame.free();
    throw error;
  }
};
