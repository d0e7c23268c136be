// The chat in a frame of a page of its site, for pages that do not permit WebAssembly. The launcher of that page
// (`framed.js`) sends what the page knows, then calls; this page obeys pages of its site alone.
//
// Messages are arrays of a name and its arguments, which do not change between versions: after an update one side is newer.
//
//   from the page  a first one, with a port: `{ lang, dir, look, tokens, stored }`; then on the port
//                  `['call', name, ...]`  a call of the chat, such as `open`
//                  `['stored', area, key, text]`  what the page stores under a key, or null; for the `tab` or `local`
//   to the page    `'knock:frame'` once it can be sent the first one; then on the port
//                  `['ready']`, `['failed']`, `['said', ...]` as the listener of the chat hears it, and
//                  `['stored', area, key, text]` what is to be stored there
import load, { Widget } from "./widget.js";

// This file is `HOST/t/VERSION/frame.js`.
const host = new URL("../..", import.meta.url).href.replace(/\/$/, "");
const root = document.querySelector("main[data-site]");
const { site, pages } = root.dataset;
const origins = [location.origin, ...pages.split(" ")];
/** Fills the frame, whose border and shadow are those of the page's element. */
const FILLED = `.panel-corner{inset:0;inline-size:100%;max-inline-size:none;block-size:100%;max-block-size:none;border:0;
border-radius:0;box-shadow:none;animation:none}`;

/** Whether pages of an origin are of the site; a pattern ends with `:*`, for any port. */
const isListed = (origin) =>
  origins.some((one) => one && (one.endsWith(":*") ? origin.startsWith(one.slice(0, -1)) : one === origin));

/** What the page stores, in place of the storage of this origin, which browsers refuse or keep apart for each page. */
class Mirror {
  #tell;

  /** In place of the storage with a name. */
  constructor(stored, name, tell) {
    Object.assign(this, stored);
    this.#tell = tell;
    Object.defineProperty(window, name, { value: this, configurable: true });
  }

  getItem(key) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }

  setItem(key, text) {
    this[key] = String(text);
    this.#tell(key, this[key]);
  }

  removeItem(key) {
    if (!Object.hasOwn(this, key)) return;
    delete this[key];
    this.#tell(key, null);
  }

  /** What was stored by the page, or by another one. */
  follow(key, text) {
    if (text === null) delete this[key];
    else this[key] = text;
    dispatchEvent(new StorageEvent("storage", { key, newValue: text }));
  }
}

const dress = ({ lang, dir, tokens }) => {
  const { documentElement } = document;
  Object.assign(documentElement, { lang, dir });
  for (const [name, value] of Object.entries(tokens)) documentElement.style.setProperty(name, value);
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(FILLED);
    document.adoptedStyleSheets = [sheet];
  } catch {
    // Browsers without constructable style sheets: narrow frames are filled by the panel's own style.
  }
};

const serve = async (first, port) => {
  const tell = (...message) => port.postMessage(message);
  const mirrorOf = (area, name) => new Mirror(first.stored[area], name, (...stored) => tell("stored", area, ...stored));
  const mirrors = { local: mirrorOf("local", "localStorage"), tab: mirrorOf("tab", "sessionStorage") };
  dress(first);
  try {
    await load({ module_or_path: new URL("./widget.wasm", import.meta.url) });
    const widget = Widget.onSite(root, host, site, first.lang, (...said) => tell("said", ...said), first.look);
    port.onmessage = ({ data: [kind, name, ...rest] }) => {
      if (kind === "stored") mirrors[name]?.follow(...rest);
      // A newer page may call what this version does not have; a panel that has nothing to show is closed again.
      if (kind === "call" && widget[name]?.(...rest) === false) tell("said", "close");
    };
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) tell("said", "close");
    });
    tell("ready");
  } catch (error) {
    tell("failed");
    throw error;
  }
};

let isServed = false;
addEventListener("message", ({ data, origin, source, ports: [port] }) => {
  if (isServed || source !== parent || !port || !isListed(origin)) return;
  isServed = true;
  serve(data, port);
});

// It says nothing: the answer is taken from pages of the site alone.
if (parent !== window) parent.postMessage("knock:frame", "*");
