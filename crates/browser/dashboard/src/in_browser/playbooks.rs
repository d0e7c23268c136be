//! Agents > Playbooks: texts, versions, the switch, and the preview.

use knock_model::IntentType;
use knock_wire::{
    AgentSettings, AnswerSource, Author, FoundIn, KnowledgeSite, KnowledgeSites, Playbook, PlaybookVersions, Preview,
    PreviewMessage, SessionState, TextsOf, UnansweredList,
};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use leptos_router::components::Router;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, nothing, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::playbooks::PlaybooksPage;
use crate::sample;
use crate::state::agents::Agents;
use crate::state::session::use_session;

const HOSTILE: &str = "<img src=x onerror=\"window.hacked=1\">";

fn ok(body: &impl serde::Serialize) -> Reply {
    Reply { status_code: 200, body: serde_json::to_string(body).expect("it has a JSON form") }
}

fn preview() -> Preview {
    let source = AnswerSource {
        seq: 1,
        source: FoundIn::Page { title: "Help".to_owned(), url: "https://shop.test/help".to_owned() },
        confidence: 80,
    };
    let greeting = PreviewMessage {
        author: Author::AiAgent,
        text: HOSTILE.to_owned(),
        choices: vec!["Support".to_owned()],
        source: Some(source),
    };
    Preview { messages: vec![greeting], intent_type: IntentType::Support }
}

/// A version of the playbook for the site.
fn of_site(version: u32, texts_of: TextsOf) -> Playbook {
    Playbook { site: Some("demo".to_owned()), texts_of, is_standard: false, ..sample::playbook(version) }
}

/// A workspace with one site and two versions of a playbook for all sites; requests to save get the response of `save`.
fn show(role: &'static str, save: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Stage {
    let answer = move |call: &Call| match (call.method, call.path.as_str()) {
        (Method::Get, "/api/v1/agent") => ok(&AgentSettings { asks_to_clarify: true, rejects_abuse: true }),
        (Method::Get, "/api/v1/knowledge/sites") => ok(&KnowledgeSites {
            sites: vec![KnowledgeSite { key: "demo".to_owned(), name: "Shop".to_owned(), is_demo: false }],
        }),
        (Method::Get, path) if path.starts_with("/api/v1/knowledge/unanswered") => {
            ok(&UnansweredList { questions: Vec::new() })
        }
        (Method::Get, path) if path.contains("?site=") => {
            ok(&PlaybookVersions { versions: vec![of_site(0, TextsOf::Workspace)], own_sites: Vec::new() })
        }
        (Method::Get, _) => {
            let mut own = sample::playbook(1);
            own.steps[0].texts = vec!["Own greeting".to_owned()];
            ok(&PlaybookVersions { versions: vec![own, sample::playbook(0)], own_sites: vec!["demo".to_owned()] })
        }
        (Method::Post, _) => ok(&preview()),
        _ => save(call),
    };
    Stage::answering(answer, move || {
        let session = format!(r#"{{"email":"ann@us.test","role":"{role}","now":{}}}"#, sample::entry().at.0);
        let session: SessionState = serde_json::from_str(&session).expect("a session");
        use_session().begin(session);
        view! {
            <Router>
                <Page />
            </Router>
        }
    })
}

#[component]
fn Page() -> impl IntoView {
    view! { <PlaybooksPage agents=Agents::start() /> }
}

fn button(stage: &Stage, words: &str) -> HtmlElement {
    let mut found = stage
        .all("button")
        .into_iter()
        .filter(|button| button.text_content().is_some_and(|text| text.trim().starts_with(words)));
    found.next().unwrap_or_else(|| panic!("no button {words} in {}", stage.root.inner_html()))
}

fn texts(stage: &Stage) -> Vec<String> {
    let fields = stage.all("textarea").into_iter().map(JsCast::unchecked_into::<HtmlTextAreaElement>);
    fields.map(|field| field.value()).collect()
}

fn write(stage: &Stage, text: &str) {
    let field: HtmlTextAreaElement = stage.find("textarea").unchecked_into();
    field.set_value(text);
    field.dispatch_event(&Event::new("input").expect("an event")).expect("it is dispatched");
}

fn sent(stage: &Stage, method: Method) -> Vec<(String, String)> {
    let calls = stage.calls().into_iter().filter(|call| call.method == method);
    calls.map(|call| (call.path, call.body.unwrap_or_default())).collect()
}

#[wasm_bindgen_test]
async fn texts_are_added_removed_and_saved_in_their_order() {
    let stage = show("manager", |_| ok(&sample::playbook(2)));
    settle().await;
    settle().await;
    assert_eq!(texts(&stage), ["Own greeting", "Of course.", "{rep} is here."]);
    assert!(button(&stage, "Save").has_attribute("disabled") && !stage.text().contains("Unsaved changes"));
    assert!(stage.text().contains("Placeholders: {workspace}, the name of the site."));
    stage.find("#add-greeting").click();
    settle().await;
    assert_eq!(texts(&stage).len(), 4);
    assert!(!stage.text().contains("Unsaved changes"), "an empty text is dropped");
    write(&stage, "Hello");
    button(&stage, "Remove A person is wanted, text 1").click();
    settle().await;
    assert_eq!(document().active_element().map(|field| field.id()).as_deref(), Some("add-human"));
    assert!(stage.text().contains("Unsaved changes"));
    button(&stage, "Save").click();
    settle().await;
    let body = r#"{"version":1,"steps":[{"step":"greeting","texts":["Hello",""]},{"step":"human","texts":["{rep} is here."]}]}"#;
    assert_eq!(sent(&stage, Method::Put), [("/api/v1/playbooks/general/en".to_owned(), body.to_owned())]);
    assert!(stage.text().contains("It was saved as version 2."));
    assert!(!stage.text().contains("Unsaved changes"));
}

#[wasm_bindgen_test]
async fn errors_stand_at_their_texts_and_a_conflict_offers_the_newer_version() {
    let wrong = r#"{"type":"x","title":"A text is wrong","status":422,"errors":[{"pointer":"/steps/1/texts/1","reason":"(human) lacks {x}"}]}"#;
    let stage = show("manager", move |_| Reply { status_code: 422, body: wrong.to_owned() });
    settle().await;
    settle().await;
    write(&stage, "Hello");
    settle().await;
    button(&stage, "Save").click();
    settle().await;
    assert_eq!(stage.find(".step-text.field-wrong .field-error").inner_text(), "This lacks {x}.");
    assert_eq!(
        stage.find("textarea[aria-invalid=true]").id(),
        document().active_element().map(|field| field.id()).unwrap_or_default()
    );

    let stage = show("manager", |_| Reply {
        status_code: 409,
        body: r#"{"type":"x","title":"Changed","status":409}"#.to_owned(),
    });
    settle().await;
    settle().await;
    write(&stage, "Mine");
    settle().await;
    button(&stage, "Save").click();
    settle().await;
    button(&stage, "Load the newer version").click();
    settle().await;
    assert_eq!(texts(&stage)[0], "Own greeting");
    assert!(!stage.text().contains("newer version"));
}

#[wasm_bindgen_test]
async fn a_version_is_put_into_the_form_and_standard_texts_are_set_back_after_a_question() {
    let stage = show("manager", |_| ok(&sample::playbook(0)));
    settle().await;
    settle().await;
    button(&stage, "Restore the standard texts").click();
    settle().await;
    assert_eq!(texts(&stage)[0], "Hi from {workspace}");
    assert!(stage.text().contains("Unsaved changes") && sent(&stage, Method::Put).is_empty());
    button(&stage, "Set back to the standard texts").click();
    settle().await;
    stage.find("dialog button[type=submit]").click();
    settle().await;
    assert_eq!(sent(&stage, Method::Put)[0].1, r#"{"version":1,"steps":[]}"#);
    assert!(!stage.has("dialog"));
}

#[wasm_bindgen_test]
async fn a_site_shows_the_texts_of_all_sites_until_it_has_its_own() {
    let stage = show("manager", |call| {
        let is_saved = call.body.as_ref().is_some_and(|body| body.contains("Ahoy"));
        ok(&if is_saved { of_site(1, TextsOf::Own) } else { of_site(2, TextsOf::Workspace) })
    });
    settle().await;
    settle().await;
    assert!(stage.text().contains("Not used on sites with their own texts: Shop."));
    let choose = |key: &str| {
        let control: HtmlSelectElement = stage.find(".playbook-choice select").unchecked_into();
        control.set_value(key);
        control.dispatch_event(&Event::new("change").expect("an event")).expect("it is dispatched");
    };
    choose("demo");
    settle().await;
    settle().await;
    assert!(stage.text().contains("This site uses the texts of All sites.") && !stage.has("textarea"));
    button(&stage, "Write own texts for this site").click();
    settle().await;
    assert!(!stage.text().contains("This site uses the texts of All sites."));
    write(&stage, "Ahoy");
    settle().await;
    button(&stage, "Save").click();
    settle().await;
    button(&stage, "Use the texts of All sites again").click();
    settle().await;
    stage.find("dialog button[type=submit]").click();
    settle().await;
    let saved = sent(&stage, Method::Put);
    assert!(saved.iter().all(|(path, _)| path == "/api/v1/playbooks/general/en?site=demo"), "{saved:?}");
    assert!(saved[0].1.starts_with(r#"{"version":0,"#) && saved[1].1 == r#"{"version":1,"steps":[]}"#, "{saved:?}");
    assert!(stage.text().contains("The texts of All sites are back as version 2.") && !stage.has("textarea"));
    choose("");
    settle().await;
    settle().await;
    assert_eq!(texts(&stage)[0], "Own greeting");
}

#[wasm_bindgen_test]
async fn a_chat_is_tried_with_the_texts_that_are_not_saved() {
    let stage = show("manager", |_| nothing());
    settle().await;
    settle().await;
    assert!(sent(&stage, Method::Post).last().is_some_and(|(_, body)| !body.contains("draft")));
    let log = stage.find(".preview-log").inner_text();
    assert!(
        log.contains(HOSTILE) && log.contains("From the page Help") && !log.contains("80") && !stage.has("img"),
        "{log}"
    );
    assert!(stage.text().contains("Knock: Intent Type: Support"));
    write(&stage, "Hello");
    stage.find(".preview-offered button").click();
    settle().await;
    let (path, body) = sent(&stage, Method::Post).last().cloned().unwrap_or_default();
    assert_eq!(path, "/api/v1/playbooks/preview");
    assert!(body.contains(r#""messages":["Support"]"#) && body.contains(r#""texts":["Hello"]"#), "{body}");
    assert_eq!(document().active_element().map(|field| field.id()).as_deref(), Some("preview-text"));
    button(&stage, "Start over").click();
    settle().await;
    assert!(sent(&stage, Method::Post).last().is_some_and(|(_, body)| body.contains(r#""messages":[]"#)));
}

#[wasm_bindgen_test]
async fn the_switch_is_saved_at_once_and_set_back_where_it_is_refused() {
    let stage =
        show("manager", |_| Reply { status_code: 503, body: r#"{"type":"x","title":"Busy","status":503}"#.to_owned() });
    settle().await;
    settle().await;
    let switch = || stage.find("[role=switch]").unchecked_into::<HtmlInputElement>();
    assert!(switch().checked());
    switch().click();
    settle().await;
    let body = r#"{"asks_to_clarify":false,"rejects_abuse":true}"#;
    assert_eq!(sent(&stage, Method::Put), [("/api/v1/agent".to_owned(), body.to_owned())]);
    assert!(switch().checked() && stage.text().contains("Busy"));
}

#[wasm_bindgen_test]
async fn a_rep_reads_and_tries_all_of_it_and_changes_nothing() {
    let stage = show("rep", |_| nothing());
    settle().await;
    settle().await;
    assert!(stage.text().contains("Own greeting") && stage.text().contains("On:"));
    for control in ["textarea", "[role=switch]", "#add-greeting", ".known-actions button"] {
        assert!(!stage.has(control), "{control}");
    }
    assert!(stage.find(".playbook-bar").has_attribute("hidden"));
    assert!(stage.has("#preview-text"));
}
