// Keeps a page from the server and from what the browser stores for this origin.

/** A storage that ends with the page. */
class Memory {
  getItem(key) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }

  setItem(key, text) {
    this[key] = String(text);
  }

  removeItem(key) {
    delete this[key];
  }

  key(place) {
    return Object.keys(this)[place] ?? null;
  }

  clear() {
    for (const key of Object.keys(this)) delete this[key];
  }

  get length() {
    return Object.keys(this).length;
  }
}

/** A socket that opens and stays silent. */
class SilentSocket extends EventTarget {
  readyState = 0;

  constructor() {
    super();
    setTimeout(() => {
      if (this.readyState) return;
      this.readyState = 1;
      this.onopen?.(new Event('open'));
      this.dispatchEvent(new Event('open'));
    });
  }

  send() {}

  close() {
    this.readyState = 3;
  }
}

/** A stream that never opens. */
class SilentStream extends EventTarget {
  readyState = 0;

  close() {
    this.readyState = 2;
  }
}

/** A request that ends without a response, as without a network. */
const fail = function () {
  setTimeout(() => this.dispatchEvent(new ProgressEvent('loadend')));
};

/**
 * Replaces the ways out of the page. `respond(path, request)` answers requests to the API with `{ status, body }`, all others
 * go to the server; `forget()` empties the storage.
 */
export const isolate = (respond) => {
  const stored = ['localStorage', 'sessionStorage'].map((name) => {
    const value = new Memory();
    Object.defineProperty(window, name, { value, configurable: true });
    return value;
  });
  const load = window.fetch;
  window.fetch = async (input, options = {}) => {
    const { pathname, search } = new URL(input.url ?? input, location.href);
    if (!pathname.startsWith('/v1/') && !pathname.startsWith('/api/')) return load(input, options);
    const { status, body } = respond(pathname + search, options);
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  };
  window.WebSocket = SilentSocket;
  window.EventSource = SilentStream;
  XMLHttpRequest.prototype.send = fail;
  navigator.sendBeacon = () => true;
  // The chat takes the focus when it opens; here a person may be writing in the form beside it.
  const { focus } = HTMLElement.prototype;
  HTMLElement.prototype.focus = function (options) {
    if (document.hasFocus()) focus.call(this, options);
  };
  return { forget: () => stored.forEach((memory) => memory.clear()) };
};
