// The page as the tracker sees it: what happens is told in messages, what is to be done are methods.
// Nothing thrown in here reaches the page. All that is decided is decided in Rust; this side only reads
// and obeys, in few wide calls: script is a third of the size of the same reading in WebAssembly.
//
// A message is lines: kind, instant (ms), address, visible (1 or 0), title, then what the kind has.

const ACTIONS = ['click', 'submit', 'input', 'change'];
const IGNORED = '[data-knock-ignore]';
const HIDDEN = IGNORED + ',[data-knock-mask]';
const CTA = 'data-knock-cta';
const PRESSABLE =
  'a[href],area[href],button,summary,[role=button],[role=link],input:is([type=button],[type=submit],[type=reset],[type=image])';

/** A text in one line; nothing else is a text (`document.title` may be an element of that name). */
const line = (text) => (typeof text == 'string' ? text.slice(0, 4000).replace(/\s+/g, ' ').trim() : '');

/** Calls a method of elements, whatever a form's fields are named (`<input name="matches">`). */
const on = (element, method, argument) => {
  try {
    return Element.prototype[method].call(element, argument);
  } catch {
    // Windows, documents and shadow roots are on the path of an event too.
  }
};
const attribute = (element, name) => line(on(element, 'getAttribute', name));
const firstText = (texts) => texts.map(line).find(Boolean) || '';

/** What a button says: its text as written (`innerText` would lay the page out), else what stands in for it. */
const labelOf = (element) =>
  firstText([
    on(element, 'matches', 'input') && element.value,
    element.textContent,
    attribute(element, 'aria-label'),
    attribute(element, 'title'),
    attribute(element, 'alt'),
    attribute(on(element, 'querySelector', '[alt]'), 'alt'),
  ]);

const formName = (form) =>
  firstText(['data-knock-form', 'name', 'id', 'aria-label'].map((name) => attribute(form, name)));

/** A field as type, name, autocomplete and value; the value only where it may say who the visitor is. */
const fieldOf = (field, isIdentifying) =>
  [
    field.type,
    field.name || field.id,
    field.autocomplete,
    isIdentifying && /^(text|email)$/.test(field.type) && !on(field, 'closest', HIDDEN) && field.value,
  ]
    .map(line)
    .join('\t');

/** Properties of an object as JSON members, each on its own: a circular one spoils no other. */
const membersOf = (object) => {
  const members = [];
  try {
    for (const name of Object.keys(object).slice(0, 100)) {
      try {
        const value = object[name];
        const json = JSON.stringify(typeof value == 'bigint' ? '' + value : value);
        json && members.push(JSON.stringify(name) + ':' + json);
      } catch {
        // Left out.
      }
    }
  } catch {
    // Not an object.
  }
  return members;
};

class Page {
  /** `handle(message)` is called with one message after the other, never inside another. */
  constructor(config, handle, url) {
    this.url = url;
    this.config = config;
    this.handle = handle;
    this.inbox = [];
    this.timers = {};
    this.forms = new WeakMap();
    this.count = 0;
    this.listeners = [];
    this.memory = {};
  }

  /** Tells what the loader has kept, then whatever happens. */
  begin() {
    const { script, queue, events, time, url } = this.config;
    const calls = queue.splice(0);
    const consents = calls.filter((call) => call?.[0] == 'consent');
    // The last word on consent comes first: nothing may be stored or sent that it forbids.
    const consent = consents.length ? consents.pop()[1] : '';
    const settings = ['site', 'base', 'consent', 'identify'].map((name) => attribute(script, 'data-' + name));
    this.isIdentifying = settings[3] != 'off';
    this.tell('start', time, url, ...settings, line(consent), line(document.referrer), location.href);
    events.forEach((event) => this.happen(event));
    calls.forEach((call) => call?.[0] != 'consent' && this.obey(call));
    queue.push = (call) => this.obey(call);
  }

  tell(kind, at = Date.now(), url = location.href, ...facts) {
    const isVisible = document.visibilityState != 'hidden' && !document.prerendering;
    this.inbox.push([kind, at, line(url), +isVisible, line(document.title), ...facts].join('\n'));
    if (this.isBusy) return;
    this.isBusy = true;
    while (this.inbox.length) {
      try {
        this.handle(this.inbox.shift());
      } catch {
        this.fail();
      }
    }
    this.isBusy = false;
  }

  fail() {
    const { queue } = this.config;
    queue.errors = -~queue.errors;
  }

  /** A call of `knock`. */
  obey(call) {
    try {
      const [command, word, props] = call;
      if (command == 'on') {
        if (word == 'intent' && typeof props == 'function') {
          this.listeners.push(props);
          this.known && this.inform(props);
        }
      } else if (/^(identify|track|page|consent|reset)$/.test(command)) {
        this.tell(command, undefined, undefined, line(word), ...membersOf(command == 'track' ? props : word));
      }
    } catch {
      // Not a call of ours.
    }
  }

  /** An action of the visitor, live or kept by the loader. */
  happen(event) {
    try {
      const { type, time, url } = event;
      const path = event.path || event.composedPath();
      const some = (selector) => path.find((element) => on(element, 'matches', selector));
      if (some(IGNORED)) return;
      if (type == 'click') {
        const cta = some(`[${CTA}]`);
        const pressable = some(PRESSABLE);
        const target = pressable || cta;
        if (!target || on(target, 'matches', ':disabled')) return;
        const isMasked = some(HIDDEN) || on(target, 'querySelector', HIDDEN);
        const name = cta ? '+' + attribute(cta, CTA) : '';
        this.tell(type, time, url, isMasked ? 1 : 0, name, line(pressable?.href), labelOf(target));
      } else if (type == 'submit') {
        const fields = Array.from(Reflect.get(HTMLFormElement.prototype, 'elements', path[0])).slice(0, 100);
        const open = fields.filter((field) => !on(field, 'closest', IGNORED));
        const isIdentifying = this.isIdentifying && !some(HIDDEN);
        this.tell(type, time, url, formName(path[0]), ...open.map((field) => fieldOf(field, isIdentifying)));
      } else {
        const form = path[0].form;
        if (!form) return;
        this.forms.get(form) || this.forms.set(form, ++this.count);
        this.tell('input', time, url, this.forms.get(form), formName(form));
      }
    } catch {
      this.fail();
    }
  }

  /** Listens to the page, or stops. */
  watch(isOn) {
    this.watching?.abort();
    if (!isOn) return;
    this.watching = new AbortController();
    const { signal } = this.watching;
    const listen = (target, kinds, listener) =>
      kinds.forEach((kind) => target.addEventListener(kind, listener, { capture: true, passive: true, signal }));
    listen(document, ACTIONS, (event) => this.happen(event));
    listen(document, ['visibilitychange'], () => this.tell('visibility'));
    listen(window, ['popstate', 'pagehide', 'online'], (event) => this.tell(event.type));
    listen(window, ['pageshow'], (event) => event.persisted && this.tell('restored'));
    ['pushState', 'replaceState'].forEach((name) => this.patch(name, signal));
  }

  /** Navigation by script tells nobody by itself. What the page's call throws, the page gets. */
  patch(name, signal) {
    const original = history[name];
    const patched = (history[name] = function () {
      const result = original.apply(this, arguments);
      // One that another script builds upon stays in place, and is silent.
      signal.aborted || page.tell(name);
      return result;
    });
    signal.addEventListener('abort', () => history[name] == patched && (history[name] = original));
  }

  /** Sends a message of this kind after a while; a later call replaces an earlier one. */
  wake(kind, delay) {
    clearTimeout(this.timers[kind]);
    this.timers[kind] = setTimeout(() => this.tell(kind), delay);
  }

  request(body) {
    const signal = window.AbortSignal?.timeout?.(30000);
    const options = { method: 'POST', body, keepalive: true, credentials: 'omit', signal };
    return fetch(this.url, options);
  }

  /** Posts a batch; the answer is told as `reply` with status code and `Retry-After`, 0 for none. */
  post(body) {
    const answered = (status, after) => this.tell('reply', undefined, undefined, status, line(after));
    try {
      if (!navigator.onLine) throw 0;
      this.request(body).then(
        (response) => answered(response.status, response.headers.get('retry-after')),
        () => answered(0),
      );
    } catch {
      answered(0);
    }
  }

  /** Hands a batch to the browser to send even after the page has gone. */
  hand(body) {
    try {
      navigator.sendBeacon(this.url, body) || this.request(body).catch(() => {});
      return 1;
    } catch {
      // Not taken.
    }
  }

  /** Tells the page's listeners what the visitor seems to want. */
  intent(category, type) {
    this.known = { category, type };
    this.listeners.forEach((listener) => this.inform(listener));
  }

  inform(listener) {
    try {
      listener({ ...this.known });
    } catch {
      // Theirs, and it ends here.
    }
  }

  random() {
    return crypto.getRandomValues(new Uint32Array(1))[0];
  }

  // What the browser keeps for the site, with memory in its place wherever that fails.

  get(key) {
    try {
      return this.memory[key] ?? localStorage.getItem(key);
    } catch {
      // Blocked.
    }
  }

  set(key, text) {
    this.remove(key);
    try {
      localStorage.setItem(key, text);
    } catch {
      // Full or blocked.
      this.memory[key] = text;
    }
  }

  remove(key) {
    delete this.memory[key];
    try {
      localStorage.removeItem(key);
    } catch {
      // Then nothing is kept either.
    }
  }

  /** The stored keys that begin with this, one per line. */
  keys(prefix) {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(prefix))
        .join('\n');
    } catch {
      // Blocked.
    }
  }
}

/** The page that is told about; there is one tracker on a page. */
let page;

export const open = (config, handle, path) => (page = new Page(config, handle, config.host + path));

/** The one call of Rust: an action by its name, with texts in and out; nothing is an empty text. */
export const ask = (action, first, second) => '' + (page[action](first, second) ?? '');
