//! The vectors of `tests/vectors`, answered alike by the native build and, in a browser, by that for wasm32.

mod digests;
mod intent;
mod routing;
mod scores;
mod slots;
mod status;
mod workflow;

// One attribute for both harnesses: that of cargo, and that inside the browser.
#[cfg(not(target_arch = "wasm32"))]
use std::prelude::v1::test;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
