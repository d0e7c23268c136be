//! A copy of a workspace, from which nothing is sent before an admin releases it.

use knock_wire::{RoleWord, SessionState};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::parts::frame::copy_note::CopyNote;
use crate::state::session::use_session;

const OUTBOUND: &str =
    r#"{"is_held":true,"waiting":[{"destination":"slack","deliveries":120},{"destination":"mail","deliveries":2}]}"#;

fn begin(role: &str, is_held: bool) {
    use_session().begin(SessionState {
        email: "ann@us.test".to_owned(),
        role: RoleWord::parse(role),
        now: 1_795_163_907_123,
        storage: None,
        is_held,
        has_demo: false,
        deliveries: Vec::new(),
        offers_password: false,
        name: "Ann Lee".to_owned(),
    });
}

fn shown(role: &'static str, is_held: bool) -> Stage {
    let answer = |call: &Call| match call.method {
        Method::Post => Reply { status_code: 200, body: r#"{"is_held":false,"waiting":[]}"#.to_owned() },
        _ => Reply { status_code: 200, body: OUTBOUND.to_owned() },
    };
    Stage::answering(answer, move || {
        begin(role, is_held);
        view! { <CopyNote /> }
    })
}

#[wasm_bindgen_test]
async fn members_read_that_nothing_is_sent_and_only_admins_release() {
    settle().await;
    assert!(!shown("admin", false).has(".note"), "the original");
    let of_rep = shown("rep", true);
    assert!(of_rep.text().contains("This is a copy: nothing is sent"));
    assert!(!of_rep.has("button"));
    assert!(shown("admin", true).has(".note button"));
}

#[wasm_bindgen_test]
async fn an_admin_says_what_becomes_of_what_waits() {
    let stage = shown("admin", true);
    settle().await;
    stage.find(".note button").click();
    settle().await;
    let asked = stage.find("dialog").inner_text();
    assert!(asked.contains("120 posts in Slack") && asked.contains("2 mails"), "{asked}");
    stage.find("dialog button[type=submit]").click();
    settle().await;
    assert!(stage.calls().iter().all(|call| call.method == Method::Get), "nothing is chosen yet");
    let discard = stage.all("dialog input").pop().expect("two choices");
    discard.click();
    settle().await;
    stage.find("dialog button[type=submit]").click();
    settle().await;
    let call = stage.calls().into_iter().find(|call| call.method == Method::Post).expect("a release");
    assert_eq!(call.path, "/api/v1/outbound/release");
    assert!(call.body.unwrap_or_default().contains("true"));
    assert!(!stage.has("dialog") && !stage.text().contains("This is a copy"));
    assert!(stage.text().contains("this server sends from now on"));
    stage.find(".note button").click();
    settle().await;
    assert!(!stage.has(".note"));
}
