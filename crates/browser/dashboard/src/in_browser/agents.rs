//! Agents: the knowledge of a site, and its unanswered questions.

use knock_model::{ConversationId, Millis, SourceKind, SourceState};
use knock_wire::{
    FoundAnswer, FoundIn, KnowledgeList, KnowledgePassage, KnowledgeScore, KnowledgeSite, KnowledgeSites,
    KnowledgeSource, KnowledgeSourceRecord, KnowledgeTried, KnownAnswer, LiveEvent, OfferedQuestion, SessionState,
    SuggestedWording, UnansweredList, UnansweredQuestion,
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
        let site = KnowledgeSite { key: "demo".to_owned(), name: HOSTILE.to_owned(), is_demo: false };
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
    KnowledgeList {
        answers: vec![sample::answer(1), sample::answer(2)],
        sources: vec![page, failed, file],
        suggested: Vec::new(),
    }
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
    stage.find("details:not([hidden]) summary").click();
    settle().await;
    assert!(stage.text().contains("Three days to Norway."));
}

#[wasm_bindgen_test]
async fn a_question_is_tried_and_says_where_its_answer_stands() {
    let is_known = AtomicBool::new(true);
    let stage = knowledge("rep", some(), move |_| {
        if !is_known.swap(false, Ordering::Relaxed) {
            return ok(&KnowledgeTried::default());
        }
        let source = FoundIn::Page { title: "Help".to_owned(), url: "https://shop.test/help".to_owned() };
        let found = FoundAnswer { text: HOSTILE.to_owned(), source: source.clone(), confidence: 71 };
        let words = vec![HOSTILE.to_owned(), "oslo".to_owned()];
        let scores = vec![KnowledgeScore { source, score: 64, words }];
        let why = format!("Answered: {HOSTILE}");
        ok(&KnowledgeTried { found: Some(found), scores, why, ..KnowledgeTried::default() })
    });
    settle().await;
    button(&stage, "Try").click();
    settle().await;
    let text = stage.find(".tried").inner_text();
    assert!(text.contains("From the page") && text.contains("<img") && !text.contains("71"), "{text}");
    assert!(text.contains("Why: Answered: <img") && !stage.has("img"), "{text}");
    assert!(stage.find(".tried-scores tbody").inner_text().contains("64"));
    assert_eq!(stage.find(".tried a").get_attribute("href").as_deref(), Some("https://shop.test/help"));
    button(&stage, "Try").click();
    settle().await;
    assert!(stage.find(".tried").inner_text().contains("No answer."));
}

#[wasm_bindgen_test]
async fn a_trial_shows_offers_as_a_visitor_would_see_them_and_the_act() {
    let stage = knowledge("rep", some(), |_| {
        let offered = ["Question 1?", HOSTILE]
            .map(|text| OfferedQuestion { id: sample::answer(1).id, question: text.to_owned() });
        let (act, why) = (Some("asks_human".to_owned()), "Offered: two questions are close.".to_owned());
        ok(&KnowledgeTried { act, why, offered: offered.to_vec(), ..KnowledgeTried::default() })
    });
    settle().await;
    button(&stage, "Try").click();
    settle().await;
    let text = stage.find(".tried").inner_text();
    assert!(text.contains("Act: asks human") && text.contains("two questions are close"), "{text}");
    assert_eq!(stage.all(".tried-offer").len(), 2);
    assert!(!stage.has("img") && !text.contains("No answer."), "{text}");
}

#[wasm_bindgen_test]
async fn wordings_are_added_line_by_line_with_errors_at_their_lines() {
    let known = KnownAnswer { wordings: vec!["Oslo?".to_owned()], ..sample::answer(1) };
    let list = KnowledgeList { answers: vec![known], ..some() };
    let is_wrong = AtomicBool::new(true);
    let stage = knowledge("manager", list, move |_| {
        if is_wrong.swap(false, Ordering::Relaxed) {
            let body = r#"{"type":"x","title":"A field is wrong","status":422,"errors":[{"pointer":"/wordings/1","reason":"is the question already"}]}"#;
            return Reply { status_code: 422, body: body.to_owned() };
        }
        ok(&sample::answer(1))
    });
    settle().await;
    assert!(stage.text().contains("+ 1 wording"));
    button(&stage, "Edit").click();
    settle().await;
    button(&stage, "Add a wording").click();
    settle().await;
    button(&stage, "Add a wording").click();
    settle().await;
    let field = format!("answer-{}-wording-2", sample::answer(1).id);
    assert_eq!(document().active_element().map(|field| field.id()).as_deref(), Some(field.as_str()));
    fill(&stage, &format!("#{field}"), "Question 1?");
    button(&stage, "Save").click();
    settle().await;
    assert_eq!(stage.all(".wordings input").len(), 2, "empty lines are dropped");
    assert!(stage.find(&format!("#{field}-notes")).inner_text().contains("is the question already"));
    assert_eq!(document().active_element().map(|field| field.id()).as_deref(), Some(field.as_str()));
    fill(&stage, &format!("#{field}"), "Bergen?");
    button(&stage, "Save").click();
    settle().await;
    assert!(sent(&stage)[1].1.contains(r#""wordings":["Oslo?","Bergen?"]"#), "{:?}", sent(&stage));
}

#[wasm_bindgen_test]
async fn wordings_of_leads_are_accepted_or_dismissed_beside_their_question() {
    let id = sample::answer(1).id;
    let suggested = [(HOSTILE, 3), ("Oslo & Bergen?", 1)].map(|(text, times)| SuggestedWording {
        answer: id,
        text: text.to_owned(),
        times,
        last_at: Millis(1),
    });
    let list = KnowledgeList { suggested: suggested.to_vec(), ..some() };
    let change = |call: &Call| if call.method == Method::Delete { done() } else { ok(&sample::answer(1)) };
    let stage = knowledge("manager", list, change);
    settle().await;
    let text = stage.find(".suggested").inner_text();
    assert!(text.contains("(3 times)") && text.contains("(once)") && !stage.has("img"), "{text}");
    stage.find(".suggested-line .known-actions button").click();
    settle().await;
    stage.find(".suggested-line:nth-child(2) .known-actions button:nth-child(2)").click();
    settle().await;
    let paths: Vec<String> = sent(&stage).into_iter().map(|(path, _)| path).collect();
    let wordings = format!("/api/v1/knowledge/answers/{id}/wordings");
    assert_eq!(paths, [wordings.clone(), format!("{wordings}?text=Oslo%20%26%20Bergen%3F")]);
}

#[wasm_bindgen_test]
async fn a_question_becomes_a_wording_of_a_known_one_and_leaves_the_list() {
    let change = |call: &Call| if call.path.ends_with("/wordings") { ok(&sample::answer(2)) } else { done() };
    let stage = show("manager", some(), vec![question("aa")], change, |agents| view! { <UnansweredPage agents /> });
    settle().await;
    stage.find("#same-as-aa").click();
    settle().await;
    assert_eq!(document().active_element().map(|field| field.id()).as_deref(), Some("same-aa"));
    assert_eq!(stage.all(".same-choice").len(), 2);
    fill(&stage, "#same-aa", "question 2");
    settle().await;
    assert_eq!(stage.all(".same-choice").len(), 1);
    button(&stage, "Question 2?").click();
    settle().await;
    let paths: Vec<String> = sent(&stage).into_iter().map(|(path, _)| path).collect();
    let wordings = format!("/api/v1/knowledge/answers/{}/wordings", sample::answer(2).id);
    assert_eq!(paths, [wordings, "/api/v1/knowledge/unanswered/dismiss".to_owned()]);
    assert!(stage.text().contains("It is a wording of") && stage.text().contains("No unanswered questions"));
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
