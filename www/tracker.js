// The script side of the tracker's module: only texts cross, into one function each way. It takes the place of
// what wasm-bindgen writes, which is three times as long because it serves every module; the way in which texts
// are handed over is that of the version which Cargo.toml pins.
import { ask, open } from '../crates/browser/dom/js/page.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** What the module exports. */
let wasm;

// The memory may have grown, so it is asked for anew each time.
const read = (at, length) => decoder.decode(new Uint8Array(wasm.memory.buffer, at, length));

/** Leaves a text to the module, which frees it: where it is and how long. */
const write = (text) => {
  const bytes = encoder.encode(text);
  const at = wasm.__wbindgen_malloc(bytes.length, 1);
  new Uint8Array(wasm.memory.buffer, at, bytes.length).set(bytes);
  return [at, bytes.length];
};

const answer = (result, ...texts) => {
  const [action, first, second] = [0, 2, 4].map((n) => read(texts[n], texts[n + 1]));
  const written = write(ask(action, first, second));
  new Int32Array(wasm.memory.buffer, result, 2).set(written);
};

/** Makes the module of a response ready for `start`. */
export default async (response) => {
  const module = await WebAssembly.compile(await response.arrayBuffer());
  // Their names end in a hash.
  const names = WebAssembly.Module.imports(module).map(({ name }) => name);
  const asks = names.filter((name) => /_ask_/.test(name)).map((name) => [name, answer]);
  wasm = (await WebAssembly.instantiate(module, { './tracker_bg.js': Object.fromEntries(asks) })).exports;
};

/** Starts tracking on this page. */
export const start = (config) => open(config, (message) => wasm.tell(...write(message)), '/v1/signals').begin();
