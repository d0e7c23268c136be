//! A lead who has sent a form and not chatted: the form among the messages, and writing a mail to them.

use knock_wire::ConversationRecord;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlButtonElement;
use wasm_bindgen_test::wasm_bindgen_test;

use super::conversation::{answer, posts, press_enter, type_in, writing_to_lead};
use super::{Stage, settle};
use crate::api::{Method, Reply};
use crate::parts::inbox::chat_facts::ChatFacts;
use crate::parts::inbox::chat_owner::ChatOwner;
use crate::parts::inbox::lead_actions::LeadActions;
use crate::parts::inbox::status_history::StatusHistory;
use crate::sample_form;
use crate::state::inbox::chat_ownership::ChatOwnership;
use crate::state::inbox::thread::Thread;

async fn shown(record: ConversationRecord) -> Stage {
    let stage = writing_to_lead(move |call| match call.method {
        _ if call.path.ends_with("/presence") => Reply { status_code: 204, body: String::new() },
        Method::Post => Reply { status_code: 201, body: r#"{"seq":1}"#.to_owned() },
        _ => answer(&record),
    });
    settle().await;
    stage
}

fn is_send_disabled(stage: &Stage) -> bool {
    stage.find(".composer [type=submit]").unchecked_into::<HtmlButtonElement>().disabled()
}

#[wasm_bindgen_test]
async fn a_form_stands_in_a_thread_without_messages() {
    let stage = shown(sample_form::record()).await;
    let card = stage.find(".message-form");
    let words = card.text_content().unwrap_or_default();
    assert!(words.trim_start().starts_with("Sent the form Book a demo"), "{words}");
    assert!(words.contains("Fields: email, companyKnock keeps the names of the fields, not their values."), "{words}");
    assert_eq!(stage.find(".message-form a").get_attribute("href").as_deref(), Some(&*sample_form::form().page));
    assert!(!stage.text().contains("No messages yet"));
}

#[wasm_bindgen_test]
async fn the_page_of_a_form_is_no_link_to_a_script() {
    let mut record = sample_form::record();
    "javascript://acme.test/%0aalert(1)".clone_into(&mut record.forms[0].page);
    let stage = shown(record).await;
    assert!(!stage.has(".message-form a") && stage.text().contains("javascript://acme.test"));
}

#[wasm_bindgen_test]
async fn a_reply_to_a_lead_by_form_is_a_mail() {
    let stage = shown(sample_form::record()).await;
    let hint = stage.find(".composer-hint").inner_text();
    assert!(hint.contains("Your message is mailed to ann@globex.test, with a link to answer here."), "{hint}");
    assert!(!is_send_disabled(&stage));
    type_in(&stage, "Hello");
    press_enter(&stage, false);
    settle().await;
    assert_eq!(posts(&stage).len(), 1);
}

#[wasm_bindgen_test]
async fn without_mail_nothing_is_sent_and_the_address_is_a_link() {
    let stage = shown(ConversationRecord { mail_to: None, ..sample_form::record() }).await;
    let link = stage.find(".composer-hint a");
    assert_eq!(link.get_attribute("href").as_deref(), Some("mailto:ann@globex.test"));
    assert!(is_send_disabled(&stage));
    type_in(&stage, "Hello");
    press_enter(&stage, false);
    settle().await;
    assert_eq!(posts(&stage), []);
    let note = stage.all(".composer-modes .tab").pop().expect("a tab");
    note.click();
    settle().await;
    assert!(!is_send_disabled(&stage), "a note goes to the team");
    assert!(!stage.has(".composer-hint a"));
}

#[wasm_bindgen_test]
async fn an_empty_status_is_named_and_has_no_why() {
    let nothing = Reply { status_code: 500, body: String::new() };
    let stage = Stage::show(nothing, || {
        view! {
            <ChatFacts
                state=Signal::stored(sample_form::conversation().state)
                acts=Signal::stored(Vec::new())
            />
            <StatusHistory history=Signal::stored(Vec::new()) link=Signal::stored("Website".to_owned()) />
        }
    });
    settle().await;
    assert_eq!(stage.find(".status-now .badge").inner_text(), "Lead by form");
    assert!(!stage.has(".why") && !stage.text().contains("Chat owner"));
    assert!(stage.text().contains("No Chat Status until they chat."));
}

#[wasm_bindgen_test]
async fn a_lead_by_form_is_not_handed_to_the_agent() {
    let record = sample_form::record();
    let stage = Stage::answering(
        move |_| answer(&record),
        || {
            let mut state = sample_form::conversation().state;
            state.rep_owner = Some("bo@us.test".to_owned());
            let thread = Thread::start(sample_form::conversation().id);
            let (state, owning) = (Signal::stored(state.clone()), ChatOwnership::new(thread, Signal::stored(state)));
            view! {
                <ChatOwner owning />
                <LeadActions thread state owning />
            }
        },
    );
    settle().await;
    assert!(stage.text().contains("Take over") && !stage.text().contains("Hand back"), "{}", stage.text());
}
