//! The team's app: live signals, conversations, contacts, accounts, installation, mail, webhooks.
//!
//! Texts of visitors are shown as text only; of their addresses only those of the web in messages become links,
//! which show their destination and send no referrer.
//!
//! Size is a budget, and the framework is compiled again for each reactive closure, list and condition in a view. So a
//! line is drawn as a whole and still keeps its elements, changing values are a `Signal`, `Lines` or
//! `When`, and closures are boxed by the functions of [`kit::reactive`] before a view, a signal or an effect gets them.
//!
//! A module uses those of the folders before its own alone: `api`, `kit`, `words`, `state`, `parts`, `pages`.
#![expect(unreachable_pub, reason = "the component macro makes every component `pub`, the modules keep them inside")]

mod api;
mod app;
#[cfg(all(test, target_arch = "wasm32"))]
mod in_browser;
mod kit;
mod pages;
mod parts;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod sample_form;
mod state;
mod words;

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use crate::kit::{browser, transport};

/// Starts the app in the element `#app` of the page; `false` when there is none.
#[wasm_bindgen]
pub fn start() -> bool {
    let Some(root) = browser::root() else { return false };
    knock_dom::keep_texts(&root);
    mount_to(root, || view! { <app::App send=transport::by_fetch() /> }).forget();
    true
}
