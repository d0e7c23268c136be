//! Agents: the knowledge of a site, and its unanswered questions.

use knock_model::{ConversationId, Millis, SourceKind, SourceState};
use knock_wire::{
    FoundAnswer, FoundIn, KnowledgeList, KnowledgePassage, KnowledgeSite, KnowledgeSites, KnowledgeSource,
    KnowledgeSourceRecord, KnowledgeTried, LiveEvent, SessionState, UnansweredList, UnansweredQuestion,
};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlElement, HtmlTextAreaElement};
use std::sync::atomic::{AtomicBool, Ordering};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, nothing, settle};
use crate::api::{Call, Method, Reply};
use crate::kit::reactive::handler;
use crate::pages::knowledge::KnowledgePage;
use crate::pages::unanswered::UnansweredPage;
use crate::sample;
use crate::state::agents::Agents;
use crate::state::live::use_live;
use crate::state::session::use_session;

const HOSTILE: &str = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";

fn ok(body: &impl serde::Serialize) -> Reply {
    Reply { status_code: 200, body: serde_json::to_string(body).expect("it has a JSON form") }
}

fn done() -> Reply {
    Reply { status_code: 204, body: String::new() }
}

/// A workspace with one site, whose knowledge is `known`.
fn read(call: &Call, known: &KnowledgeList, asked: &[UnansweredQuestion]) -> Reply {
    let path = call.path.as_str();
    if path == "/api/v1/knowledge/sites" {
        let site = KnowledgeSite { key: "demo".to_owned(), name: HOSTILE.to_owned() };
        ok(&KnowledgeSites { sites: vec![site] })
    } else if path.starts_with("/api/v1/knowledge/unanswered") {
        ok(&UnansweredList { questions: asked.to_vec() })
    } else if path.starts_with("/api/v1/knowledge/sources/") {
        let passage = KnowledgePassage {
            position: 0,
            title: HOSTILE.to_owned(),
            heading: "Shipping".to_owned(),
            url: "https://shop.test/1".to_owned(),
            text: "Three days to Norway.".to_owned(),
        };
        let source = sample::source(1, SourceKind::Page, SourceState::Ready);
        ok(&KnowledgeSourceRecord { source, passages: vec![passage], next: None })
    } else {
        ok(known)
    }
}

/// Shows a page for a member in a role; requests for changes get the response of `change`.
fn show<V: IntoView + 'static>(
    role: &'static str,
    known: KnowledgeList,
    asked: Vec<UnansweredQuestion>,
    change: impl Fn(&Call) -> Reply + Send + Sync + 'static,
    page: impl FnOnce(Agents) -> V + 'static,
) -> Stage {
    let answer = move |call: &Call| match call.method {
        Method::Get => read(call, &known, &asked),
        Method::Post | Method::Put | Method::Patch | Method::Delete => change(call),
    };
    Stage::answering(answer, move || {
        let session = format!(r#"{{"email":"ann@us.test","role":"{role}","now":{}}}"#, sample::entry().at.0);
        let session: SessionState = serde_json::from_str(&session).expect("a session");
        use_session().begin(session);
        page(Agents::start())
    })
}

fn knowledge(
    role: &'static str,
    known: KnowledgeList,
    change: impl Fn(&Call) -> Reply + Send + Sync + 'static,
) -> Stage {
    show(role, known, Vec::new(), change, |agents| view! { <KnowledgePage agents /> })
}

fn some() -> KnowledgeList {
    let failed = KnowledgeSource {
        error: Some(format!("The page answered 404 {HOSTILE}")),
        ..sample::source(2, SourceKind::Sitemap, SourceState::Failed)
    };
    let page = sample::source(1, SourceKind::Page, SourceState::Ready);
    let file = sample::source(3, SourceKind::File, SourceState::Ready);
    KnowledgeList { answers: vec![sample::answer(1), sample::answer(2)], sources: vec![page, failed, file] }
}

fn question(id: &str) -> UnansweredQuestion {
    UnansweredQuestion {
        id: id.to_owned(),
        question: HOSTILE.to_owned(),
        times: 3,
        last_at: Millis(1_795_163_907_123),
        conversation: ConversationId::new([6; 16]),
    }
}

/// The button whose text begins with `words`.
fn button(stage: &Stage, words: &str) -> HtmlElement {
    let mut found = stage
        .all("button")
        .into_iter()
        .filter(|button| button.text_content().is_some_and(|text| text.trim().starts_with(words)));
    found.next().unwrap_or_else(|| panic!("no button {words} in {}", stage.root.inner_html()))
}

fn fill(stage: &Stage, selector: &str, text: &str) {
    let field: HtmlTextAreaElement = stage.find(selector).unchecked_into();
    field.set_value(text);
    field.dispatch_event(&Event::new("input").expect("an event")).expect("it is dispatched");
}

fn sent(stage: &Stage) -> Vec<(String, String)> {
    let calls = stage.calls().into_iter().filter(|call| call.method != Method::Get);
    calls.map(|call| (call.path, call.body.unwrap_or_default())).collect()
}

#[wasm_bindgen_test]
async fn what_is_known_is_listed_as_text_with_counts() {
    let stage = knowledge("manager", some(), |_| nothing());
    settle().await;
    let text = stage.text();
    for expected in [
        "2 of 500",
        "3 of 50 sources, files included; 6 of 20,000 passages",
        "Question 2?",
        "Answer 1.",
        "https://shop.test/1",
        "The page answered 404 <img",
        "Failed",
        "3.pdf",
        "PDF, 2 KiB",
    ] {
        assert!(text.contains(expected), "{expected} is not in {text}");
    }
    assert!(!stage.has("img, script"), "texts from outside are text");
    assert!(!text.contains("No knowledge"));
    assert_eq!(stage.all("h1").len(), 1);
}

#[wasm_bindgen_test]
async fn a_new_site_says_what_the_agent_can_do_and_how_it_learns() {
    let stage = knowledge("manager", KnowledgeList::default(), |_| nothing());
    settle().await;
    assert!(stage.text().contains("No knowledge for this site yet"));
    button(&stage, "Write an answer").click();
    settle().await;
    assert!(stage.has("#new-answer-question"));
}

#[wasm_bindgen_test]
async fn a_rep_reads_all_of_it_and_changes_nothing() {
    let stage = knowledge("rep", some(), |_| nothing());
    settle().await;
    assert!(stage.text().contains("Question 1?"));
    for control in ["textarea", "#file-input", "#source-address", ".known-actions button", "#add-answer"] {
        assert!(!stage.has(control), "{control}");
    }
    assert!(stage.has("#try-question"));
}

#[wasm_bindgen_test]
async fn an_answer_is_added_with_errors_at_their_fields() {
    let is_wrong = AtomicBool::new(true);
    let stage = knowledge("manager", some(), move |_| {
        if is_wrong.swap(false, Ordering::Relaxed) {
            let body = r#"{"type":"x","title":"A field is wrong","status":422,"errors":[{"pointer":"/answer","reason":"must have 1 to 2000 characters"}]}"#;
            return Reply { status_code: 422, body: body.to_owned() };
        }
        ok(&sample::answer(9))
    });
    settle().await;
    button(&stage, "Add a question").click();
    settle().await;
    fill(&stage, "#new-answer-question", "Do you ship?");
    button(&stage, "Save").click();
    settle().await;
    assert!(stage.find("#new-answer-answer-notes").inner_text().contains("must have 1 to 2000"));
    assert_eq!(document().active_element().map(|field| field.id()).as_deref(), Some("new-answer-answer"));
    fill(&stage, "#new-answer-answer", "Yes.");
    button(&stage, "Save").click();
    settle().await;
    let body = r#"{"site":"demo","question":"Do you ship?","answer":"Yes."}"#;
    assert_eq!(sent(&stage)[1], ("/api/v1/knowledge/answers".to_owned(), body.to_owned()));
    assert!(!stage.has("form textarea") && stage.text().contains("The question was added."));
    assert_eq!(document().active_element().map(|field| field.id()).as_deref(), Some("add-answer"));
}

#[wasm_bindgen_test]
async fn an_answer_is_deleted_after_a_question() {
    let stage = knowledge("manager", some(), |_| done());
    settle().await;
    button(&stage, "Delete").click();
    settle().await;
    assert!(sent(&stage).is_empty());
    stage.find("dialog button[type=submit]").click();
    settle().await;
    assert_eq!(sent(&stage), [(format!("/api/v1/knowledge/answers/{}", sample::answer(1).id), String::new())]);
    assert!(!stage.has("dialog"));
    assert!(stage.find(".agents-parts").is_same_node(document().active_element().as_deref()));
}

#[wasm_bindgen_test]
async fn a_change_that_comes_live_is_asked_for_and_passages_are_read_when_opened() {
    let stage = show(
        "rep",
        some(),
        Vec::new(),
        |_| nothing(),
        |agents| {
            let live = use_live();
            view! {
                <button id="demo" on:click=handler(move |_| live.tell(&LiveEvent::Knowledge("demo".to_owned())))>

                </button>
                <button id="other" on:click=handler(move |_| live.tell(&LiveEvent::Knowledge("other".to_owned())))>

                </button>
                <KnowledgePage agents />
            }
        },
    );
    settle().await;
    let asked = || stage.calls().iter().filter(|call| call.path == "/api/v1/knowledge?site=demo").count();
    assert_eq!(asked(), 1);
    stage.find("#other").click();
    settle().await;
    assert_eq!(asked(), 1);
    stage.find("#demo").click();
    settle().await;
    assert_eq!(asked(), 2);
    assert!(!stage.text().contains("Three days to Norway."));
    stage.find("details summary").click();
    settle().await;
    assert!(stage.text().contains("Three days to Norway."));
}

#[wasm_bindgen_test]
async fn a_question_is_tried_and_says_where_its_answer_stands() {
    let is_known = AtomicBool::new(true);
    let stage = knowledge("rep", some(), move |_| {
        let found = is_known.swap(false, Ordering::Relaxed).then(|| FoundAnswer {
            text: HOSTILE.to_owned(),
            source: FoundIn::Page { title: "Help".to_owned(), url: "https://shop.test/help".to_owned() },
            confidence: 71,
        });
        ok(&KnowledgeTried { found })
    });
    settle().await;
    button(&stage, "Try").click();
    settle().await;
    let text = stage.find(".tried").inner_text();
    assert!(text.contains("From the page") && text.contains("confidence 71 %") && text.contains("<img"), "{text}");
    assert_eq!(stage.find(".tried a").get_attribute("href").as_deref(), Some("https://shop.test/help"));
    button(&stage, "Try").click();
    settle().await;
    assert!(stage.find(".tried").inner_text().contains("No answer."));
}

#[wasm_bindgen_test]
async fn a_question_is_taught_by_one_click_and_leaves_the_list() {
    let change = |call: &Call| if call.path.ends_with("/answers") { ok(&sample::answer(1)) } else { done() };
    let asked = vec![question("aa"), question("bb")];
    let stage = show("manager", some(), asked, change, |agents| view! { <UnansweredPage agents /> });
    settle().await;
    assert!(stage.text().contains("Asked 3 times") && !stage.has("img"));
    stage.find("#teach-aa").click();
    settle().await;
    assert_eq!(document().active_element().map(|field| field.id()).as_deref(), Some("new-answer-answer"));
    fill(&stage, "#new-answer-answer", "Yes.");
    button(&stage, "Save").click();
    settle().await;
    let paths: Vec<String> = sent(&stage).into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["/api/v1/knowledge/answers", "/api/v1/knowledge/unanswered/dismiss"]);
    assert!(!stage.has("#teach-aa") && stage.has("#teach-bb"));
    assert!(stage.text().contains("from now on"));
    button(&stage, "Dismiss").click();
    settle().await;
    assert_eq!(sent(&stage)[2].1, r#"{"site":"demo","question":"bb"}"#);
    assert!(stage.text().contains("No unanswered questions"));
}
