// Binding of the WebAssembly module (`crates/browser/tracker`). It replaces the generated binding of wasm-bindgen, which
// is three times as large; texts are passed as in the version that Cargo.toml pins.

import { importChunk } from './lazy.js';
import { encoder } from './json_props.js';

const decoder = new TextDecoder();
/** The exports of the module. */
let module;
/** The last text that the module returned. */
let returned;

// A new view each time: the memory may have grown.
const bytes = (at, length) => new Uint8Array(module.memory.buffer, at, length);

const returnText = (at, length) => {
  returned = decoder.decode(bytes(at, length));
};

/** The imports of the module, whose names end in a hash. */
const importsFor = (hostCall) => ({
  './tracker_bg.js': new Proxy({}, { get: (_, name) => (name.includes('_ask_') ? hostCall : returnText) }),
});

/**
 * Instantiates the compiled module, or the JavaScript fallback where there is none. Returns whether the page refuses
 * WebAssembly. `hostCall(action, first, second)` is the module's only import for calls.
 */
export const load = async (compiled, hostCall) => {
  try {
    module = new WebAssembly.Instance(compiled, importsFor(hostCall)).exports;
  } catch {
    const fallback = await importChunk('./engine.js');
    module = fallback.create(importsFor(hostCall));
    // A failed download is retried on the next page; it is a `TypeError` in all browsers.
    return compiled?.message && compiled.name != 'TypeError';
  }
};

/** Passes an event to the module (`lib.rs`); whether it must be replayed once consent is given. */
export const handleEvent = (event) => module.on_event(...event);

/** Classifies an action: lines in, lines out (`classify.rs`). */
export const classify = (lines) => {
  const text = encoder.encode(lines.join('\n'));
  const at = module.__wbindgen_malloc(text.length, 1);
  bytes(at, text.length).set(text);
  module.classify(at, text.length);
  return returned.split('\n');
};
