//! Teamwork in a chat: notes, saved replies, assignment, presence, keys.

use knock_model::RepId;
use knock_routing::RepState;
use knock_wire::{
    Assignee, AssignmentShown, Author, Availability, ConversationRecord, Doing, LiveEvent, Message, Presence, RepList,
    RepRow,
};
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::HtmlTextAreaElement;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use wasm_bindgen_test::wasm_bindgen_test;

use super::conversation::{answer, posts, press_enter, type_in, writing_to_lead};
use super::sign_in::type_into;
use super::{Stage, settle};
use crate::api::{Method, Reply};
use crate::kit::reactive::{derived, handler};
use crate::parts::inbox::assignments::Assignments;
use crate::parts::inbox::chat_owner::{ChatOwner, OwnerLine};
use crate::parts::inbox::composer::Composer;
use crate::sample;
use crate::state::inbox::chat_ownership::ChatOwnership;
use crate::state::inbox::composing::Composing;
use crate::state::inbox::hold;
use crate::state::inbox::present::Present;
use crate::state::inbox::shortcuts::Shortcuts;
use crate::state::inbox::takeover::follow_assignments;
use crate::state::inbox::thread::Thread;
use crate::state::inbox::toast::Toasts;
use crate::state::live::use_live;
use crate::words::availability::standing_words;

fn press(key: &str) {
    let press = "document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))";
    let press = js_sys::Function::new_with_args("key", press);
    press.call1(&JsValue::NULL, &key.into()).expect("it is dispatched");
}

#[wasm_bindgen_test]
async fn keys_write_assign_and_explain_themselves_until_they_are_turned_off() {
    let stage = writing_to_lead(|call| match call.method {
        Method::Post => Reply { status_code: 204, body: String::new() },
        _ => answer(&sample::record()),
    });
    settle().await;
    press("n");
    settle().await;
    assert!(stage.has(".composer-note"));
    press("a");
    settle().await;
    assert_eq!(
        posts(&stage).into_iter().filter_map(|post| post.body).collect::<Vec<_>>(),
        [r#"{"to":"me","seen_owner":""}"#]
    );
    press("?");
    settle().await;
    assert!(stage.find("dialog").inner_text().contains("Hand the chat back to the AI agent"));
    stage.find("dialog [type=checkbox]").click();
    stage.find("dialog .button").click();
    settle().await;
    press("r");
    settle().await;
    assert!(stage.has(".composer-note"), "they are off");
    stage.find(".shortcut-button").click();
    settle().await;
    stage.find("dialog [type=checkbox]").click();
    stage.find("dialog .button").click();
    settle().await;
    press("r");
    settle().await;
    assert!(!stage.has(".composer-note"));
}

#[wasm_bindgen_test]
async fn a_saved_reply_is_found_by_a_slash_and_an_unknown_place_is_not_sent() {
    let replies = r#"{"replies":[{"id":"05050505-0505-4505-8505-050505050505","name":"Pricing","text":"Hi {{name|there}}, at {{company}}"}]}"#;
    let stage = writing_to_lead(move |call| match call.method {
        Method::Post => Reply { status_code: 201, body: "{}".to_owned() },
        _ if call.path == "/api/v1/replies" => Reply { status_code: 200, body: replies.to_owned() },
        _ => answer(&sample::record()),
    });
    settle().await;
    type_in(&stage, "/pri");
    settle().await;
    assert!(stage.find(".reply-picker").inner_text().contains("Pricing"));
    press_enter(&stage, false);
    settle().await;
    let field: HtmlTextAreaElement = stage.find("textarea").unchecked_into();
    assert_eq!(field.value(), "Hi there, at {{company}}");
    press_enter(&stage, false);
    settle().await;
    assert_eq!(posts(&stage), []);
    assert!(stage.find("#composer-notes").inner_text().contains("{{company}} has no value"));
    type_in(&stage, "Hi there, at Globex");
    press_enter(&stage, false);
    settle().await;
    assert!(posts(&stage)[0].body.as_deref().is_some_and(|body| body.contains("Hi there, at Globex")));
}

#[wasm_bindgen_test]
async fn colleagues_and_a_lead_who_writes_are_shown_and_greeted() {
    let stage = Stage::answering(
        |call| match call.method {
            Method::Post => Reply { status_code: 204, body: String::new() },
            _ => answer(&sample::record()),
        },
        || {
            let (live, thread) = (use_live(), Thread::start(sample::conversation().id));
            let present = Present::start(thread);
            let tell = move |member: Option<Assignee>| {
                let doing = Doing::Writing;
                live.tell(&LiveEvent::Presence(Presence { conversation: thread.id, member, doing }));
            };
            let bo = Assignee {
                id: RepId::new([8; 16]),
                email: "bo@us.test".to_owned(),
                name: "Bo".to_owned(),
                picture: String::new(),
            };
            view! {
                <button id="bo" on:click=handler(move |_| tell(Some(bo.clone())))></button>
                <button id="lead" on:click=handler(move |_| tell(None))></button>
                <p id="who">{move || present.words()}</p>
                <p id="types">{move || present.lead_words()}</p>
            }
        },
    );
    settle().await;
    let reports = || stage.calls().into_iter().filter(|call| call.path.ends_with("/presence")).count();
    let before = reports();
    stage.find("#bo").click();
    stage.find("#bo").click();
    stage.find("#lead").click();
    settle().await;
    assert_eq!(stage.find("#who").inner_text(), "Bo is writing a reply");
    assert_eq!(stage.find("#types").inner_text(), "The lead is typing\u{2026}");
    assert_eq!(reports(), before + 1, "a member who joins receives one presence report");
}

#[wasm_bindgen_test]
async fn a_note_goes_to_the_team_and_drafts_never_change_sides() {
    let stage = writing_to_lead(|call| match call.method {
        Method::Post => Reply { status_code: 201, body: "{}".to_owned() },
        _ => answer(&sample::record()),
    });
    settle().await;
    let text = || {
        let field: HtmlTextAreaElement = stage.find("textarea").unchecked_into();
        field.value()
    };
    let choose = |place: usize| stage.all(".composer .tab")[place].click();
    type_in(&stage, "To the lead");
    choose(1);
    settle().await;
    assert_eq!(text(), "");
    type_in(&stage, "Between us");
    choose(0);
    settle().await;
    assert_eq!(text(), "To the lead");
    choose(1);
    settle().await;
    assert_eq!(text(), "Between us");
    assert!(stage.has(".composer-note"));
    press_enter(&stage, false);
    settle().await;
    let sent = posts(&stage);
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].path, format!("/api/v1/conversations/{}/notes", sample::conversation().id));
    assert_eq!(stage.find(".message-note .message-text").inner_text(), "Between us");
    choose(0);
    settle().await;
    assert_eq!(text(), "To the lead");
}

#[wasm_bindgen_test]
async fn a_chat_that_another_rep_took_is_asked_about_before_it_is_taken() {
    let stage = Stage::answering(
        |call| match (call.method, call.body.as_deref()) {
            (Method::Post, Some(body)) if body.contains("seen_owner") => {
                let problem = r#"{"type":"x","title":"Taken","status":409,"errors":[{"pointer":"/seen_owner","reason":"bo@us.test"}]}"#;
                Reply { status_code: 409, body: problem.to_owned() }
            }
            (Method::Post, _) => Reply { status_code: 204, body: String::new() },
            _ => answer(&sample::record()),
        },
        || {
            let thread = Thread::start(sample::conversation().id);
            let state = Signal::stored(sample::conversation().state);
            view! { <ChatOwner owning=ChatOwnership::new(thread, state) /> }
        },
    );
    settle().await;
    stage.find(".chat-owner .button").click();
    settle().await;
    assert!(stage.find("dialog").inner_text().contains("bo@us.test took this chat in the meantime."));
    stage.find("dialog [type=submit]").click();
    settle().await;
    let bodies: Vec<_> = posts(&stage).into_iter().filter_map(|post| post.body).collect();
    assert_eq!(bodies, [r#"{"to":"me","seen_owner":""}"#, r#"{"to":"me"}"#]);
    assert!(!stage.has("dialog"));
}

#[wasm_bindgen_test]
async fn the_owner_of_the_live_feed_stays_when_an_older_response_comes_after_it() {
    let stage = Stage::answering(
        |_| answer(&sample::record()),
        || {
            let (live, thread) = (use_live(), Thread::start(sample::conversation().id));
            let mut row = sample::conversation();
            row.state.rep_owner = Some("bo@us.test".to_owned());
            let tell = move |_| {
                thread.record.load();
                live.tell(&LiveEvent::Conversation(Box::new(row.clone())));
            };
            let record = thread.record.value;
            let state =
                derived(move || record.with(|it| it.as_ref().unwrap_or(&sample::record()).conversation.state.clone()));
            view! {
                <button id="tell" on:click=handler(tell)></button>
                <OwnerLine owning=ChatOwnership::new(thread, state) />
            }
        },
    );
    settle().await;
    stage.find("#tell").click();
    settle().await;
    assert!(stage.text().contains("Assigned to bo@us.test"), "{}", stage.text());
}

#[wasm_bindgen_test]
async fn a_reason_goes_with_the_assignment_it_was_typed_for() {
    let bo = r#"{"assignees":[{"id":"08080808-0808-4808-8808-080808080808","email":"bo@us.test","name":"Bo"}]}"#;
    let mut rep = RepRow {
        id: RepId::new([8; 16]),
        email: "bo@us.test".to_owned(),
        name: "Bo".to_owned(),
        picture: String::new(),
        absence: None,
        state: RepState::Active.into(),
        is_full: true,
        open_chats: 5,
        availability: Availability::default(),
    };
    let full = serde_json::to_string(&RepList { reps: vec![rep.clone()] }).expect("a list can be written");
    rep.is_full = false;
    rep.state = RepState::OffHours.into();
    assert_eq!(standing_words(&rep), "Off hours, 5 active chats");
    let stage = Stage::answering(
        move |call| match call.method {
            Method::Post => Reply { status_code: 204, body: String::new() },
            _ if call.path == "/api/v1/assignees" => Reply { status_code: 200, body: bo.to_owned() },
            _ if call.path == "/api/v1/reps" => Reply { status_code: 200, body: full.clone() },
            _ => answer(&sample::record()),
        },
        || {
            let thread = Thread::start(sample::conversation().id);
            let state = Signal::stored(sample::conversation().state);
            view! { <ChatOwner owning=ChatOwnership::new(thread, state) /> }
        },
    );
    settle().await;
    stage.find("[popovertarget=assign-menu]").click();
    settle().await;
    type_into(&stage, "#assign-reason", " Speaks French ");
    assert_eq!(stage.find(".assignee-standing").inner_text(), "Full, 5 active chats");
    stage.find(".assignee").click();
    settle().await;
    stage.find("[popovertarget=assign-menu]").click();
    stage.find(".assignee").click();
    settle().await;
    let bodies: Vec<_> = posts(&stage).into_iter().filter_map(|post| post.body).collect();
    let to = r#"{"to":"08080808-0808-4808-8808-080808080808","seen_owner":""#;
    assert_eq!(bodies, [format!(r#"{to}","reason":"Speaks French"}}"#), format!(r#"{to}"}}"#)]);
}

#[wasm_bindgen_test]
async fn the_details_say_who_assigned_the_chat_and_why() {
    let assigned = |to: &str, reason: &str| AssignmentShown {
        at: sample::conversation().state.since,
        by: "ann@us.test".to_owned(),
        from: String::new(),
        to: to.to_owned(),
        reason: reason.to_owned(),
    };
    let all = vec![assigned("bo@us.test", "Speaks French"), assigned("AI Agent", "")];
    let stage = Stage::answering(
        |_| answer(&sample::record()),
        move || view! { <Assignments assignments=Signal::stored(all.clone()) /> },
    );
    settle().await;
    let lines = stage.all(".change");
    assert!(lines[0].inner_text().contains("ann@us.test: from unassigned to AI Agent"));
    assert!(lines[1].inner_text().contains("Speaks French"));
}

/// The record of the conversation after Lena has answered.
fn answered() -> ConversationRecord {
    let mut record = sample::record();
    record.messages.push(Message { author: Author::Rep, name: "Lena".to_owned(), ..sample::message(2) });
    record
}

#[wasm_bindgen_test]
async fn a_reply_that_a_colleague_has_answered_meanwhile_is_sent_the_second_time() {
    let is_answered = Arc::new(AtomicBool::new(false));
    let gate = is_answered.clone();
    let stage = Stage::answering(
        move |call| match call.method {
            Method::Post => Reply { status_code: 201, body: r#"{"seq":3}"#.to_owned() },
            _ if gate.load(Ordering::Relaxed) => answer(&answered()),
            _ => answer(&sample::record()),
        },
        || {
            hold::turn(false);
            let thread = Thread::start(sample::conversation().id);
            let (composing, shortcuts) = (Composing::start(thread), Shortcuts::start());
            view! {
                <button id="load" on:click=handler(move |_| thread.record.load())></button>
                <Composer composing shortcuts />
            }
        },
    );
    settle().await;
    type_in(&stage, "Hi, I am");
    is_answered.store(true, Ordering::Relaxed);
    stage.find("#load").click();
    settle().await;
    press_enter(&stage, false);
    settle().await;
    assert_eq!(posts(&stage), []);
    let question = "Lena has answered meanwhile. Send anyway?";
    assert!(stage.find(".composer [role=alert]").inner_text().contains(question));
    type_in(&stage, "Hi, I am also here");
    settle().await;
    assert!(!stage.text().contains(question), "typing on closes it");
    press_enter(&stage, false);
    settle().await;
    let sent = posts(&stage);
    assert!(sent.len() == 1 && sent[0].path.ends_with("?seen=2"), "{sent:?}");
    type_in(&stage, "Begun after the answer");
    press_enter(&stage, false);
    settle().await;
    assert_eq!(posts(&stage).len(), 2);
}

#[wasm_bindgen_test]
async fn a_member_whose_chat_is_taken_over_reads_by_whom() {
    let is_taken = Arc::new(AtomicBool::new(false));
    let gate = is_taken.clone();
    let stage = Stage::answering(
        move |_| {
            let mut record = sample::record();
            if gate.load(Ordering::Relaxed) {
                let [from, by] = ["ann@us.test", "lena@us.test"].map(str::to_owned);
                let at = sample::conversation().state.since;
                record.assignments.push(AssignmentShown { at, to: by.clone(), by, from, reason: String::new() });
            }
            answer(&record)
        },
        || {
            super::team::sign_in("rep");
            let (thread, toasts) = (Thread::start(sample::conversation().id), Toasts::new());
            follow_assignments(thread, toasts);
            view! {
                <button id="load" on:click=handler(move |_| thread.record.load())></button>
                <p id="said">{move || toasts.shown.get().map(|toast| toast.words)}</p>
            }
        },
    );
    settle().await;
    assert_eq!(stage.find("#said").inner_text(), "");
    is_taken.store(true, Ordering::Relaxed);
    stage.find("#load").click();
    settle().await;
    assert_eq!(stage.find("#said").inner_text(), "lena@us.test has taken over this chat.");
}
