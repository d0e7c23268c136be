//! Merging a contact with another one on its record: search, preview, merge and undo.

use futures_util::FutureExt;
use knock_model::LeadId;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlInputElement};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use super::team::sign_in;
use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::kit::paged::Phase;
use crate::kit::reactive::{dynamic, memo};
use crate::kit::single::Single;
use crate::parts::record::merges::Merges;
use crate::sample;
use crate::state::session::use_session;

const OTHER: &str = "05050505-0505-4505-8505-050505050505";
const MERGE: &str = "01a1f7c0-0000-7000-8000-000000000001";

fn row(id: &str, email: &str) -> Value {
    let attribution = json!({"channel": "", "source": "", "campaign": "", "landing_page": ""});
    json!({"id": id, "email": email, "display_name": email, "intent": sample::conversation().intent,
        "attribution": attribution, "signals": 3, "first_seen_at": sample::AT, "last_seen_at": sample::AT})
}

fn own() -> String {
    LeadId::new([4; 16]).to_string()
}

fn record(merges: &Value) -> String {
    json!({"contact": row(&own(), "petra@globex.test"), "why": {"damping": 1.0, "categories": []}, "changes": [],
        "visitors": 1, "merges": merges})
    .to_string()
}

fn side(id: &str, emails: &[&str]) -> Value {
    json!({"id": id, "display_name": emails[0], "name": "", "emails": emails, "phone": "", "company": "", "owner": "",
        "intent": sample::conversation().intent, "signals": 3, "chats": 1, "meetings": 0, "chat_status": "",
        "meeting_status": "", "first_seen_at": sample::AT})
}

fn answer(call: &Call) -> Reply {
    let other = "petra@holm.test";
    let merged =
        json!([{"id": MERGE, "name": other, "email": other, "by": "Bo Rep", "at": sample::AT, "can_undo": true}]);
    let body = match (call.method, call.path.as_str()) {
        (Method::Post, _) => record(&merged),
        (Method::Delete, _) => record(&json!([])),
        (_, path) if path.contains("/merge?") => {
            let (stays, goes) = (side(&own(), &["petra@globex.test"]), side(OTHER, &[other]));
            let both = side(&own(), &["petra@globex.test", other]);
            json!({"stays": stays, "goes": goes, "merged": both}).to_string()
        }
        (_, path) if path.contains("contacts?") => {
            json!({"contacts": [row(&own(), "petra@globex.test"), row(OTHER, other)], "next": null}).to_string()
        }
        _ => record(&json!([])),
    };
    Reply { status_code: 200, body }
}

fn shown(role: &'static str) -> Stage {
    Stage::answering(answer, move || {
        sign_in(role);
        let (session, id) = (use_session(), LeadId::new([4; 16]));
        let store = Single::new(move || {
            let client = session.client();
            async move { client.contact(id, None).await }.boxed_local()
        });
        store.load();
        dynamic(move || {
            (store.phase.get() == Phase::Ready).then(|| {
                let record = memo(move || store.value.get().expect("it is loaded"));
                view! { <Merges id store record is_past=false changed=|()| {} /> }
            })
        })
    })
}

fn types(stage: &Stage, text: &str) {
    let field: HtmlInputElement = stage.find("#merge-search").unchecked_into();
    field.set_value(text);
    field.dispatch_event(&Event::new("input").expect("events can be made")).expect("it is dispatched");
}

#[wasm_bindgen_test]
async fn a_contact_is_merged_after_a_preview_and_the_merge_is_undone() {
    let stage = shown("manager");
    settle().await;
    stage.find("#merge-open").click();
    settle().await;
    types(&stage, "petra");
    // The search waits for the next letter.
    gloo_timers::future::TimeoutFuture::new(300).await;
    settle().await;
    let found = stage.all(".merge-found button");
    assert_eq!(found.len(), 1, "the contact itself is not among them: {}", stage.text());
    found[0].click();
    settle().await;
    assert!(stage.text().contains("petra@globex.test, petra@holm.test"), "{}", stage.text());
    stage.find("dialog button[type=submit]").click();
    settle().await;
    let call = stage.calls().pop().expect("a request");
    assert_eq!((call.method, call.path), (Method::Post, format!("/api/v1/contacts/{}/merges", own())));
    assert_eq!(call.body, Some(json!({"goes": OTHER}).to_string()));
    assert!(!stage.has("dialog") && stage.text().contains("Merged with petra@holm.test by Bo Rep"), "{}", stage.text());
    stage.find("[aria-label='Undo the merge with petra@holm.test']").click();
    settle().await;
    let call = stage.calls().pop().expect("a request");
    assert_eq!((call.method, call.path), (Method::Delete, format!("/api/v1/contacts/{}/merges/{MERGE}", own())));
    assert!(stage.text().contains("is a contact of their own again"), "{}", stage.text());
}

#[wasm_bindgen_test]
async fn a_rep_merges_nothing() {
    let stage = shown("rep");
    settle().await;
    assert!(!stage.has("#merge-open") && !stage.has("#contact-merges"), "{}", stage.text());
}
