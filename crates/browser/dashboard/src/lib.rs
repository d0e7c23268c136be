//! The team's app: live signals, contacts, accounts, installation.
//!
//! Texts of visitors are shown as text only, and no address from outside ever becomes a link.
#![expect(unreachable_pub, reason = "the component macro makes every component `pub`, the modules keep them inside")]

mod api;
mod app;
mod browser;
mod clock;
#[cfg(all(test, target_arch = "wasm32"))]
mod in_browser;
mod live;
mod paged;
mod pages;
mod parts;
mod record_feed;
mod rows;
#[cfg(test)]
mod sample;
mod session;
mod single;
mod soon;
mod transport;
mod words;

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// Starts the app in the element `#app` of the page; `false` when there is none.
#[wasm_bindgen]
pub fn start() -> bool {
    let Some(root) = browser::root() else { return false };
    mount_to(root, || view! { <app::App send=transport::by_fetch() /> }).forget();
    true
}
