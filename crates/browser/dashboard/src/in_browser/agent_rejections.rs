//! Agents > Rejections: conditions by kind of agent, the reason, and saving.

use knock_routing::Condition;
use knock_wire::{AgentRejection, AgentRejections, KnowledgeSites, RuleInputs, SessionState, UnansweredList};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlElement, HtmlInputElement};
use leptos_router::components::Router;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::agent_rejections::AgentRejectionsPage;
use crate::sample;
use crate::state::agents::Agents;
use crate::state::session::use_session;

fn ok(body: &impl serde::Serialize) -> Reply {
    Reply { status_code: 200, body: serde_json::to_string(body).expect("it has a JSON form") }
}

fn stored() -> AgentRejections {
    let one = |kind: &str, when: &str| AgentRejection {
        kind: kind.to_owned(),
        is_on: false,
        when: serde_json::from_str::<Condition>(when).expect("a condition"),
        reason: "Job seeker".to_owned(),
    };
    let free = r#"{"any":[{"field":"email.is_free","op":"eq","value":true}]}"#;
    AgentRejections { agents: vec![one("hiring", free), one("general", r#"{"any":[]}"#)] }
}

/// The page of a member; requests to save get the response of `save`.
fn show(role: &'static str, save: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Stage {
    let answer = move |call: &Call| match (call.method, call.path.as_str()) {
        (Method::Get, "/api/v1/agent/rejections") => ok(&stored()),
        (Method::Get, "/api/v1/knowledge/sites") => ok(&KnowledgeSites { sites: Vec::new() }),
        (Method::Get, path) if path.starts_with("/api/v1/knowledge/unanswered") => {
            ok(&UnansweredList { questions: Vec::new() })
        }
        (Method::Get, _) => ok(&RuleInputs::default()),
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
    view! { <AgentRejectionsPage agents=Agents::start() /> }
}

fn save_button(stage: &Stage) -> HtmlElement {
    let is_save = |button: &HtmlElement| button.text_content().is_some_and(|text| text.trim() == "Save");
    stage.all("button").into_iter().find(is_save).expect("a button")
}

fn saved(stage: &Stage) -> Vec<AgentRejections> {
    let puts = stage.calls().into_iter().filter(|call| call.method == Method::Put);
    puts.map(|call| serde_json::from_str(&call.body.unwrap_or_default()).expect("rejections")).collect()
}

#[wasm_bindgen_test]
async fn a_switch_and_a_reason_are_saved_with_the_conditions_that_are_there() {
    let stage = show("manager", |call| Reply { status_code: 200, body: call.body.clone().unwrap_or_default() });
    settle().await;
    settle().await;
    assert!(stage.text().contains("No condition yet: no lead matches."), "{}", stage.text());
    let reason: HtmlInputElement = stage.find("#reject-reason-hiring").unchecked_into();
    assert_eq!(reason.value(), "Job seeker");
    reason.set_value(" No opening ");
    reason.dispatch_event(&Event::new("input").expect("an event")).expect("it is dispatched");
    stage.find("[aria-labelledby=rejects-hiring] [role=switch]").click();
    settle().await;
    save_button(&stage).click();
    settle().await;
    let mut expected = stored();
    expected.agents[0].is_on = true;
    expected.agents[0].reason = "No opening".to_owned();
    assert_eq!(saved(&stage), [expected]);
    assert!(stage.text().contains("Saved. It applies from the next message on."), "{}", stage.text());
}

#[wasm_bindgen_test]
async fn a_refusal_stands_at_its_agent() {
    let wrong = r#"{"type":"x","title":"A field is invalid","status":422,"errors":[{"pointer":"/agents/1/when","reason":"needs a condition"}]}"#;
    let stage = show("manager", move |_| Reply { status_code: 422, body: wrong.to_owned() });
    settle().await;
    settle().await;
    stage.find("[aria-labelledby=rejects-general] [role=switch]").click();
    settle().await;
    save_button(&stage).click();
    settle().await;
    let panel = stage.find("[aria-labelledby=rejects-general] [role=alert]");
    assert_eq!(panel.text_content().as_deref(), Some("This needs a condition."));
}

#[wasm_bindgen_test]
async fn a_rep_reads_who_is_rejected_and_changes_nothing() {
    let stage = show("rep", |_| panic!("nothing is saved"));
    settle().await;
    settle().await;
    assert!(stage.text().contains("Hiring: off.") && stage.text().contains("General: off."), "{}", stage.text());
    assert!(stage.all("button, input").is_empty());
}
