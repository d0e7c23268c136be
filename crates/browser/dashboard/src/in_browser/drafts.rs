//! Drafts: kept for their member over a reload, and shown in the list.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlTextAreaElement;
use leptos_router::components::Router;
use wasm_bindgen_test::wasm_bindgen_test;

use super::conversation::{answer, press_enter, shown, type_in};
use super::inbox::{line, page, started};
use super::{Stage, settle};
use crate::api::Method;
use crate::api::Reply;
use crate::parts::inbox::inbox_line::InboxLine;
use crate::sample;
use crate::state::inbox::drafts::Begun;
use crate::state::inbox::hold;
use crate::state::inbox::selection::Selection;
use crate::state::inbox::unsent::Mode;
use crate::state::inbox::writing::use_writing;

/// The conversation, opened by this member after the page was loaded.
async fn opened_by(member: &'static str) -> Stage {
    hold::turn(false);
    let stage = Stage::answering(
        |call| match call.method {
            Method::Post => Reply { status_code: 201, body: r#"{"seq":2}"#.to_owned() },
            _ => answer(&sample::record()),
        },
        move || {
            use_writing().restore(member);
            shown()
        },
    );
    settle().await;
    stage
}

fn typed(stage: &Stage) -> String {
    stage.find("textarea").unchecked_into::<HtmlTextAreaElement>().value()
}

#[wasm_bindgen_test]
async fn a_draft_outlives_the_page_for_its_member_alone_until_it_is_sent() {
    let first = opened_by("ann@reload.test").await;
    type_in(&first, "Half a sen");
    settle().await;
    drop(first);
    assert_eq!(typed(&opened_by("bo@reload.test").await), "");
    let second = opened_by("ann@reload.test").await;
    assert_eq!(typed(&second), "Half a sen");
    press_enter(&second, false);
    settle().await;
    drop(second);
    assert_eq!(typed(&opened_by("ann@reload.test").await), "");
}

#[wasm_bindgen_test]
async fn a_draft_of_a_note_comes_back_as_a_note() {
    let first = opened_by("ann@note.test").await;
    first.all(".composer .tab")[1].click();
    type_in(&first, "Between us");
    settle().await;
    drop(first);
    let second = opened_by("ann@note.test").await;
    assert_eq!(typed(&second), "Between us");
    assert!(second.has(".composer-note"));
    type_in(&second, "");
    settle().await;
    drop(second);
    assert!(!opened_by("ann@note.test").await.has(".composer-note"));
}

#[wasm_bindgen_test]
async fn the_list_says_where_a_draft_is_until_the_member_signs_out() {
    let stage = Stage::answering(
        |_| page(Vec::new()),
        || {
            let inbox = started();
            let (selection, writing) = (Selection::start(inbox), use_writing());
            writing.restore("ann@list.test");
            let to = line("ann", None).id;
            let begin = move |_| writing.keep(to, Mode::Reply, Begun { text: "Hi".to_owned(), since: None });
            let drawn = move |name: &str| {
                let row = Signal::stored(line(name, None));
                view! { <InboxLine row inbox selection /> }
            };
            view! {
                <button id="begin" on:click=begin></button>
                <button id="leave" on:click=move |_| writing.clear()></button>
                <Router>{drawn("ann")} {drawn("bob")}</Router>
            }
        },
    );
    settle().await;
    let marked = || stage.all(".inbox-line").iter().map(|line| line.inner_text().contains("Draft")).collect::<Vec<_>>();
    assert_eq!(marked(), [false, false]);
    stage.find("#begin").click();
    settle().await;
    assert_eq!(marked(), [true, false]);
    stage.find("#leave").click();
    settle().await;
    assert_eq!(marked(), [false, false]);
}
