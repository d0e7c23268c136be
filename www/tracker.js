// The script side of the tracker. What wasm-bindgen would write to start a module covers many ways to get
// one; here the loader has fetched it already.
import * as bound from './tracker_bg.js';

export { start } from './tracker_bg.js';

/** Makes the module of a response ready for `start`. */
export default async (response) => {
  const module = await WebAssembly.instantiate(await response.arrayBuffer(), { './tracker_bg.js': bound });
  bound.__wbg_set_wasm(module.instance.exports);
  module.instance.exports.__wbindgen_start();
};
