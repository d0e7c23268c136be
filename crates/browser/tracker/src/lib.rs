//! The tracker: decides what counts of what visitors do on a page, what it is about, and when it is sent.
//!
//! It comes in two halves. The script in `www/tracker/` reads the page, masks, writes JSON, stores and posts: all
//! that is text. This half decides: which addresses are page views, when a session ends, what waits for consent,
//! which signals are kept, sent together, sent again or given up, and with the server's own code what an action
//! is about. Between the halves cross numbers ([`tell`], `ask`), and two texts ([`learn`], `answer`).
//!
//! All that is decided is plain Rust behind [`Host`](host::Host) and tested natively with a host of its own.
//!
//! What visitors download is built without the standard library (`runtime`). Builds with debug
//! assertions have it, so that lints and tests may share the features of their own dependencies.
#![cfg_attr(all(target_arch = "wasm32", not(debug_assertions), not(test)), no_std)]

extern crate alloc;

mod browser;
mod delivery;
mod event;
mod host;
mod learn;
#[cfg(all(target_arch = "wasm32", not(debug_assertions), not(test)))]
mod runtime;
mod tracker;
mod visit;

use event::{Event, Kind};
use knock_model::Millis;
use wasm_bindgen::prelude::*;

/// Takes an event; whether the script has to hold it until consent is given. [`Kind`] says what the numbers are.
#[wasm_bindgen]
pub fn tell(kind: u32, at: f64, is_visible: bool, number: u32, first: f64, second: f64) -> bool {
    Kind::ALL.get(kind as usize).is_some_and(|kind| {
        let (at, first, second) = (Millis(at as i64), first as i64, second as i64);
        browser::tell(&Event { kind: *kind, at, is_visible, number, first, second })
    })
}

#[wasm_bindgen]
extern "C" {
    fn answer(text: &str);
}

/// Learns from an action; the lines of [`learn::learn`], answered as a text.
#[wasm_bindgen]
pub fn learn(lines: &str) {
    answer(&learn::learn(lines));
}
