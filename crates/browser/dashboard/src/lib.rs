//! The team's app: live signals, conversations, contacts, accounts, installation, mail, webhooks.
//!
//! Texts of visitors are shown as text only; of their addresses only those of the web in messages become links,
//! which show their destination and send no referrer.
//!
//! Size is a budget, and the framework is compiled again for each reactive closure, list and condition in a view. So a
//! line is drawn as a whole and still keeps its elements, changing values are a `Signal`, `Lines` or
//! `When`, and closures are boxed by the functions of [`reactive`] before a view, a signal or an effect gets them.
#![expect(unreachable_pub, reason = "the component macro makes every component `pub`, the modules keep them inside")]

mod agents;
mod api;
mod app;
mod availability;
mod browser;
mod calendars;
mod changing;
mod chart;
mod chat_ownership;
mod clock;
mod composing;
mod condition_lines;
mod credentials;
mod crm;
mod debounce;
mod deliveries;
mod enrichment_form;
mod history;
mod holidays;
#[cfg(all(test, target_arch = "wasm32"))]
mod in_browser;
mod inbox;
mod install;
mod installing;
mod keys;
mod lazy;
mod leaving;
mod letters;
mod links;
mod live;
mod mails;
mod meeting_form;
mod meetings;
mod notification_form;
mod notifications;
mod notifier;
mod other_hours;
mod own_password;
mod paged;
mod pages;
mod parts;
mod presence;
mod present;
mod privacy;
mod reactive;
mod reading;
mod record_feed;
mod replies;
mod reply_settings;
mod rows;
mod rules;
#[cfg(test)]
mod sample;
mod saved_views;
mod session;
mod shortcuts;
mod single;
mod site_form;
mod sites;
mod slack_acting;
mod slack_form;
mod table_state;
mod team;
mod thread;
mod transport;
mod unsent;
mod waiting;
mod webhooks;
mod whole;
mod words;
mod writing;
mod zones;

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
