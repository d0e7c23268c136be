// Browser functions of the booking: time zones, dates in words, requests, events of the page. No exception reaches the
// page.
import { write as writeIn } from './browser.js';

/** Request timeout in milliseconds. */
const TIMEOUT = 15000;
/** Milliseconds between two reports that the visitor is active. */
const ACTIVE_INTERVAL = 60000;

/** The style sheet of the booking, set by the bundle. */
export const looks = { css: '' };

const attempt = (make, fallback) => {
  try {
    return make() ?? fallback;
  } catch {
    return fallback;
  }
};

/** The visitor's time zone. */
export const zone = () => attempt(() => Intl.DateTimeFormat().resolvedOptions().timeZone, 'UTC');

/** All time zones, one per line. */
export const zones = () => attempt(() => Intl.supportedValuesOf('timeZone'), []).join('\n');

/** The time zone of a typed text, such as `europe/berlin` or `berlin`; empty if there is none. */
export const zoneNamed = (text) =>
  attempt(() => {
    const typed = text.trim().replace(/ /g, '_').toLowerCase();
    const all = zones().split('\n');
    const cities = all.filter((name) => name.toLowerCase().endsWith('/' + typed));
    const known = all.find((name) => name.toLowerCase() == typed) ?? (cities.length == 1 && cities[0]);
    if (known) return known;
    // Browsers accept more names than they list.
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

/** A clock time, read as UTC, in words. */
export const write = (code, kind, clock) => writeIn(code, { ...KINDS[kind], timeZone: 'UTC' }, clock);

/** The first weekday for this reader: 0 for Monday. */
export const firstWeekday = (code) =>
  attempt(() => {
    const tag = (navigator.languages || []).find((language) => language.split('-')[0] == code) || code;
    const locale = new Intl.Locale(tag).maximize();
    const week = locale.getWeekInfo?.() ?? locale.weekInfo;
    if (week) return (week.firstDay + 6) % 7;
    return /^(US|CA|MX|BR|CO|PE|VE|IN|JP|KR|IL|ZA|PH|TW|HK)$/.test(locale.region) ? 6 : 0;
  }, 0);

/** Sends a request; returns `CODE BODY` of the response, with code 0 if there was none. */
export const ask = async (url, token, key, body) => {
  const waiting = new AbortController();
  const timeout = setTimeout(() => waiting.abort(), TIMEOUT);
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
    clearTimeout(timeout);
  }
};

/** Sends a beacon, which outlives the page. */
export const beacon = (url, text) => attempt(() => navigator.sendBeacon(url, text), false);

/**
 * Calls `report` with `leave` at the end of the page, `back` when the visitor goes back a page, and `active` at most once
 * a minute while they act in an element. Returns a function that ends this.
 */
export const watch = (element, report) => {
  const ending = new AbortController();
  const { signal } = ending;
  let reportedAt = Date.now();
  const act = () => {
    if (Date.now() - reportedAt < ACTIVE_INTERVAL) return;
    reportedAt = Date.now();
    report('active');
  };
  for (const kind of ['pointerdown', 'keydown']) element.addEventListener(kind, act, { signal });
  addEventListener('pagehide', () => report('leave'), { signal });
  addEventListener('popstate', () => report('back'), { signal });
  return () => ending.abort();
};

/** Adds an entry to the history, so that the back button closes a step of the booking. */
export const push = () => attempt(() => history.pushState({ knock: 1 }, ''), 0);

/** Calls `report` with `tick` each second; returns a function that ends this. */
export const tick = (report) => {
  const ticking = setInterval(() => report('tick'), 1000);
  return () => clearInterval(ticking);
};

/** Adds the style sheet to the tree of an element, once. */
export const dress = (element) =>
  attempt(() => {
    const root = element.getRootNode();
    if (!looks.css || root.knockBooking) return;
    root.knockBooking = true;
    // The launcher's, which knows the scheme of the look.
    if (root.knockAdopt) return root.knockAdopt(looks.css);
    // In a shadow root sizes follow the reader's settings, not the page's root font size.
    const rem = root.host ? parseFloat(getComputedStyle(root.host).fontSize) || 16 : 0;
    const css = rem ? looks.css.replace(/([\d.]+)rem\b/g, (_, size) => size * rem + 'px') : looks.css;
    if (!root.adoptedStyleSheets) return root.prepend(Object.assign(document.createElement('style'), { textContent: css }));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  });

/** Focuses the element that matches a selector, once it is drawn. */
export const focus = (element, selector) =>
  requestAnimationFrame(() => attempt(() => element.querySelector(selector)?.focus({ preventScroll: false })));
