//! Components in a real browser: mounted, clicked, compared with what a person sees.

pub(crate) mod absence;
pub(crate) mod account;
pub(crate) mod agent_rejections;
pub(crate) mod agents;
pub(crate) mod audit;
mod calendar_apps;
mod calendar_change;
mod calendar_consent;
pub(crate) mod calendars;
pub(crate) mod contact;
pub(crate) mod conversation;
pub(crate) mod copy;
pub(crate) mod crm;
pub(crate) mod crm_companies;
pub(crate) mod dialog;
pub(crate) mod drafts;
pub(crate) mod entry;
pub(crate) mod holding;
pub(crate) mod home;
pub(crate) mod home_team;
pub(crate) mod inbound_mail;
pub(crate) mod inbox;
pub(crate) mod install;
pub(crate) mod lead_by_form;
pub(crate) mod lead_details;
pub(crate) mod leaving;
pub(crate) mod mail;
pub(crate) mod mail_server;
pub(crate) mod mentions;
pub(crate) mod merging;
pub(crate) mod notifications;
mod paged;
mod pasting;
pub(crate) mod playbooks;
pub(crate) mod privacy;
pub(crate) mod received_mail;
pub(crate) mod rejecting;
pub(crate) mod reports;
pub(crate) mod scores;
pub(crate) mod sentences;
pub(crate) mod settings;
mod sign_in;
pub(crate) mod signals;
pub(crate) mod slack;
pub(crate) mod tables;
pub(crate) mod team;
mod team_week;
pub(crate) mod teamwork;
mod translated;
pub(crate) mod visits;
pub(crate) mod webhooks;
pub(crate) mod work;
pub(crate) mod workflows;

use futures_util::FutureExt;
use gloo_timers::future::TimeoutFuture;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};
use std::sync::{Arc, Mutex};
use wasm_bindgen_test::wasm_bindgen_test_configure;

use crate::api::{Call, Reply, Transport};
use crate::app::provide;

wasm_bindgen_test_configure!(run_in_browser);

/// A component in the page; removed when dropped.
struct Stage {
    root: HtmlElement,
    calls: Arc<Mutex<Vec<Call>>>,
    owner: Owner,
    _mounted: Box<dyn std::any::Any>,
}

impl Stage {
    /// Shows a view; every request gets the response `reply`.
    fn show<V: IntoView + 'static>(reply: Reply, view: impl FnOnce() -> V + 'static) -> Stage {
        Stage::answering(move |_| reply.clone(), view)
    }

    /// Shows a view; each request gets the response of `answer`.
    fn answering<V: IntoView + 'static>(
        answer: impl Fn(&Call) -> Reply + Send + Sync + 'static,
        view: impl FnOnce() -> V + 'static,
    ) -> Stage {
        let root: HtmlElement = document().create_element("div").expect("a div can be made").unchecked_into();
        document().body().expect("the page has a body").append_child(&root).expect("the body takes it");
        let calls = Arc::new(Mutex::new(Vec::new()));
        let send = recorder(calls.clone(), answer);
        let owner = Owner::new();
        let mounted: UnmountHandle<_> = owner.with(|| {
            mount_to(root.clone(), move || {
                provide(send);
                view()
            })
        });
        Stage { root, calls, owner, _mounted: Box::new(mounted) }
    }

    fn find(&self, selector: &str) -> HtmlElement {
        let found = self.root.query_selector(selector).expect("the selector is valid");
        found.unwrap_or_else(|| panic!("nothing is {selector} in {}", self.root.inner_html())).unchecked_into()
    }

    fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let ask = js_sys::Reflect::get(&self.root, &"querySelectorAll".into()).expect("an element has it");
        let ask: js_sys::Function = ask.unchecked_into();
        let found = ask.call1(&self.root, &selector.into()).expect("the selector is valid");
        js_sys::Array::from(&found).iter().map(JsCast::unchecked_into).collect()
    }

    fn has(&self, selector: &str) -> bool {
        self.root.query_selector(selector).expect("the selector is valid").is_some()
    }

    fn text(&self) -> String {
        self.root.text_content().unwrap_or_default()
    }

    fn calls(&self) -> Vec<Call> {
        self.calls.lock().expect("no panic while locked").clone()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let root: &Element = &self.root;
        root.remove();
        // A router holds on to what it is in: the listeners of its page would hear the clicks of later tests.
        self.owner.cleanup();
    }
}

fn recorder(calls: Arc<Mutex<Vec<Call>>>, answer: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Transport {
    Arc::new(move |call| {
        let reply = answer(&call);
        calls.lock().expect("no panic while locked").push(call);
        std::future::ready(Ok(reply)).boxed_local()
    })
}

/// Lets the browser dispatch what is pending and the app draw it.
async fn settle() {
    TimeoutFuture::new(50).await;
}

fn nothing() -> Reply {
    Reply { status_code: 500, body: String::new() }
}
