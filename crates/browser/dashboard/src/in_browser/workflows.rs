//! Workflows: built, refused, run dry, switched on, changed with leads inside; and those of a contact.

use knock_json::parse_with_fractions;
use knock_model::LeadId;
use knock_wire::{
    ContactRef, DryRun, LeadWorkflow, LeadWorkflows, RuleInputs, RunEntry, RunList, RunRow, RunWaits, WorkflowDetail,
    WorkflowDraft, WorkflowList, WorkflowState, WorkflowTemplate, WorkflowTemplates, WorkflowVersions,
};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use leptos_router::components::Router;
use wasm_bindgen_test::wasm_bindgen_test;

use super::team::sign_in;
use super::{Stage, nothing, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::workflow::Editor;
use crate::pages::workflows::WorkflowsPage;
use crate::parts::record::lead_workflows::LeadWorkflowsPanel;
use crate::sample;

const REFUSED: u16 = 422;

fn ok(body: &impl serde::Serialize) -> Reply {
    Reply { status_code: 200, body: serde_json::to_string(body).expect("it has a JSON form") }
}

fn problem(status_code: u16, pointer: &str, reason: &str) -> Reply {
    let errors =
        if pointer.is_empty() { String::new() } else { format!(r#"{{"pointer":"{pointer}","reason":"{reason}"}}"#) };
    let body = format!(r#"{{"type":"x","title":"Invalid","status":{status_code},"errors":[{errors}]}}"#);
    Reply { status_code, body }
}

/// The editor; requests that change something get the response of `change`.
fn editor(stored: Option<WorkflowDetail>, change: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Stage {
    let id = stored.as_ref().map(|stored| stored.row.id);
    let answer = move |call: &Call| match (call.method, call.path.as_str()) {
        (Method::Get, path) if path.ends_with("/versions") => ok(&WorkflowVersions::default()),
        (Method::Get, path) if path.contains("/runs?") => ok(&RunList::default()),
        (Method::Get, path) if path.starts_with("/api/v1/workflows/") => stored.as_ref().map_or_else(nothing, ok),
        (Method::Get, path) if path.starts_with("/api/v1/rules/inputs") => ok(&RuleInputs::default()),
        (Method::Get, _) => nothing(),
        _ => change(call),
    };
    Stage::answering(answer, move || {
        sign_in("admin");
        view! {
            <Router>
                <Editor of=id made=RwSignal::new(None) />
            </Router>
        }
    })
}

fn button(stage: &Stage, words: &str) -> HtmlElement {
    let is_it = |button: &HtmlElement| button.text_content().is_some_and(|text| text.trim().starts_with(words));
    let found = stage.all("button").into_iter().rfind(is_it);
    found.unwrap_or_else(|| panic!("no button {words} in {}", stage.root.inner_html()))
}

/// The last control with this label.
fn labelled(stage: &Stage, label: &str) -> HtmlElement {
    let is_it = |one: &HtmlElement| one.text_content().is_some_and(|text| text.trim() == label);
    let found = stage.all("label").into_iter().rfind(is_it).unwrap_or_else(|| panic!("no label {label}"));
    stage.find(&format!("#{}", found.get_attribute("for").expect("it is of a control")))
}

fn tell(control: &HtmlElement, event: &str) {
    control.dispatch_event(&Event::new(event).expect("events can be made")).expect("it is dispatched");
}

async fn choose(stage: &Stage, label: &str, value: &str) {
    let control = labelled(stage, label);
    control.unchecked_ref::<HtmlSelectElement>().set_value(value);
    tell(&control, "change");
    settle().await;
}

async fn types(stage: &Stage, label: &str, text: &str) {
    let control = labelled(stage, label);
    if control.tag_name() == "TEXTAREA" {
        control.unchecked_ref::<HtmlTextAreaElement>().set_value(text);
    } else {
        control.unchecked_ref::<HtmlInputElement>().set_value(text);
    }
    tell(&control, "input");
    settle().await;
}

/// Adds a step of a kind; `at` is the end of the id of the list's control.
async fn add_step(stage: &Stage, kind: &str, at: &str) {
    let control = stage.find(&format!("select[id^=add-step-{at}]"));
    control.unchecked_ref::<HtmlSelectElement>().set_value(kind);
    tell(&control, "change");
    let add = control.next_element_sibling().expect("a button");
    add.unchecked_ref::<HtmlElement>().click();
    settle().await;
}

fn bodies(stage: &Stage, method: Method, path: &str) -> Vec<String> {
    let calls = stage.calls().into_iter().filter(|call| call.method == method && call.path.ends_with(path));
    calls.map(|call| call.body.unwrap_or_default()).collect()
}

#[wasm_bindgen_test]
async fn a_workflow_is_built_by_clicks() {
    let stage = editor(None, |_| ok(&sample::workflow(1, WorkflowState::Off)));
    settle().await;
    types(&stage, "Name", "Ask about prices").await;
    choose(&stage, "Category of the page", "Pricing").await;
    types(&stage, "How many", "2").await;
    button(&stage, "Add what ends it").click();
    settle().await;
    add_step(&stage, "nudge", "main").await;
    types(&stage, "Text (English)", "Hi {{first_name|there}}").await;
    button(&stage, "Add a button").click();
    settle().await;
    types(&stage, "Words (English)", "Ask").await;
    add_step(&stage, "wait", "main").await;
    add_step(&stage, "branch", "main").await;
    button(&stage, "Add a condition").click();
    settle().await;
    let value: HtmlInputElement = stage.find(".flow-step [aria-label=Value]").unchecked_into();
    value.set_value("Buying");
    tell(&value, "input");
    add_step(&stage, "stop", "then").await;
    assert!(
        stage.text().contains("If Intent type is \"Buying\"") && stage.text().contains("Hi Ann"),
        "{}",
        stage.text()
    );
    button(&stage, "Save").click();
    settle().await;
    let sent = bodies(&stage, Method::Post, "/api/v1/workflows");
    let sent: WorkflowDraft = parse_with_fractions(&sent[0]).expect("a draft");
    let expected = r#"{
        "name": "Ask about prices",
        "definition": {
            "id": "workflow",
            "trigger": {"on": "signal", "signal": "page_view", "category": "Pricing", "count": 2, "within_ms": 86400000},
            "stop_when": [{"on": "message", "by": "lead"}],
            "steps": [
                {"id": "s1", "do": "nudge"},
                {"id": "s2", "wait": {"for_ms": 86400000}},
                {
                    "id": "s3",
                    "branch": {"all": [{"field": "intent.type", "op": "eq", "value": "Buying"}]},
                    "then": [{"id": "s4", "stop": true}],
                    "else": []
                }
            ]
        },
        "contents": {
            "s1": {
                "do": "nudge",
                "text": {"en": "Hi {{first_name|there}}"},
                "buttons": [{"label": {"en": "Ask"}, "opens": "chat"}]
            }
        }
    }"#;
    assert_eq!(Some(sent), parse_with_fractions(expected));
}

#[wasm_bindgen_test]
async fn steps_move_and_go_with_the_focus() {
    let stage = editor(Some(sample::workflow(1, WorkflowState::Off)), |_| nothing());
    settle().await;
    let titles = || {
        let top = stage.all("ol[aria-label=Steps] > .flow-step > .flow-step-head .flow-step-title bdi");
        top.iter().map(|title| title.text_content().unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(titles().len(), 2);
    let down = stage.find("ol[aria-label=Steps] > .flow-step [id$='-down']");
    down.click();
    settle().await;
    assert!(titles()[0].starts_with("If ") && stage.text().contains("The step is now at place 2 of 2."));
    let focused = document().active_element().map(|focused| focused.id()).unwrap_or_default();
    assert!(focused.ends_with("-up"), "{focused}");
    button(&stage, "Remove Show a bubble").click();
    settle().await;
    assert_eq!(titles().len(), 1);
    assert_eq!(document().active_element().map(|focused| focused.id()).as_deref(), Some("add-step-main"));
    button(&stage, "Discard changes").click();
    settle().await;
    assert_eq!(titles().len(), 2);
}

#[wasm_bindgen_test]
async fn what_is_missing_and_what_the_server_refuses_stand_at_their_places() {
    let stage = editor(None, |_| problem(REFUSED, "/definition/steps/0/wait/for_ms", "is too long"));
    settle().await;
    types(&stage, "Name", " ").await;
    button(&stage, "Save").click();
    settle().await;
    let errors =
        || stage.all(".field-error").iter().map(|one| one.text_content().unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(errors(), ["Fill in a name.", "Add at least one step."]);
    assert!(bodies(&stage, Method::Post, "/workflows").is_empty());
    types(&stage, "Name", "Waits").await;
    add_step(&stage, "wait", "main").await;
    assert!(errors().is_empty());
    button(&stage, "Save").click();
    settle().await;
    assert_eq!(stage.find(".flow-step .field-error").text_content().as_deref(), Some("This is too long."));
    types(&stage, "How long", "2").await;
    assert!(errors().is_empty(), "an edit removes it");
}

#[wasm_bindgen_test]
async fn a_dry_run_comes_before_the_switch() {
    let answer = |call: &Call| match call.path.as_str() {
        "/api/v1/workflows/dry-run" => ok(&DryRun { leads: 12, enrolled: 12, is_everybody: true, ..DryRun::default() }),
        _ => Reply { status_code: 204, body: String::new() },
    };
    let stage = editor(Some(sample::workflow(1, WorkflowState::Off)), answer);
    settle().await;
    assert!(stage.find("#flow-on").has_attribute("disabled") && stage.text().contains("Run it dry first"));
    button(&stage, "Run it dry").click();
    settle().await;
    assert!(stage.text().contains("This would have enrolled all 12 leads."), "{}", stage.text());
    assert!(!stage.find("#flow-on").has_attribute("disabled"));
    stage.find("#flow-on").click();
    settle().await;
    assert_eq!(bodies(&stage, Method::Put, "/state"), [r#"{"enabled":true,"inside":null}"#]);
    types(&stage, "Name", "Other").await;
    assert!(stage.text().contains("The workflow has changed since: run it again."));
    assert!(stage.find("#flow-on").has_attribute("disabled") && stage.text().contains("Save your changes first."));
}

#[wasm_bindgen_test]
async fn a_change_with_leads_inside_asks_what_becomes_of_them() {
    let answer = |call: &Call| {
        let is_asked = call.body.as_deref().is_some_and(|body| body.contains(r#""inside":null"#));
        if is_asked { problem(409, "", "") } else { ok(&sample::workflow(2, WorkflowState::On)) }
    };
    let stage = editor(Some(sample::workflow(1, WorkflowState::On)), answer);
    settle().await;
    choose(&stage, "How often for one lead", "always").await;
    button(&stage, "Save").click();
    settle().await;
    let dialog = stage.find("dialog[open]");
    let text = dialog.text_content().unwrap_or_default();
    assert!(text.contains("2 leads are inside this workflow now."), "{text}");
    stage.all("dialog input[type=radio]")[1].click();
    settle().await;
    stage.find("dialog button[type=submit]").click();
    settle().await;
    let sent = bodies(&stage, Method::Put, &sample::workflow(1, WorkflowState::On).row.id.to_string());
    assert_eq!(sent.len(), 2);
    assert!(sent[1].contains(r#""inside":"move""#) && sent[1].contains(r#""again":"always""#), "{}", sent[1]);
    assert!(!stage.has("dialog[open]") && stage.text().contains("Saved as version 2."));
}

#[wasm_bindgen_test]
async fn the_list_switches_off_orders_and_offers_templates() {
    let rows = || {
        let first = sample::workflow(1, WorkflowState::On).row;
        let id = knock_model::WorkflowId::new([7; 16]);
        let second =
            knock_wire::WorkflowRow { id, name: "Second".to_owned(), state: WorkflowState::Off, ..first.clone() };
        vec![first, second]
    };
    let answer = move |call: &Call| match (call.method, call.path.as_str()) {
        (Method::Get, "/api/v1/workflows") => ok(&WorkflowList { workflows: rows(), ..WorkflowList::default() }),
        (Method::Get, "/api/v1/workflows/templates") => {
            let draft = sample::workflow_draft();
            let template = WorkflowTemplate { key: "pricing".to_owned(), summary: "For Pricing.".to_owned(), draft };
            ok(&WorkflowTemplates { templates: vec![template] })
        }
        (Method::Get, _) => nothing(),
        _ => Reply { status_code: 204, body: String::new() },
    };
    let stage = Stage::answering(answer, || {
        sign_in("manager");
        view! {
            <Router>
                <WorkflowsPage />
            </Router>
        }
    });
    settle().await;
    let text = stage.text();
    assert!(text.contains("5 leads so far: 2 inside now, 3 went through, 0 stopped"), "{text}");
    assert!(!stage.has(".flow-templates") && text.contains("Run it dry in its editor to switch it on."));
    button(&stage, "New workflow").click();
    settle().await;
    assert!(stage.has("a[href='/app/workflows/new?template=pricing']"));
    stage.find("[role=switch]").click();
    settle().await;
    stage.all("dialog input[type=radio]")[1].click();
    settle().await;
    stage.find("dialog button[type=submit]").click();
    settle().await;
    assert_eq!(bodies(&stage, Method::Put, "/state"), [r#"{"enabled":false,"inside":"stop"}"#]);
    stage.find("#flow-0-down").click();
    settle().await;
    assert_eq!(bodies(&stage, Method::Put, "/position"), [r#"{"position":2}"#]);
}

#[wasm_bindgen_test]
async fn a_contact_shows_what_workflows_did_and_why_not() {
    let entry = |kind: &str, outcome: &str, reason: &str| RunEntry {
        step: "s1".to_owned(),
        kind: kind.to_owned(),
        at: sample::AT,
        outcome: outcome.to_owned(),
        reason: reason.to_owned(),
        until: None,
    };
    let run = RunRow {
        contact: ContactRef {
            id: LeadId::new([4; 16]),
            email: String::new(),
            display_name: "Ann".to_owned(),
            phone: String::new(),
        },
        number: 1,
        version: 1,
        cause: "page view of pricing".to_owned(),
        enrolled_at: sample::AT,
        state: "active".to_owned(),
        by: String::new(),
        waits: Some(RunWaits { step: "s2".to_owned(), kind: "wait".to_owned(), until: sample::AT }),
        log: vec![entry("nudge", "done", ""), entry("mail", "skipped", "no_address")],
    };
    let one = |name: &str, runs: Vec<RunRow>, refused: &str| LeadWorkflow {
        id: knock_model::WorkflowId::new([6; 16]),
        name: name.to_owned(),
        runs,
        refused: refused.to_owned(),
        refused_at: None,
    };
    let workflows =
        vec![one("Prices", vec![run], ""), one("Jobs", Vec::new(), "conditions"), one("Mails", Vec::new(), "")];
    for (role, has_link) in [("manager", true), ("rep", false)] {
        let workflows = LeadWorkflows { workflows: workflows.clone() };
        let stage = Stage::show(ok(&workflows), move || {
            sign_in(role);
            view! { <LeadWorkflowsPanel id=LeadId::new([4; 16]) follow=Signal::stored(1) /> }
        });
        settle().await;
        let text = stage.text();
        for expected in [
            "page view of pricing",
            "Waits at: Wait, until",
            "Show a bubble: done",
            "Send a mail: left out: no e-mail address is known",
            "Not in it: the conditions did not hold",
            "Not in it: what starts it has not happened.",
        ] {
            assert!(text.contains(expected), "{expected} is not in {text}");
        }
        assert_eq!(stage.has("a[href^='/app/workflows/']"), has_link, "{role}");
    }
}
