/*
 * The visit of a page: what the team writes to the visitor before they write, and what a workflow says. Part of the
 * launcher.
 *
 *   const visit = follow({ host, site, signal, changed });
 *
 *   changed()         is called when `visit.offered` or `visit.nudge` has changed
 *   visit.offered     the invitation that can be shown: `{ id, name, title, picture, text, at }`, or none
 *   visit.nudge       the nudge of a workflow that can be shown: `{ id, text, buttons, at }` (`nudge.js`), or none
 *   visit.shown()     reports that the page shows it, once
 *   visit.end(isClosed)  it is not shown any more, on no page of this browser; reports it if the visitor closed it
 *   visit.note(path, what)  reports what the page did
 *   visit.forget(id)  an invitation or a nudge is not shown any more, on no page of this browser
 *   visit.reset()     the page has signed its visitor out
 *
 * An event stream, open while the page can be seen and its tracker reports it: never before consent, and not where the
 * browser refuses to be tracked. The tracker's events and its stored session say so. Nothing is thrown into the page.
 */
import { whenIdle } from './idle.js';
import { keep, recall, remember } from './storage.js';

/** The instant from which the page is there, by the clock of the tracker; a second for the rounding of both. */
const SINCE = Date.now() - performance.now() - 1000;
/** The wait before the stream is opened again, in milliseconds: doubled by each failure, up to the longest. */
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 3e5;
/** The failures in a row, for reasons that stay unknown, after which a page asks no more. */
const UNKNOWN = 5;
/** The milliseconds in which a stream that was opened again repeats what is still offered. */
const REPEATED = 3000;

/** The visitor of this page's signals; empty while there are none. */
const trackedVisitor = () => {
  const [, at, number] = recall('knock_s').split(' ');
  return number > 0 && at >= SINCE ? recall('knock_v') : '';
};

/** The address of the page without query and fragment; empty if it may name a person. */
const pageAddress = () => {
  const { origin, pathname } = location;
  return /@|%40/.test(pathname) ? '' : (origin + pathname).slice(0, 2000);
};

export const follow = ({ host, site, signal, changed }) => {
  const key = `knock_i:site:${site}:`;
  let source;
  let timer;
  let check;
  let visitor = '';
  let failures = 0;
  let hasOpened;
  /** The server has no place for this page, or does not list it. */
  let isRefused;
  /** What can be shown: an `invitation`, a `nudge`. */
  const offers = {};
  /** The invitation that was reported as shown. */
  let reported;

  const offer = (kind, what) => {
    offers[kind] = what;
    changed();
  };

  const drop = (isOver) => {
    for (const kind in offers) offers[kind] && isOver(offers[kind].id) && offer(kind);
  };

  const forget = (id) => {
    remember(key, id);
    drop((known) => known == id);
  };

  const close = () => {
    [timer, check].forEach(clearTimeout);
    source?.close();
    source = timer = undefined;
  };

  const note = (path, what) => {
    // They may have taken their consent back.
    if (trackedVisitor() != visitor) return;
    // Text without preflight, as signals are; it outlives the page.
    const body = JSON.stringify({ site, visitor, url: pageAddress(), ...what });
    try {
      fetch(`${host}/v1/visits/${path}`, { method: 'POST', body, keepalive: true, credentials: 'omit' }).catch(() => {});
    } catch {
      // A `fetch` that the page has replaced.
    }
  };

  const address = () => `${host}/v1/visits/events?${new URLSearchParams({ site, visitor })}`;

  const failed = () => {
    // Closed by the browser: the response was none of a stream.
    const isUnheard = source.readyState == 2 && !hasOpened;
    close();
    const wait = Math.min(FIRST_WAIT * 2 ** failures++, LONGEST_WAIT);
    timer = setTimeout(look, wait * (0.5 + Math.random() / 2));
    if (isUnheard) learn();
  };

  /** Learns from the status, which the stream does not say, whether to ask again: not where there is no place or no right. */
  const learn = async () => {
    let status = 0;
    try {
      ({ status } = await fetch(address(), { method: 'HEAD', credentials: 'omit' }));
    } catch {
      // No network, a proxy, or a page that is not listed.
    }
    isRefused = status ? status < 500 && status != 200 && status != 429 : failures > UNKNOWN;
    if (isRefused) close();
  };

  const open = () => {
    source = new EventSource(address());
    const repeated = [];
    source.onopen = () => {
      hasOpened = true;
      failures = 0;
      // It may have been withdrawn while there was no stream.
      check = setTimeout(() => drop((id) => !repeated.includes(id)), REPEATED);
    };
    source.onerror = failed;
    const on = (kind, take) =>
      source.addEventListener(kind, ({ data }) => {
        try {
          take(JSON.parse(data));
        } catch {
          // Of a newer server.
        }
      });
    for (const kind of ['invitation', 'nudge']) {
      on(kind, (what) => {
        repeated.push(what.id);
        recall(key).includes(what.id) || offer(kind, what);
      });
    }
    on('withdrawn', ({ id }) => drop((known) => known == id));
  };

  /** Opens or closes the stream by what holds now. A signal that was sent does not shorten the wait after a failure. */
  const look = (event) => {
    if (event?.type != 'knock:sent') timer = clearTimeout(timer);
    if (signal.aborted || isRefused) return;
    const now = trackedVisitor();
    if (now != visitor) {
      close();
      visitor = now;
      drop(() => true);
    }
    if (document.hidden || !visitor) return close();
    try {
      source ?? timer ?? open();
    } catch {
      // An `EventSource` that the page has replaced, or none.
      isRefused = true;
    }
  };

  const begin = () => {
    document.addEventListener('visibilitychange', look, { signal });
    // An open stream would keep the page out of the back/forward cache.
    addEventListener('pagehide', close, { signal });
    addEventListener('pageshow', look, { signal });
    // The first signal of the page, or the first since consent.
    document.addEventListener('knock:sent', look, { signal });
    look();
  };
  const loaded = () => whenIdle(() => signal.aborted || begin());
  document.readyState == 'complete' ? loaded() : addEventListener('load', loaded, { signal, once: true });
  signal.addEventListener('abort', close);

  return {
    get offered() {
      return offers.invitation;
    },
    get nudge() {
      return offers.nudge;
    },
    note,
    forget,
    shown() {
      const id = offers.invitation?.id;
      if (!id || reported == id) return;
      reported = id;
      note('invitations/' + id, { is_closed: false });
    },
    end(isClosed) {
      const id = offers.invitation?.id;
      if (isClosed && id) note('invitations/' + id, { is_closed: true });
      id && forget(id);
    },
    reset() {
      close();
      visitor = '';
      keep(key, '');
      drop(() => true);
    },
  };
};
