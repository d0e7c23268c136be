// Browser functions of the chat: one callback receives all events, methods perform its effects. No exception reaches the
// page.

/** Request timeout in milliseconds. */
const TIMEOUT = 15000;
/** Timeout of file uploads. */
const UPLOAD_TIMEOUT = 130000;

/** Fallback for `localStorage` where that fails. */
const memory = {};
/** The same for `sessionStorage`. */
const tab = {};

export const recall = (key) => {
  try {
    return memory[key] ?? localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
};

export const forget = (key) => {
  delete memory[key];
  try {
    localStorage.removeItem(key);
  } catch {
    // Blocked: then nothing is stored.
  }
};

export const keep = (key, text) => {
  forget(key);
  try {
    localStorage.setItem(key, text);
  } catch {
    // Full or blocked.
    memory[key] = text;
  }
};

/** Texts of this tab: they outlive the page, and end with the tab. */
export const recallInTab = (key) => {
  try {
    return tab[key] ?? sessionStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
};

export const keepInTab = (key, text) => {
  delete tab[key];
  try {
    text ? sessionStorage.setItem(key, text) : sessionStorage.removeItem(key);
  } catch {
    // Full or blocked.
    tab[key] = text;
  }
};

export const keysOf = (prefix) => {
  const keys = Object.keys(memory);
  try {
    keys.push(...Object.keys(localStorage));
  } catch {
    // Blocked.
  }
  return keys.filter((key) => key.startsWith(prefix)).join('\n');
};

/** Loads the script that only bookings need, with their texts in a language. */
export const loadBooking = async (code) => {
  const load = (name) => import(new URL(`./booking.${name}js`, import.meta.url).href);
  const [script, texts] = await Promise.all([load(''), load(code + '.')]);
  return { ...script, texts: texts.default };
};

/** What a site adds to the chat, in a script of its own: where it cannot be loaded, the chat works without it. */
export class Extras {
  constructor(panel, host, lang, site, link, look, open) {
    const parts = { panel, host, lang, site, link, look: JSON.parse(look), open, recall, keep, recallInTab, keepInTab };
    this.made = import(new URL('./extras.js', import.meta.url).href).then(({ attach }) => attach(parts));
  }

  update(conversation, token, written, last, isOpen) {
    this.made.then((it) => it.update({ conversation, token, written, last, isOpen })).catch(() => {});
  }

  end() {
    this.made.then((it) => it.end()).catch(() => {});
  }
}

/** Calls the listener of the launcher; its exceptions are ignored. */
export const announce = (listener, count, id, name, title, picture, text) => {
  try {
    listener('unread', count, id ? { id, name, title, picture, text } : undefined);
  } catch {
    // It goes on without it.
  }
};

/** The folder of this version's files; the loader of the server names its own. */
const VERSION = /\/t\/[^/]+\/$/.exec(new URL('.', import.meta.url).pathname)?.[0];

/**
 * Whether the server has another version than this script, whose later files are gone then; fails without a network. Renews
 * the loader in the browser's cache, for the page when it is loaded anew.
 */
export const isOutdated = async (host) => {
  const loader = await (await fetch(host + '/k.js', { cache: 'reload', credentials: 'omit' })).text();
  return loader.includes('/t/') && !loader.includes(VERSION);
};

/** Loads the page anew; a frame alone. */
export const reload = () => location.reload();

export const timeZone = () => {
  try {
    return Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
  } catch {
    return '';
  }
};

export const randomBytes = () => crypto.getRandomValues(new Uint8Array(10));

// Times and numbers in the language of the panel, in the reader's regional format if they have one of that language.
const formats = {};
const format = (code, kind, options, use) => {
  try {
    const is = new RegExp(`^${code}\\b`, 'i');
    const locale = (navigator.languages || []).find((language) => is.test(language)) || code;
    return use((formats[code + kind + JSON.stringify(options)] ??= new Intl[kind](locale, options)));
  } catch {
    return '';
  }
};

/** An instant in words. */
export const write = (code, options, at) => format(code, 'DateTimeFormat', options, (format) => format.format(at));

/** `14:05` or `2:05 PM`. */
export const timeOfDay = (code, at) => write(code, { hour: 'numeric', minute: '2-digit' }, at);

/** Day and time to the second, for tooltips. */
export const exactTime = (code, at) => write(code, { dateStyle: 'full', timeStyle: 'long' }, at);

/** `Thursday 19 November`, with the year if it is not that of `now`. */
export const dateOf = (code, at, now) => {
  const isThisYear = new Date(at).getFullYear() == new Date(now).getFullYear();
  const day = { weekday: 'long', day: 'numeric', month: 'long' };
  return write(code, isThisYear ? day : { ...day, year: 'numeric' }, at);
};

/** The local time of `2026-06-02T10:00:00+02:00` in words: `Tuesday 2 June at 10:00`. */
export const clockOf = (code, clock) => {
  const day = { weekday: 'long', day: 'numeric', month: 'long' };
  return write(code, { ...day, hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }, Date.parse(clock.slice(0, 19) + 'Z'));
};

/** `3 min ago`, `now`. */
export const relative = (code, count, unit) =>
  format(code, 'RelativeTimeFormat', { numeric: 'auto', style: 'short' }, (format) => format.format(count, unit));

/** `Today`, `Yesterday`. */
export const nearDay = (code, days) => {
  const day = relative(code, days, 'day');
  return day.charAt(0).toLocaleUpperCase(code) + day.slice(1);
};

/** `1,234`. */
export const number = (code, count) => format(code, 'NumberFormat', {}, (format) => format.format(count)) || `${count}`;

/** `1.2 MB`, `3 kB`. */
export const sizeOf = (code, bytes) => {
  const [unit, step] = bytes < 1e6 ? ['kilobyte', 1e3] : ['megabyte', 1e6];
  const options = { style: 'unit', unit, maximumFractionDigits: unit == 'kilobyte' ? 0 : 1 };
  return format(code, 'NumberFormat', options, (format) => format.format(Math.max(bytes / step, 1)));
};

/** Whether the number takes the singular in the language. */
export const isOne = (code, count) => format(code, 'PluralRules', {}, (rules) => rules.select(count)) == 'one';

/** The day in the reader's time zone, counted from 1970. */
export const localDay = (at) => Math.floor((at - new Date(at).getTimezoneOffset() * 60000) / 86400000);

/** For the `datetime` attribute. */
export const isoTime = (at) => {
  try {
    return new Date(at).toISOString();
  } catch {
    return '';
  }
};

export class Browser {
  /** Calls `report(kind, number, code, pause, text)` with all events until `close`. */
  constructor(host, report) {
    this.host = host;
    this.report = report;
    this.ending = new AbortController();
    /** Files to send, by number. */
    this.files = [];
    const { signal } = this.ending;
    const listen = (target, kind, handle) => target.addEventListener(kind, handle, { signal });
    listen(window, 'online', () => this.say('online'));
    listen(window, 'offline', () => this.say('offline'));
    // An open socket would keep the page out of the back/forward cache.
    listen(window, 'pagehide', () => this.say('offline'));
    listen(window, 'pageshow', (event) => event.persisted && this.say(navigator.onLine ? 'online' : 'offline'));
    // What another tab has read; a suspended page hears of it late.
    const read = () => this.say('kept');
    listen(window, 'storage', ({ key }) => key?.startsWith('knock_c:') && read());
    listen(document, 'visibilitychange', () => {
      const { visibilityState } = document;
      if (visibilityState == 'visible') read();
      this.say(visibilityState);
    });
  }

  /** Reports the first act of a person on the page. Scripts can make such events, but no trusted ones. */
  awaitAct() {
    const options = { capture: true, passive: true, signal: this.ending.signal };
    for (const kind of ['pointerdown', 'keydown', 'touchstart']) {
      addEventListener(kind, ({ isTrusted }) => isTrusted && this.say('acted'), options);
    }
  }

  /** Collects files that are chosen, pasted or dropped in an element. */
  gather(element) {
    const { signal } = this.ending;
    const listen = (kind, handle) => element.addEventListener(kind, handle, { signal });
    const take = (event, list) => {
      const files = [...(list || [])];
      if (!files.length) return;
      event.preventDefault();
      for (const file of files) this.say('file', this.files.push(file) - 1, 0, 0, file.name);
    };
    const picker = document.createElement('input');
    Object.assign(picker, { type: 'file', multiple: true, hidden: true });
    picker.onchange = (event) => {
      take(event, picker.files);
      // So that the same file can be chosen again.
      picker.value = '';
    };
    element.append(picker);
    signal.addEventListener('abort', () => picker.remove());
    listen('click', ({ target }) => target.closest('.attach') && picker.click());
    // Errors of elements do not bubble.
    element.addEventListener('error', ({ target }) => (target.hidden = true), { signal, capture: true });
    listen('paste', (event) => take(event, event.clipboardData.files));
    listen('drop', (event) => take(event, event.dataTransfer.files));
    listen('dragover', (event) => event.dataTransfer.types.includes('Files') && event.preventDefault());
  }

  /** Sends a file as the message `id`. Reports `progress` in percent, and one `reply` like `ask`. */
  upload(number, path, token, id, file) {
    const form = new FormData();
    form.append('id', id);
    form.append('file', this.files[file]);
    const request = new XMLHttpRequest();
    request.open('POST', this.host + path);
    request.setRequestHeader('authorization', 'Bearer ' + token);
    request.timeout = UPLOAD_TIMEOUT;
    request.upload.onprogress = ({ loaded, total }) => this.say('progress', Math.floor((loaded / total) * 100));
    request.onloadend = () => {
      const pause = 1000 * request.getResponseHeader('retry-after') || 0;
      this.say('reply', number, request.status, pause, request.responseText);
    };
    this.ending.signal.addEventListener('abort', () => request.abort());
    request.send(form);
  }

  /** Passes the height that the on-screen keyboard leaves to the styles of an element. */
  fit(element) {
    this.gather(element);
    const view = window.visualViewport;
    if (!view) return;
    const measure = () => {
      // Not while the page is zoomed in.
      const isWhole = view.scale < 1.05;
      element.style.setProperty('--k-height', isWhole ? view.height + 'px' : '');
      element.style.setProperty('--k-top', isWhole ? view.offsetTop + 'px' : '');
    };
    const { signal } = this.ending;
    view.addEventListener('resize', measure, { signal });
    view.addEventListener('scroll', measure, { signal });
  }

  say(kind, number = 0, code = 0, pause = 0, text = '') {
    this.ending.signal.aborted || this.report(kind, number, code, pause, text);
  }

  isHidden() {
    return document.visibilityState == 'hidden';
  }

  isOnline() {
    return navigator.onLine;
  }

  /** The same for the body that `write` makes, in one tab at a time: the later one finds the ids that the first stored. */
  askInTurn(number, path, write) {
    const act = () => this.ask(number, path, '', write());
    const { signal } = this.ending;
    if (!navigator.locks) return act();
    navigator.locks.request('knock_k', { signal }, act).catch(() => signal.aborted || act());
  }

  /** Sends a request. Reports one `reply` with its number; the code is 0 without a response. */
  async ask(number, path, token, body) {
    // After a message the next typing is reported at once.
    if (body) this.typed = 0;
    const timeout = setTimeout(() => waiting.abort(), TIMEOUT);
    const waiting = new AbortController();
    const stop = () => waiting.abort();
    this.ending.signal.addEventListener('abort', stop);
    try {
      const headers = { accept: 'application/json, application/problem+json' };
      if (token) headers.authorization = 'Bearer ' + token;
      if (body) headers['content-type'] = 'application/json';
      const response = await fetch(this.host + path, {
        method: body ? 'POST' : 'GET',
        headers,
        body: body || undefined,
        cache: 'no-store',
        credentials: 'omit',
        signal: waiting.signal,
      });
      const text = await response.text();
      this.say('reply', number, response.status, 1000 * response.headers.get('retry-after') || 0, text);
    } catch {
      this.say('reply', number);
    } finally {
      clearTimeout(timeout);
      this.ending.signal.removeEventListener('abort', stop);
    }
  }

  /** Opens a socket under a number in place of the current one. */
  connect(number, path) {
    this.disconnect();
    try {
      const socket = (this.socket = new WebSocket(this.host.replace(/^http/, 'ws') + path));
      socket.onopen = () => this.say('opened', number);
      socket.onmessage = ({ data }) => typeof data == 'string' && this.receive(number, data);
      socket.onclose = () => this.say('closed', number);
    } catch {
      // Not allowed. Reported asynchronously, as other ends are.
      setTimeout(() => this.say('closed', number));
    }
  }

  /** Handles a message of the socket; a typing signal ends after six seconds. */
  receive(number, data) {
    if (!data.startsWith('{"typing"')) return this.say('received', number, 0, 0, data);
    clearTimeout(this.writing);
    this.writing = setTimeout(() => this.say('typing'), 6000);
    this.say('typing', 0, 0, 0, data);
  }

  /** Signals to the team that the visitor is typing, once in three seconds until a message is sent. */
  type() {
    const now = Date.now();
    if (now - (this.typed || 0) < 3000) return;
    this.typed = now;
    this.send('{"typing":true}');
  }

  send(text) {
    try {
      this.socket.send(text);
    } catch {
      // Closing already, which is reported anyway.
    }
  }

  /** Closes the socket; `gently` not before it is open, since that would be a warning in the page's console. */
  disconnect(gently) {
    const { socket } = this;
    if (!socket) return;
    this.socket = socket.onmessage = socket.onclose = null;
    socket.onopen = () => socket.close();
    if (!gently || socket.readyState) socket.close();
  }

  /** Schedules a `tick`, replacing an earlier one; a negative delay cancels it. */
  wake(delay) {
    clearTimeout(this.timer);
    // Longer delays overflow and fire at once.
    if (delay >= 0) this.timer = setTimeout(() => this.say('tick'), Math.min(delay, 1e9));
  }

  close() {
    this.ending.abort();
    this.disconnect(true);
    this.wake(-1);
  }
}
