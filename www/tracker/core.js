// The module that decides (`crates/browser/tracker`), and how numbers and texts cross to it. It takes the place of
// what wasm-bindgen writes, which is three times as long because it serves every module; the way in which texts
// are handed over is that of the version which Cargo.toml pins.

import { chunk } from './chunk.js';
import { encoder } from './members.js';

const decoder = new TextDecoder();
/** What the module exports. */
let module;
/** The last text that it answered. */
let answer;

// The memory may have grown, so it is asked for anew each time.
const bytes = (at, length) => new Uint8Array(module.memory.buffer, at, length);

const answered = (at, length) => {
  answer = decoder.decode(bytes(at, length));
};

/** The imports of the module, whose names end in a hash. */
const importsFor = (ask) => ({
  './tracker_bg.js': new Proxy({}, { get: (_, name) => (name.includes('_ask_') ? ask : answered) }),
});

/**
 * Makes the compiled module ready, or its twin in plain script where there is none. Whether the page refuses
 * WebAssembly. `ask(action, first, second)` is the module's one call.
 */
export const load = async (compiled, ask) => {
  try {
    module = new WebAssembly.Instance(compiled, importsFor(ask)).exports;
  } catch {
    const twin = await chunk('./engine.js');
    module = twin.create(importsFor(ask));
    // What did not come is tried again, and has the same name in all browsers.
    return compiled?.message && compiled.name != 'TypeError';
  }
};

/** Tells the module what happened (`lib.rs`); whether it is to be told again when consent is given. */
export const tell = (event) => module.tell(...event);

/** What an action is about: lines in, lines out (`learn.rs`). */
export const learn = (lines) => {
  const text = encoder.encode(lines.join('\n'));
  const at = module.__wbindgen_malloc(text.length, 1);
  bytes(at, text.length).set(text);
  module.learn(at, text.length);
  return answer.split('\n');
};
