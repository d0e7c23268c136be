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

/** The offset that a browser or a visitor names in place of a zone: `+03:00`, `GMT+0300`, `UTC-7`. */
const OFFSET = /^(?:utc|gmt)?([+-])(\d{1,2})(?::?(\d{2}))?$/i;

/** The zone of an offset in whole hours, whose names have the opposite sign. */
const zoneOfOffset = (text) => {
  const [, sign, hours, minutes = '00'] = text.match(OFFSET) ?? [];
  if (!sign || minutes != '00' || hours > 14 || (sign == '-' && hours > 12)) return '';
  return +hours ? 'Etc/GMT' + (sign == '+' ? '-' : '+') + +hours : 'UTC';
};

/** The time zone that the browser names; empty for an unusual name such as an offset. */
const named = attempt(() => {
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return isZone(name) ? name : '';
}, '');

function isZone(name) {
  return Boolean(name) && !OFFSET.test(name) && attempt(() => Boolean(new Intl.DateTimeFormat('en', { timeZone: name })), false);
}

/** The visitor's time zone; that of its offset, or UTC, if the browser names none. */
export const zone = () =>
  named || attempt(() => zoneOfOffset(Intl.DateTimeFormat().resolvedOptions().timeZone.replace(/\s/g, '')), '') || 'UTC';

/** Whether the browser names the visitor's time zone. */
export const hasZone = () => Boolean(named);

/** Cities and abbreviations by the zone whose clocks they have, where no zone is named after them. */
const PLACES = `Europe/Berlin:Munich,München,Hamburg,Cologne,Köln,Frankfurt,Stuttgart,Düsseldorf,Leipzig,Germany,CET,CEST,MEZ,MESZ
Europe/Zurich:Zürich,Geneva,Genève,Genf,Basel,Bern
Europe/Vienna:Wien,Vienne,Viena,Graz,Salzburg
Europe/Paris:Lyon,Marseille,Toulouse,Bordeaux,Lille,Nantes,Nice,France
Europe/Madrid:Barcelona,Valencia,Sevilla,Seville,Bilbao,Spain,España
Europe/London:Manchester,Birmingham,Edinburgh,Glasgow,Leeds,Bristol,BST,UK
Europe/Rome:Roma,Milan,Milano,Naples,Turin,Florence
Europe/Lisbon:Lisboa,Porto,WET
Europe/Amsterdam:Rotterdam,The Hague,Utrecht,Eindhoven
Europe/Brussels:Bruxelles,Brüssel,Antwerp
Europe/Warsaw:Krakow,Kraków,Wroclaw,Gdansk
Europe/Athens:EET,EEST
Europe/Kyiv:Kiev
Europe/Moscow:MSK,Saint Petersburg
Europe/Istanbul:Ankara,Izmir
America/New_York:Boston,Washington,Philadelphia,Miami,Atlanta,Charlotte,Orlando,Pittsburgh,EST,EDT,ET
America/Chicago:Dallas,Houston,Austin,San Antonio,Minneapolis,New Orleans,St. Louis,CST,CDT,CT
America/Denver:Salt Lake City,Albuquerque,MST,MDT,MT
America/Phoenix:Tucson
America/Los_Angeles:San Francisco,San Diego,San Jose,Seattle,Portland,Las Vegas,Palo Alto,PST,PDT,PT
America/Toronto:Ottawa,Montreal,Montréal,Quebec
America/Edmonton:Calgary
America/Mexico_City:Guadalajara
America/Sao_Paulo:Rio de Janeiro,Brasilia
America/Bogota:Medellín
America/Argentina/Buenos_Aires:Buenos Aires
Asia/Kolkata:Mumbai,Delhi,New Delhi,Bangalore,Bengaluru,Chennai,Hyderabad,Pune,IST
Asia/Shanghai:Beijing,Shenzhen,Guangzhou
Asia/Tokyo:Osaka,Kyoto,JST
Asia/Dubai:Abu Dhabi
Asia/Ho_Chi_Minh:Hanoi
Asia/Jerusalem:Tel Aviv
Asia/Riyadh:Jeddah
Asia/Karachi:Islamabad,Lahore
Australia/Sydney:Canberra,AEST,AEDT
Australia/Perth:AWST
Africa/Johannesburg:Cape Town,Durban,Pretoria
Pacific/Auckland:Wellington,Christchurch,NZST,NZDT
UTC:UTC,GMT`;

/** A name as it is compared: without marks, spaces and case. */
const plain = (text) =>
  text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9/+-]/gi, '').toLowerCase();

const places = () =>
  PLACES.split('\n').flatMap((line) => {
    const [name, all] = line.split(':');
    return all.split(',').map((place) => [place, name]);
  });

const supported = () => attempt(() => Intl.supportedValuesOf('timeZone'), []);

/** All time zones, and the cities that have none of their own, one per line. */
export const zones = () =>
  [...supported(), ...places().flatMap(([place]) => (/^[A-Z]+$/.test(place) ? [] : place))].join('\n');

/** The time zone of a typed text, such as `europe/berlin`, `berlin`, `Munich` or `EST`; empty if there is none. */
export const zoneNamed = (text) =>
  attempt(() => {
    const [typed, all] = [plain(text), supported()];
    if (!typed) return '';
    const own = all.filter((name) => plain(name) == typed);
    const cities = all.filter((name) => plain(name.slice(name.lastIndexOf('/') + 1)) == typed);
    const place = places().find(([place]) => plain(place) == typed);
    const known = own[0] ?? (cities.length == 1 ? cities[0] : place?.[1]);
    if (known) return known;
    const exact = zoneOfOffset(text.replace(/\s/g, ''));
    if (exact) return exact;
    // Browsers accept more names than they list.
    const other = text.trim().replace(/ /g, '_').toLowerCase();
    if (!other.includes('/')) return '';
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: other }).resolvedOptions();
    return other.startsWith('us/') ? timeZone : other.replace(/(^|[/_])[a-z]/g, (start) => start.toUpperCase());
  }, '');

/** Today in a time zone: `2026-11-23`. */
export const today = (timeZone) =>
  attempt(() => new Date().toLocaleDateString('sv-SE', { timeZone }), new Date().toISOString().slice(0, 10));

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

/** Shows an element in whole, once it is drawn. */
export const reveal = (element, selector) =>
  requestAnimationFrame(() => attempt(() => element.querySelector(selector)?.scrollIntoView({ block: 'nearest' })));

/** Copies a text; returns whether the browser let it. */
export const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};
