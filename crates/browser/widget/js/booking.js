// The browser as a booking sees it: time zones, dates in words, requests, what happens on the page.
// Nothing thrown in here reaches the page.
import { write as writeIn } from './browser.js';

/** Requests that take longer are as good as lost. */
const PATIENCE = 15000;
/** How often the server is told at most that the visitor is still there. */
const PAUSE = 60000;

/** What the build puts in: the style sheet of the booking. */
export const looks = { css: '' };

const attempt = (make, otherwise) => {
  try {
    return make() ?? otherwise;
  } catch {
    return otherwise;
  }
};

/** The visitor's own time zone. */
export const zone = () => attempt(() => Intl.DateTimeFormat().resolvedOptions().timeZone, 'UTC');

/** All time zones, a line each. */
export const zones = () => attempt(() => Intl.supportedValuesOf('timeZone'), []).join('\n');

/** The time zone that somebody typed, such as `europe/berlin` or `berlin`; empty for what is none. */
export const zoneNamed = (text) =>
  attempt(() => {
    const typed = text.trim().replace(/ /g, '_').toLowerCase();
    const all = zones().split('\n');
    const cities = all.filter((name) => name.toLowerCase().endsWith('/' + typed));
    const known = all.find((name) => name.toLowerCase() == typed) ?? (cities.length == 1 && cities[0]);
    if (known) return known;
    // Browsers know other names than those that they list.
    new Intl.DateTimeFormat('en', { timeZone: typed });
    return typed.replace(/(^|[/_])[a-z]/g, (start) => start.toUpperCase());
  }, '');

/** Today in a time zone: `2026-11-23`. */
export const today = (timeZone) => attempt(() => new Date().toLocaleDateString('sv-SE', { timeZone }), '');

const KINDS = {
  time: { hour: 'numeric', minute: '2-digit' },
  date: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  weekday: { weekday: 'short' },
  weekdayLong: { weekday: 'long' },
  number: { day: 'numeric' },
};

/** A clock that is read as that of UTC, in words. */
export const write = (code, kind, clock) => writeIn(code, { ...KINDS[kind], timeZone: 'UTC' }, clock);

/** The weekday that weeks begin with for this reader: 0 for Monday. */
export const firstWeekday = (code) =>
  attempt(() => {
    const tag = (navigator.languages || []).find((language) => language.split('-')[0] == code) || code;
    const locale = new Intl.Locale(tag).maximize();
    const week = locale.getWeekInfo?.() ?? locale.weekInfo;
    if (week) return (week.firstDay + 6) % 7;
    return /^(US|CA|MX|BR|CO|PE|VE|IN|JP|KR|IL|ZA|PH|TW|HK)$/.test(locale.region) ? 6 : 0;
  }, 0);

/** `CODE BODY` of an answer; the code is 0 when there was none. */
export const ask = async (url, token, key, body) => {
  const waiting = new AbortController();
  const patience = setTimeout(() => waiting.abort(), PATIENCE);
  try {
    const headers = { accept: 'application/json, application/problem+json' };
    if (token) headers.authorization = 'Bearer ' + token;
    if (key) headers['idempotency-key'] = key;
    if (body) headers['content-type'] = 'application/json';
    const response = await fetch(url, {
      method: body ? 'POST' : 'GET',
      headers,
      body: body || undefined,
      cache: 'no-store',
      credentials: 'omit',
      signal: waiting.signal,
    });
    return response.status + ' ' + (await response.text());
  } catch {
    return '0 ';
  } finally {
    clearTimeout(patience);
  }
};

/** Sends a text that outlives the page; no answer is waited for. */
export const beacon = (url, text) => attempt(() => navigator.sendBeacon(url, text), false);

/**
 * Tells `leave` when the page goes away, `back` when the visitor goes back a page, `active` at most once a minute
 * while they do something in an element. What is returned ends that.
 */
export const watch = (element, tell) => {
  const ending = new AbortController();
  const { signal } = ending;
  let told = Date.now();
  const act = () => {
    if (Date.now() - told < PAUSE) return;
    told = Date.now();
    tell('active');
  };
  for (const kind of ['pointerdown', 'keydown']) element.addEventListener(kind, act, { signal });
  addEventListener('pagehide', () => tell('leave'), { signal });
  addEventListener('popstate', () => tell('back'), { signal });
  return () => ending.abort();
};

/** Makes a step that the browser's back button leads back from. */
export const push = () => attempt(() => history.pushState({ knock: 1 }, ''), 0);

/** Tells `tick` each second until what is returned is called. */
export const tick = (tell) => {
  const ticking = setInterval(() => tell('tick'), 1000);
  return () => clearInterval(ticking);
};

/** Puts the style sheet into the tree of an element, once. */
export const dress = (element) =>
  attempt(() => {
    const root = element.getRootNode();
    if (!looks.css || root.knockBooking) return;
    root.knockBooking = true;
    // In a shadow root sizes go by what the reader has set, not by the page's.
    const rem = root.host ? parseFloat(getComputedStyle(root.host).fontSize) || 16 : 0;
    const css = rem ? looks.css.replace(/([\d.]+)rem\b/g, (_, size) => size * rem + 'px') : looks.css;
    if (!root.adoptedStyleSheets) return root.prepend(Object.assign(document.createElement('style'), { textContent: css }));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  });

/** Moves the focus to what a selector names in an element, once it is drawn. */
export const focus = (element, selector) =>
  requestAnimationFrame(() => attempt(() => element.querySelector(selector)?.focus({ preventScroll: false })));
