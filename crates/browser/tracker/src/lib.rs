//! The tracker: sees what visitors do on a page, categorises it with the server's own code, and
//! delivers it.
//!
//! Contract with the loader (`www/k.js`), which calls `start` of `www/tracker.js` once with an object of:
//! - `script`: the script element; `data-site`, `data-base`, `data-consent`, `data-identify` are read;
//! - `host`: signals go to `host + "/v1/signals"`;
//! - `queue`: the calls of `knock` so far; emptied, and from then on its `push` is ours;
//!   `queue.errors` counts failures of our own, which the page never sees;
//! - `events`: what happened so far, oldest first: `{type, time, url, path}`;
//! - `url`, `time`: the address and the instant at which the loader ran.
//!
//! All that is decided (queue, retries, sessions, page views, masking, JSON) is plain Rust behind
//! [`Host`](host::Host) and tested natively with a host of its own; `knock-dom` is the browser's.
//!
//! What visitors download is built without the standard library (`runtime`). Builds with debug
//! assertions have it, so that lints and tests may share the features of their own dependencies.
#![cfg_attr(all(target_arch = "wasm32", not(debug_assertions), not(test)), no_std)]

extern crate alloc;

mod browser;
mod host;
mod outbox;
mod privacy;
#[cfg(all(target_arch = "wasm32", not(debug_assertions), not(test)))]
mod runtime;
mod tracker;
mod visit;

use wasm_bindgen::prelude::*;

/// Takes a message of the page.
#[wasm_bindgen]
pub fn tell(message: &str) {
    browser::tell(message);
}
