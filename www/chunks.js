// Fetches the chunks of a module that a page needs. The build puts the name of the module in, appends which chunks each
// page needs, and puts this beside the script that binds the module.
import { initSync } from "./__NAME__.js";

/** Chunks by their names, once they were asked for. */
const chunks = new Map();

/** Fetches a chunk and puts it into the module; one that failed is fetched again when it is asked for again. */
const fetched = (name, main) => {
  let chunk = chunks.get(name);
  if (!chunk) {
    const file = fetch(new URL(`./__NAME__.${name}.wasm`, import.meta.url));
    chunk = WebAssembly.instantiateStreaming(file, { __wasm_split: main });
    chunk.catch(() => chunks.delete(name));
    chunks.set(name, chunk);
  }
  return chunk;
};

/** What the module calls to have chunks fetched: it is called back with `true` when all of them are there. */
const fetching = (names) => (callback, data) => {
  // The module is there already, so this only says what it exports.
  const main = initSync();
  const end = (isThere) => main.__indirect_function_table.get(callback)(data, isThere);
  Promise.all(names.map((name) => fetched(name, main))).then(
    () => end(true),
    () => end(false),
  );
};
