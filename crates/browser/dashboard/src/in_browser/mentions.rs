//! Mentions in notes: chosen from the list of members, and sent by their ids.

use knock_model::RepId;
use knock_wire::{Assignee, AssigneeList};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlTextAreaElement;
use wasm_bindgen_test::wasm_bindgen_test;

use super::conversation::{answer, posts, press_enter, type_in};
use super::{Stage, settle};
use crate::api::{Method, Reply};
use crate::parts::inbox::composer::Composer;
use crate::sample;
use crate::state::inbox::composing::Composing;
use crate::state::inbox::hold;
use crate::state::inbox::shortcuts::Shortcuts;
use crate::state::inbox::team::Team;
use crate::state::inbox::thread::Thread;
use crate::state::inbox::unsent::Mode;

fn lena() -> Assignee {
    let (email, name) = ("lena@us.test".to_owned(), "Lena Ohl".to_owned());
    Assignee { id: RepId::new([7; 16]), email, name, picture: String::new() }
}

/// A composer of notes in a team with Lena.
fn noting() -> Stage {
    Stage::answering(
        |call| match (call.method, call.path.as_str()) {
            (Method::Post, _) => Reply { status_code: 201, body: String::new() },
            (_, "/api/v1/assignees") => {
                let body = serde_json::to_string(&AssigneeList { assignees: vec![lena()] }).expect("JSON");
                Reply { status_code: 200, body }
            }
            _ => answer(&sample::record()),
        },
        || {
            hold::turn(false);
            provide_context(Team::start());
            let composing = Composing::start(Thread::start(sample::conversation().id));
            composing.choose(Mode::Note);
            view! { <Composer composing shortcuts=Shortcuts::start() /> }
        },
    )
}

fn written(stage: &Stage) -> String {
    stage.find(".composer textarea").unchecked_into::<HtmlTextAreaElement>().value()
}

#[wasm_bindgen_test]
async fn an_at_sign_lists_members_and_enter_takes_one_and_then_sends() {
    let stage = noting();
    settle().await;
    type_in(&stage, "Ask @l");
    settle().await;
    assert!(stage.find("#mention-picker").inner_text().contains("Lena Ohl"));
    press_enter(&stage, false);
    settle().await;
    assert_eq!(written(&stage), "Ask @Lena Ohl ");
    assert!(stage.has("#mention-picker[hidden]"));
    assert_eq!(posts(&stage), [], "it was taken, not sent");
    type_in(&stage, "Ask @Lena Ohl today");
    settle().await;
    press_enter(&stage, false);
    settle().await;
    let sent = posts(&stage);
    let body = sent.first().and_then(|call| call.body.clone()).unwrap_or_default();
    assert!(body.contains(&format!(r#""mentions":["{}"]"#, lena().id)), "{body}");
}
