//! The question what becomes of the open chats of an absent member, and the escalation of the team.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlInputElement, HtmlSelectElement};
use leptos_router::components::Router;
use wasm_bindgen_test::wasm_bindgen_test;

use super::team::sign_in;
use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::team::TeamPage;
use crate::parts::frame::hand_over::HandOverQuestion;
use crate::parts::page::presence_button::PresenceButton;
use crate::parts::settings::escalation::Escalation;

const MEMBERS: &str = include_str!("../../../../../tests/wire/member_list.json");
const BO: &str = "0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b";
const ANN: &str = "0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a";

fn ok(body: impl Into<String>) -> Reply {
    Reply { status_code: 200, body: body.into() }
}

fn assignees() -> String {
    let member = |id: &str, email: &str| format!(r#"{{"id":"{id}","email":"{email}","name":"A"}}"#);
    format!(r#"{{"assignees":[{},{}]}}"#, member(ANN, "ann@us.test"), member(BO, "bo@us.test"))
}

fn away(open_chats: u32) -> String {
    format!(
        r#"{{"state":"away","absence":{{"since":1795163907123,"is_long":false,"will_be_long":true,"open_chats":{open_chats},"waiting_chats":1}}}}"#
    )
}

fn switching(open_chats: u32) -> Stage {
    let answer = move |call: &Call| match (call.method, call.path.as_str()) {
        (Method::Put, _) => ok(away(open_chats)),
        (Method::Post, _) => ok(r#"{"chats":2,"kept":1}"#),
        (_, "/api/v1/assignees") => ok(assignees()),
        _ => ok(r#"{"state":"active"}"#),
    };
    Stage::answering(answer, || {
        sign_in("rep");
        view! {
            <PresenceButton />
            <HandOverQuestion />
        }
    })
}

fn choose(stage: &Stage, selector: &str, value: &str) {
    let choice: HtmlSelectElement = stage.find(selector).unchecked_into();
    choice.set_value(value);
    choice.dispatch_event(&Event::new("change").expect("an event")).expect("it is dispatched");
}

fn hand_over(stage: &Stage) -> Option<Call> {
    stage.calls().into_iter().find(|call| call.path.ends_with("/hand-over"))
}

#[wasm_bindgen_test]
async fn who_goes_away_with_open_chats_chooses_who_gets_them() {
    let stage = switching(3);
    settle().await;
    stage.find(".presence").click();
    settle().await;
    let asked = stage.find("dialog").inner_text();
    assert!(asked.contains("Hand over your open chats?"), "{asked}");
    assert!(asked.contains("You have 3 open chats, 1 of them waiting."), "{asked}");
    assert_eq!(stage.all("#hand-over-to option").len(), 2, "the rules, and one colleague");
    choose(&stage, "#hand-over-to", BO);
    stage.find("dialog button[type=submit]").click();
    settle().await;
    let call = hand_over(&stage).expect("a hand-over");
    assert_eq!(call.path, format!("/api/v1/members/{ANN}/hand-over"));
    assert!(call.body.unwrap_or_default().contains(BO));
    assert!(!stage.has("dialog"));
    let said = stage.find(".note").inner_text();
    assert!(said.contains("2 chats were handed over. 1 stays with you"), "{said}");
    stage.find(".note button").click();
    settle().await;
    assert!(!stage.has(".note"));
}

#[wasm_bindgen_test]
async fn who_keeps_their_chats_or_has_none_hands_nothing_over() {
    let stage = switching(3);
    settle().await;
    stage.find(".presence").click();
    settle().await;
    stage.find("dialog button[type=button]").click();
    settle().await;
    assert!(!stage.has("dialog") && hand_over(&stage).is_none());
    drop(stage);
    let stage = switching(0);
    settle().await;
    stage.find(".presence").click();
    settle().await;
    assert!(!stage.has("dialog"));
}

#[wasm_bindgen_test]
async fn a_long_absence_stands_in_the_team_for_those_who_may_hand_over() {
    let reps =
        include_str!("../../../../../tests/wire/rep_list.json").replace(r#""is_long": false"#, r#""is_long": true"#);
    for (role, is_offered) in [("manager", true), ("rep", false)] {
        let reps = reps.clone();
        let answer = move |call: &Call| match call.path.as_str() {
            "/api/v1/reps" => ok(reps.clone()),
            "/api/v1/assignees" => ok(assignees()),
            _ => ok(MEMBERS),
        };
        let stage = Stage::answering(answer, move || {
            sign_in(role);
            view! {
                <TeamPage />
                <HandOverQuestion />
            }
        });
        settle().await;
        let line = stage.find(".person:first-child").text_content().unwrap_or_default();
        assert_eq!(line.contains("7 open chats, 3 waiting"), is_offered, "{line}");
        if is_offered {
            stage.find(".person:first-child .person-actions > button:not([hidden])").click();
            settle().await;
            let asked = stage.find("dialog").inner_text();
            assert!(asked.contains("They have 7 open chats, 3 of them waiting."), "{asked}");
        }
    }
}

fn escalation(role: &'static str) -> Stage {
    let answer = |call: &Call| match call.method {
        Method::Put => ok(call.body.clone().unwrap_or_default()),
        _ => ok(r#"{"pool_minutes":10,"manager_minutes":30}"#),
    };
    Stage::answering(answer, move || {
        sign_in(role);
        view! { <Router><Escalation /></Router> }
    })
}

#[wasm_bindgen_test]
async fn the_escalation_is_changed_by_those_who_may_and_read_by_all() {
    let stage = escalation("manager");
    settle().await;
    let minutes: HtmlInputElement = stage.find("#pool-minutes").unchecked_into();
    assert_eq!(minutes.value(), "10");
    minutes.set_value("5");
    minutes.dispatch_event(&Event::new("change").expect("an event")).expect("it is dispatched");
    choose(&stage, "#absence", "hours");
    settle().await;
    stage.find("button[type=submit]").click();
    settle().await;
    let call = stage.calls().into_iter().find(|call| call.method == Method::Put).expect("it is saved");
    assert_eq!(call.body.as_deref(), Some(r#"{"pool_minutes":5,"manager_minutes":30,"absence_hours":24}"#));
    assert!(stage.text().contains("Saved."));
    drop(stage);
    let stage = escalation("rep");
    settle().await;
    assert!(!stage.has("form") && stage.text().contains("managers and admins after 30 minutes"), "{}", stage.text());
}
