//! Agents > Test sentences: added, marked where they differ, accepted, removed and brought back.

use knock_wire::{KnowledgeSite, KnowledgeSites, SessionState, TestResult, TestRun, TestSentenceList, UnansweredList};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlElement, HtmlTextAreaElement};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::test_sentences::TestSentencesPage;
use crate::sample;
use crate::state::agents::Agents;
use crate::state::session::use_session;

const HOSTILE: &str = "<img src=x onerror=\"window.hacked=1\">";

fn ok(body: &impl serde::Serialize) -> Reply {
    Reply { status_code: 200, body: serde_json::to_string(body).expect("it has a JSON form") }
}

fn answer(call: &Call, results: &[TestResult]) -> Reply {
    let path = call.path.as_str();
    if path == "/api/v1/knowledge/sites" {
        let site = KnowledgeSite { key: "demo".to_owned(), name: "Demo".to_owned(), is_demo: true };
        ok(&KnowledgeSites { sites: vec![site] })
    } else if path.starts_with("/api/v1/knowledge/unanswered") {
        ok(&UnansweredList { questions: Vec::new() })
    } else if call.method == Method::Put {
        ok(&TestSentenceList::default())
    } else {
        ok(&TestRun { results: results.to_vec() })
    }
}

/// The page for a member in a role, with these results.
fn page(role: &'static str, results: Vec<TestResult>) -> Stage {
    Stage::answering(
        move |call: &Call| answer(call, &results),
        move || {
            let session = format!(r#"{{"email":"ann@us.test","role":"{role}","now":{}}}"#, sample::entry().at.0);
            let session: SessionState = serde_json::from_str(&session).expect("a session");
            use_session().begin(session);
            let agents = Agents::start();
            view! { <TestSentencesPage agents /> }
        },
    )
}

fn result(text: &str, now: &str, accepted: Option<&str>) -> TestResult {
    let accepted = accepted.map(str::to_owned);
    TestResult { text: text.to_owned(), now: now.to_owned(), accepted, accepted_at: None }
}

fn some() -> Vec<TestResult> {
    vec![
        result("hi", "Act: greeting", Some("No answer")),
        result(HOSTILE, "No answer", None),
        result("bye", "Act: bye", Some("Act: bye")),
    ]
}

fn button(stage: &Stage, words: &str) -> HtmlElement {
    let is_it = |button: &HtmlElement| button.text_content().is_some_and(|text| text.trim().starts_with(words));
    stage.all("button").into_iter().find(is_it).unwrap_or_else(|| panic!("no button {words}"))
}

/// The saved sentences, each request.
fn saved(stage: &Stage) -> Vec<String> {
    let calls = stage.calls().into_iter().filter(|call| call.method == Method::Put);
    calls.map(|call| call.body.unwrap_or_default()).collect()
}

#[wasm_bindgen_test]
async fn what_differs_is_marked_and_accepted_as_it_is_shown() {
    let stage = page("manager", some());
    settle().await;
    let text = stage.text();
    for expected in
        ["3 of 200", "3 sentences: 1 changed, 1 new", "Was: No answer; now: Act: greeting", "As accepted: Act: bye"]
    {
        assert!(text.contains(expected), "{expected} is not in {text}");
    }
    assert!(!stage.has("img"), "sentences are text");
    button(&stage, "Accept these results").click();
    settle().await;
    let all = &saved(&stage)[0];
    assert!(all.contains(r#"{"text":"hi","accepted":"Act: greeting"}"#), "{all}");
    assert!(stage.text().contains("These results are accepted."));
    button(&stage, "Undo").click();
    settle().await;
    let all = &saved(&stage)[1];
    assert!(all.contains(r#"{"text":"hi","accepted":"No answer"}"#), "{all}");
}

#[wasm_bindgen_test]
async fn sentences_are_added_line_by_line_and_removed_with_an_undo() {
    let stage = page("manager", some());
    settle().await;
    let field: HtmlTextAreaElement = stage.find("#new-sentences").unchecked_into();
    field.set_value("Where is my parcel?\nhi\n");
    field.dispatch_event(&Event::new("input").expect("an event")).expect("it is dispatched");
    button(&stage, "Add").click();
    settle().await;
    let all = &saved(&stage)[0];
    assert!(all.ends_with(r#"{"text":"Where is my parcel?"}]}"#) && all.matches(r#""hi""#).count() == 1, "{all}");
    assert_eq!(stage.find("#new-sentences").unchecked_into::<HtmlTextAreaElement>().value(), "");
    stage.find(".known-list .known-actions button").click();
    settle().await;
    assert!(!saved(&stage)[1].contains(r#""hi""#), "{:?}", saved(&stage));
    button(&stage, "Undo").click();
    settle().await;
    assert!(saved(&stage)[2].contains(r#""hi""#), "{:?}", saved(&stage));
}

#[wasm_bindgen_test]
async fn a_rep_runs_them_and_changes_nothing() {
    let stage = page("rep", some());
    settle().await;
    assert!(!stage.has("textarea, .known-actions"));
    let runs = || stage.calls().iter().filter(|call| call.path.ends_with("/tests/run")).count();
    assert_eq!(runs(), 1);
    button(&stage, "Run again").click();
    settle().await;
    assert_eq!(runs(), 2);
    assert!(!stage.text().contains("Accept these results"));
}
