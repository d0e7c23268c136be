//! Mails of the lead among the messages, and an address from which a mail was returned.

use knock_model::ReceivedKind;
use knock_wire::{ConversationRecord, LeftOutFile, MailShown, Message};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::conversation::{answer, writing_to_lead};
use super::{Stage, settle};
use crate::api::{Method, Reply};
use crate::parts::inbox::returned_mail::ReturnedMail;
use crate::sample;
use crate::state::inbox::thread::Thread;

async fn shown(record: ConversationRecord) -> Stage {
    let stage = writing_to_lead(move |call| match call.method {
        Method::Post => Reply { status_code: 204, body: String::new() },
        _ => answer(&record),
    });
    settle().await;
    stage
}

fn mailed(mail: MailShown) -> ConversationRecord {
    let message = Message { by_mail: true, ..sample::message(1) };
    ConversationRecord { messages: vec![message], mails: vec![mail], ..sample::record() }
}

#[wasm_bindgen_test]
async fn a_mail_says_its_way_its_other_sender_and_what_was_cut() {
    let left_out = vec![LeftOutFile { name: "setup.exe".to_owned(), reason: "is a program".to_owned() }];
    let (sender, quoted) = ("cy@other.test".to_owned(), "On Monday Bo wrote:\n> <b>Hi</b>".to_owned());
    let stage = shown(mailed(MailShown { is_other: true, sender, quoted, left_out, ..sample::received_mail() })).await;
    assert!(stage.find(".message-meta").inner_text().contains("By mail"));
    let text = stage.text();
    assert!(text.contains("From cy@other.test, which is not the lead\u{2019}s address."), "{text}");
    assert!(text.contains("Left out: setup.exe is a program."), "{text}");
    let quoted = stage.find(".mail-quoted");
    assert!(!quoted.has_attribute("open") && quoted.inner_text().contains("Quoted text"));
    assert_eq!(stage.find(".mail-said").text_content().as_deref(), Some("On Monday Bo wrote:\n> <b>Hi</b>"));
}

#[wasm_bindgen_test]
async fn a_mail_of_the_lead_adds_nothing_beside_its_message() {
    let stage = shown(mailed(sample::received_mail())).await;
    assert!(stage.text().contains("By mail") && !stage.text().contains("From ann@globex.test"));
    assert!(!stage.has(".mail-quoted") && !stage.has(".message-mail"));
}

#[wasm_bindgen_test]
async fn a_mail_that_is_no_message_is_a_card() {
    let mail = MailShown {
        seq: None,
        kind: ReceivedKind::AutoReply.into(),
        subject: "Out of office".to_owned(),
        text: "Back on Monday".to_owned(),
        ..sample::received_mail()
    };
    let stage = shown(ConversationRecord { mails: vec![mail], ..sample::record() }).await;
    let card = stage.find(".message-mail").inner_text();
    assert!(card.contains("Automatic reply") && card.contains("Out of office") && card.contains("Back on Monday"));
    assert!(!stage.text().contains("By mail"));
}

fn returned(record: &ConversationRecord) -> Stage {
    let (id, shown, record) = (record.conversation.id, record.clone(), record.clone());
    let reply = move |call: &crate::api::Call| match call.method {
        Method::Delete => Reply { status_code: 204, body: String::new() },
        _ => answer(&record),
    };
    Stage::answering(reply, move || {
        let thread = Thread::start(id);
        view! { <ReturnedMail thread record=Signal::stored(shown.clone()) /> }
    })
}

#[wasm_bindgen_test]
async fn a_dead_address_is_mailed_again_by_a_button_and_a_full_one_needs_none() {
    let mut record = ConversationRecord { bounce: Some(Box::new(sample::bounce())), ..sample::record() };
    let stage = returned(&record);
    settle().await;
    assert!(stage.text().contains("Mail to ann@globex.test was returned: 5.1.1 user unknown."), "{}", stage.text());
    stage.find("button").click();
    settle().await;
    let path = format!("/api/v1/conversations/{}/bounce", record.conversation.id);
    assert_eq!(stage.calls().iter().filter(|call| call.method == Method::Delete && call.path == path).count(), 1);

    record.bounce.as_mut().expect("one").is_dead = false;
    let stage = returned(&record);
    settle().await;
    assert!(stage.text().contains("The last mail to ann@globex.test was returned") && !stage.has("button"));
}

#[wasm_bindgen_test]
async fn the_composer_says_that_nothing_is_mailed() {
    let stage = shown(ConversationRecord { bounce: Some(Box::new(sample::bounce())), ..sample::record() }).await;
    let hint = stage.find(".composer-hint").inner_text();
    assert!(hint.contains("Replies are not mailed."), "{hint}");
}
