//! Settings > Mail.

use knock_model::DeliveryState;
use knock_wire::{LiveEvent, Mail, MailPage as Answer, MailServerSettings, MailServerSource, SentAgain};
use leptos::prelude::*;
use leptos_router::components::Router;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, nothing, settle};
use crate::api::{Call, Method, Reply};
use crate::kit::reactive::handler;
use crate::pages::mail::MailPage;
use crate::sample;
use crate::state::live::use_live;

const HOSTILE: &str = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";

fn answer(is_set_up: bool, mails: Vec<Mail>) -> Answer {
    let from = if is_set_up { "Acme <hello@acme.test>".to_owned() } else { String::new() };
    let server = if is_set_up { "mail.acme.test:465".to_owned() } else { String::new() };
    Answer { is_set_up, from, server, mails, next: None }
}

fn ok(body: &impl serde::Serialize) -> Reply {
    Reply { status_code: 200, body: serde_json::to_string(body).expect("it has a JSON form") }
}

const SERVER: &str = "/api/v1/mail/server";

fn page() -> impl IntoView {
    view! { <Router><MailPage /></Router> }
}

/// The server of the configuration, or none.
fn server(is_set_up: bool) -> Reply {
    let source = if is_set_up { MailServerSource::File } else { MailServerSource::None };
    ok(&MailServerSettings { source, ..MailServerSettings::default() })
}

fn show(answer: &Answer) -> Stage {
    let (page_reply, server_reply) = (ok(answer), server(answer.is_set_up));
    let reply = move |call: &Call| if call.path == SERVER { server_reply.clone() } else { page_reply.clone() };
    Stage::answering(reply, page)
}

/// The calls without those of the sections about the mail server and about answers by mail.
fn calls(stage: &Stage) -> Vec<Call> {
    let others = ["/api/v1/mail/inbound", SERVER];
    stage.calls().into_iter().filter(|call| !others.contains(&&*call.path)).collect()
}

fn of_sections(stage: &Stage) -> usize {
    stage.calls().len() - calls(stage).len()
}

fn in_each_state() -> Vec<Mail> {
    let numbers = (1..).zip(DeliveryState::ALL);
    numbers.map(|(number, state)| sample::mail(number, *state)).collect()
}

#[wasm_bindgen_test]
async fn every_state_is_shown_in_words_and_only_parked_mail_can_be_sent_again() {
    let mut mails = in_each_state();
    mails[0].due_at = Some(mails[0].at + knock_model::Millis::days(40_000));
    let stage = show(&answer(true, mails));
    settle().await;
    for (number, words) in (1..).zip(["Waiting", "Sending", "Waiting behind another", "Sent", "Not sent"]) {
        let line = stage.find(&format!(".mail:nth-child({number})"));
        assert_eq!(
            line.query_selector(".badge").expect("a selector").and_then(|badge| badge.text_content()).as_deref(),
            Some(words)
        );
        let text = line.text_content().unwrap_or_default();
        assert!(text.contains(&format!("Sign-in link to ann{number}@globex.test")), "{text}");
        assert!(text.contains("Tried once: 250 Ok"), "{text}");
        assert_eq!(text.contains("next try in"), number == 1, "{text}");
        assert_eq!(text.contains("Send again"), number == 5, "{text}");
    }
    let setup = stage.find(".mail-setup").inner_text();
    assert!(setup.contains("Acme <hello@acme.test>") && setup.contains("mail.acme.test:465"), "{setup}");
}

#[wasm_bindgen_test]
async fn without_mail_nothing_can_be_sent_and_the_page_says_why() {
    let stage = show(&answer(false, vec![sample::mail(7, DeliveryState::Parked)]));
    settle().await;
    let note = stage.find("#mail-is-missing").text_content().unwrap_or_default();
    assert!(note.contains("nothing is sent") && note.contains("smtp.url") && note.contains("docs/mail.md"), "{note}");
    for button in [".page-head button", ".mail button"] {
        let button = stage.find(button);
        assert!(button.text_content().is_some_and(|text| text.starts_with("Send")));
        assert!(button.has_attribute("disabled"));
        assert_eq!(button.get_attribute("aria-describedby").as_deref(), Some("mail-is-missing"));
        button.click();
    }
    settle().await;
    assert!(stage.calls().iter().all(|call| call.method == Method::Get));
}

#[wasm_bindgen_test]
async fn without_any_mail_the_page_says_what_will_appear() {
    let stage = show(&answer(true, Vec::new()));
    settle().await;
    assert!(stage.find(".state").inner_text().contains("No mail yet"));
    assert!(!stage.text().contains("Send all again"));
}

#[wasm_bindgen_test]
async fn a_failure_can_be_tried_again() {
    let stage = Stage::show(nothing(), page);
    assert!(stage.has(".skeleton"));
    settle().await;
    assert!(stage.find("[role=alert]").inner_text().contains("The server answered 500"));
    stage.find("[role=alert] button").click();
    settle().await;
    assert_eq!(calls(&stage).len() + of_sections(&stage), 4);
}

/// A server with one parked mail, which disappears once it is retried.
fn one_by_one(call: &Call) -> Reply {
    match (call.method, call.path.as_str()) {
        (Method::Post, _) => Reply { status_code: 202, ..ok(&SentAgain { sent: 1 }) },
        (_, "/api/v1/mail?limit=1&before=8") => ok(&answer(true, vec![sample::mail(7, DeliveryState::UnderWay)])),
        _ => ok(&answer(true, vec![sample::mail(7, DeliveryState::Parked), sample::mail(6, DeliveryState::Delivered)])),
    }
}

#[wasm_bindgen_test]
async fn sending_one_again_posts_its_number_once_and_loads_its_line_again() {
    let stage = Stage::answering(one_by_one, page);
    settle().await;
    let line = stage.find(".mail");
    let button = stage.find(".mail button");
    button.click();
    button.click();
    settle().await;
    let calls = stage.calls();
    let bodies: Vec<_> = calls.iter().filter(|call| call.method == Method::Post).collect();
    let path = "/api/v1/mail/send-again".to_owned();
    assert_eq!(bodies, [&Call { method: Method::Post, path, body: Some(r#"{"number":7}"#.to_owned()), file: None }]);
    assert!(stage.find(".mail").is_same_node(Some(&line)));
    assert!(stage.find(".mail .badge").inner_text().contains("Sending"));
    assert!(!stage.has(".mail button") && !stage.text().contains("Send all again"));
    assert_eq!(stage.find(".page-head [role=status]").inner_text(), "It will be sent again.");
    assert!(document().active_element().is_some_and(|active| active.is_same_node(Some(&line))));
}

#[wasm_bindgen_test]
async fn sending_all_again_names_none_and_looks_again() {
    let stage = Stage::answering(one_by_one, page);
    settle().await;
    stage.find(".page-head button").click();
    settle().await;
    let calls = calls(&stage);
    assert_eq!(calls[1].body.as_deref(), Some(r#"{"number":null}"#));
    assert_eq!(calls[2].path, "/api/v1/mail?limit=50");
}

#[wasm_bindgen_test]
async fn what_cannot_be_sent_again_says_so_at_its_line() {
    let refuse = |call: &Call| match call.method {
        Method::Post => Reply {
            status_code: 503,
            body: r#"{"type":"x","title":"The server cannot do this now","status":503,"detail":"The store is busy"}"#
                .to_owned(),
        },
        Method::Get | Method::Put | Method::Patch | Method::Delete => one_by_one(call),
    };
    let stage = Stage::answering(refuse, page);
    settle().await;
    stage.find(".mail button").click();
    settle().await;
    assert!(stage.find(".mail [role=alert]").inner_text().contains("The store is busy"));
    assert!(!stage.has(".page-head [role=alert]"));
}

#[wasm_bindgen_test]
async fn one_that_somebody_else_sent_again_shows_how_it_stands() {
    let gone = |call: &Call| match call.method {
        Method::Post => Reply { status_code: 404, body: "{}".to_owned() },
        Method::Get | Method::Put | Method::Patch | Method::Delete => one_by_one(call),
    };
    let stage = Stage::answering(gone, page);
    settle().await;
    stage.find(".mail button").click();
    settle().await;
    assert!(stage.find(".mail .badge").inner_text().contains("Sending"));
    assert!(!stage.has("[role=alert]"));
}

#[wasm_bindgen_test]
async fn hostile_texts_stay_text() {
    let hostile = || HOSTILE.to_owned();
    let mail = Mail {
        kind: hostile(),
        to: hostile(),
        subject: hostile(),
        text: format!("{HOSTILE}\n  two"),
        answer: hostile(),
        ..sample::mail(7, DeliveryState::Parked)
    };
    let stage = show(&Answer { from: hostile(), ..answer(true, vec![mail]) });
    settle().await;
    stage.find("summary").click();
    settle().await;
    assert_eq!(stage.find(".mail-subject").inner_text(), HOSTILE);
    assert_eq!(stage.find(".mail-text").text_content(), Some(format!("{HOSTILE}\n  two")));
    assert!(!stage.has("img, script, a"));
}

#[wasm_bindgen_test]
async fn a_gap_and_a_wish_ask_again_and_the_next_page_goes_on_below() {
    let first = Answer { next: Some(7), ..answer(true, vec![sample::mail(7, DeliveryState::Delivered)]) };
    let reply = move |call: &Call| {
        if call.path.ends_with("before=7") {
            return ok(&answer(true, vec![sample::mail(6, DeliveryState::Delivered)]));
        }
        ok(&first)
    };
    let stage = Stage::answering(reply, || {
        let live = use_live();
        view! {
            {page()}
            <button id="gap" on:click=handler(move |_| live.tell(&LiveEvent::Missed(3)))></button>
        }
    });
    settle().await;
    stage.find(".more button").click();
    settle().await;
    assert!(stage.has(".mail:nth-child(2)"));
    stage.find("#gap").click();
    settle().await;
    stage.find(".page-head button").click();
    settle().await;
    let paths: Vec<String> = calls(&stage).into_iter().map(|call| call.path).collect();
    let page = "/api/v1/mail?limit=50";
    assert_eq!(paths, [page, "/api/v1/mail?limit=50&before=7", page, page]);
}

#[wasm_bindgen_test]
async fn a_list_is_narrowed_by_its_address_and_by_a_button() {
    let history = window().history().expect("the page has a history");
    let begin = |address: &str| {
        let replaced = history.replace_state_with_url(&leptos::wasm_bindgen::JsValue::NULL, "", Some(address));
        replaced.expect("the address is of this origin");
    };
    begin("/app/settings/mail?state=failed");
    let stage = show(&answer(true, Vec::new()));
    settle().await;
    assert_eq!(stage.find(".mail-states [aria-pressed=true]").inner_text(), "Failed");
    assert!(stage.find(".state").inner_text().contains("No such mail"));
    stage.find(".mail-states button:nth-child(3)").click();
    settle().await;
    assert_eq!(window().location().search().as_deref(), Ok("?state=sent"));
    stage.find(".mail-states button:first-child").click();
    settle().await;
    assert_eq!(window().location().search().as_deref(), Ok(""));
    let paths: Vec<String> = calls(&stage).into_iter().map(|call| call.path).collect();
    let page = "/api/v1/mail?limit=50";
    assert_eq!(paths, [format!("{page}&state=failed"), format!("{page}&state=sent"), page.to_owned()]);
}

#[wasm_bindgen_test]
async fn a_test_says_how_it_went_by_itself() {
    for (state, answered, expected) in [
        (DeliveryState::Delivered, "answered 250", "Delivered: the server answered 250."),
        (DeliveryState::Parked, "550 no such mailbox", "Not sent. The server\u{2019}s answer: 550 no such mailbox"),
    ] {
        let before = vec![sample::mail(7, DeliveryState::Delivered)];
        let test = Mail { kind: "mail.test".to_owned(), to: "ann@us.test".to_owned(), ..sample::mail(8, state) };
        let after = vec![Mail { answer: answered.to_owned(), ..test }];
        let is_asked = std::sync::atomic::AtomicBool::new(false);
        let reply = move |call: &Call| {
            if call.method == Method::Post {
                assert_eq!(call.path, "/api/v1/mail/test");
                is_asked.store(true, std::sync::atomic::Ordering::Relaxed);
                return Reply { status_code: 202, body: String::new() };
            }
            if call.path == SERVER {
                return server(true);
            }
            ok(&answer(
                true,
                if is_asked.load(std::sync::atomic::Ordering::Relaxed) { after.clone() } else { before.clone() },
            ))
        };
        let stage = Stage::answering(reply, || {
            super::team::sign_in("admin");
            view! { {page()} }
        });
        settle().await;
        stage.find(".mail-setup button").click();
        settle().await;
        assert!(stage.find(".mail-setup [role=status]").inner_text().contains("Sending a test"));
        gloo_timers::future::TimeoutFuture::new(900).await;
        assert_eq!(stage.find(".mail-setup [role=status]").inner_text().trim(), expected);
    }
}
