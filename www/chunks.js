// Loads the chunks of a WebAssembly module. The build inserts the name of the module and its hash, appends the list of
// chunks of each page, and puts this file beside the binding of the module.
import { initSync } from "./__NAME__.js";

/** Requested chunks by name. */
const chunks = new Map();

/** Loads a chunk into the module, once; a failed one is loaded again at the next request. */
const loadChunk = (name, main) => {
  let chunk = chunks.get(name);
  if (!chunk) {
    // The server knows by the hash that it has the chunk of this module, also where an earlier loader named its version.
    const file = fetch(new URL(`./__NAME__.${name}.wasm?of=__HASH__`, import.meta.url));
    chunk = WebAssembly.instantiateStreaming(file, { __wasm_split: main });
    chunk.catch(() => chunks.delete(name));
    chunks.set(name, chunk);
  }
  return chunk;
};

/** The import by which the module loads chunks; calls back with `true` when all of them are loaded. */
const fetching = (names) => (callback, data) => {
  // The module is instantiated already, so this only returns its exports.
  const main = initSync();
  const end = (isThere) => main.__indirect_function_table.get(callback)(data, isThere);
  Promise.all(names.map((name) => loadChunk(name, main))).then(
    () => end(true),
    () => end(false),
  );
};
