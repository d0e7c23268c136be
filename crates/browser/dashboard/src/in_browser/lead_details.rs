//! The details of an open conversation: what is known of the lead, requested once it is in sight.

use knock_model::ConversationId;
use knock_wire::{CrmOwnerShown, TimelinePage, Word};
use leptos::prelude::*;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use super::team::sign_in;
use super::{Stage, settle};
use crate::api::{Call, Reply};
use crate::kit::reactive::handler;
use crate::parts::inbox::about_lead::AboutLead;
use crate::sample;

fn contact() -> String {
    let row = sample::conversation();
    let attribution = json!({"channel": "Campaign", "source": "google", "campaign": "spring",
        "landing_page": "https://acme.test/plans?utm_source=google"});
    let chat = |id: ConversationId| json!({"id": id, "link": "chat", "opened_at": sample::AT});
    let contact = json!({"id": row.lead, "email": "ann@globex.test", "display_name": "ann@globex.test", "name": "Ann Lee",
        "account": {"id": "05050505-0505-4505-8505-050505050505", "domain": "globex.test"}, "intent": row.intent,
        "attribution": attribution, "signals": 3, "first_seen_at": sample::AT, "last_seen_at": sample::AT});
    let record = json!({"contact": contact, "why": {"damping": 1.0, "categories": []}, "changes": [], "visitors": 1,
        "conversations": [chat(ConversationId::new([9; 16])), chat(row.id)]});
    record.to_string()
}

fn answer(call: &Call) -> Reply {
    let body = if call.path.starts_with("/api/v1/contacts/") {
        contact()
    } else {
        let page = TimelinePage { entries: vec![sample::entry()], events: Vec::new(), next: None };
        serde_json::to_string(&page).expect("a page can be written")
    };
    Reply { status_code: 200, body }
}

fn details(role: &'static str) -> Stage {
    Stage::answering(answer, move || {
        sign_in(role);
        let is_shown = RwSignal::new(false);
        let mut record = sample::record();
        record.crm_owner = Some(Box::new(CrmOwnerShown { system: Word::parse("hubspot"), owner: "cy@us.test".into() }));
        record.time_zone = Some("Asia/Kolkata".to_owned());
        let lead = record.conversation.lead;
        view! {
            <button id="show" on:click=handler(move |_| is_shown.set(true))></button>
            <AboutLead lead record=Signal::stored(record) is_shown />
        }
    })
}

#[wasm_bindgen_test]
async fn the_lead_is_requested_once_in_sight_and_what_is_known_is_shown() {
    let stage = details("rep");
    settle().await;
    assert_eq!(stage.calls(), []);
    let text = stage.text();
    assert!(text.contains("ann@globex.test") && text.contains("cy@us.test in HubSpot"), "{text}");
    assert!(text.contains(" in Asia/Kolkata"), "{text}");
    assert!(!stage.has("#lead-pages") && !stage.has("#lead-source") && !stage.has("#lead-chats"), "nothing is empty");
    stage.find("#show").click();
    stage.find("#show").click();
    settle().await;
    assert_eq!(stage.calls().len(), 2, "{:?}", stage.calls());
    let text = stage.text();
    for known in ["Ann Lee", "globex.test", "google", "spring", "/plans"] {
        assert!(text.contains(known), "{known}: {text}");
    }
    let page = stage.find(".lead-page a");
    assert_eq!(page.get_attribute("href").as_deref(), Some("https://acme.test/pricing"));
    assert!(stage.find(".lead-page").inner_text().contains("Now"));
    let chats: Vec<_> = stage.all("dt a[href^='/app/inbox/']").iter().map(|link| link.get_attribute("href")).collect();
    assert_eq!(chats, [Some(format!("/app/inbox/{}", ConversationId::new([9; 16])))], "not the open one");
}

#[wasm_bindgen_test]
async fn a_role_without_records_requests_none() {
    let stage = details("ingest");
    settle().await;
    stage.find("#show").click();
    settle().await;
    assert_eq!(stage.calls(), []);
}
