//! The tracker's WebAssembly module: decides which actions become signals, classifies them, and schedules delivery.
//!
//! The script in `www/tracker/` reads the page, masks, writes JSON, stores and posts: it handles all texts. This module
//! decides which addresses are page views, when a session ends, what waits for consent, and which signals are batched,
//! retried or dropped; it classifies actions with the server's code (`knock-intent`). The two exchange numbers
//! ([`on_event`], `ask`) and two texts ([`classify`](classify()), `answer`).
//!
//! All decisions are plain Rust behind [`Host`](host::Host), tested natively with a fake host.
//!
//! What visitors download is built without the standard library (`runtime`). Builds with debug
//! assertions have it, so that lints and tests may share the features of their own dependencies.
#![cfg_attr(all(target_arch = "wasm32", not(debug_assertions), not(test)), no_std)]

extern crate alloc;

mod browser;
mod classify;
mod delivery;
mod event;
mod host;
#[cfg(all(target_arch = "wasm32", not(debug_assertions), not(test)))]
mod runtime;
mod session;
mod tracker;

use event::{Event, Kind};
use knock_model::Millis;
use wasm_bindgen::prelude::*;

/// Handles an event; whether the script must hold it until consent is given. [`Kind`] documents the numbers.
#[wasm_bindgen]
pub fn on_event(kind: u32, at: f64, is_visible: bool, number: u32, first: f64, second: f64) -> bool {
    Kind::ALL.get(kind as usize).is_some_and(|kind| {
        let (at, first, second) = (Millis(at as i64), first as i64, second as i64);
        browser::handle_event(&Event { kind: *kind, at, is_visible, number, first, second })
    })
}

#[wasm_bindgen]
extern "C" {
    fn answer(text: &str);
}

/// Classifies an action; passes the lines of [`classify::classify`] to `answer`.
#[wasm_bindgen]
pub fn classify(lines: &str) {
    answer(&classify::classify(lines));
}
