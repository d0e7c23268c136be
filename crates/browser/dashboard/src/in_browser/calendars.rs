//! Settings > Calendars.

use knock_model::CalendarProvider;
use knock_wire::{CalendarAccount, CalendarAccounts, CalendarChange, CalendarDraft};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlElement, HtmlInputElement, HtmlSelectElement};
use std::sync::{Arc, Mutex};
use wasm_bindgen_test::wasm_bindgen_test;

use super::sign_in::type_into;
use super::webhooks::{ok, sent};
use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::calendars::CalendarsPage;
use crate::sample;
use crate::state::calendars::state::heading_id;
use crate::state::calendars::usage::option_of;

const ACCOUNTS: &str = include_str!("../../../../../tests/wire/calendar_accounts.json");
pub(super) const OWN: &str = "/api/v1/calendars";

/// A server of CalDAV alone, with these accounts.
pub(super) fn with(accounts: Vec<CalendarAccount>) -> CalendarAccounts {
    let mut known: CalendarAccounts = serde_json::from_str(ACCOUNTS).expect("a shape of the wire");
    known.providers.iter_mut().for_each(|provider| provider.consent = None);
    CalendarAccounts { accounts, ..known }
}

/// Two accounts; meetings are written into the first.
pub(super) fn two() -> CalendarAccounts {
    let first = CalendarAccount { events_in: "work".to_owned(), ..sample::calendar_account(1) };
    with(vec![first, sample::calendar_account(2)])
}

/// A server that makes the changes of these accounts; those that `refuse` answers get that response.
pub(super) fn show(known: CalendarAccounts, refuse: impl Fn(&Call) -> Option<Reply> + Send + Sync + 'static) -> Stage {
    let known = Arc::new(Mutex::new(known));
    let answer = move |call: &Call| {
        refuse(call).unwrap_or_else(|| answer(&mut known.lock().expect("no panic while locked"), call))
    };
    Stage::answering(answer, || view! { <CalendarsPage /> })
}

fn answer(known: &mut CalendarAccounts, call: &Call) -> Reply {
    let body = call.body.as_deref().unwrap_or("{}");
    let at = known.accounts.iter().position(|account| call.path.contains(&account.id.to_string())).unwrap_or_default();
    match call.method {
        Method::Get => ok(known),
        Method::Delete => {
            known.accounts.remove(at);
            Reply { status_code: 204, body: String::new() }
        }
        Method::Patch => {
            change(&mut known.accounts, at, &serde_json::from_str(body).expect("a change"));
            ok(&known.accounts[at])
        }
        Method::Post if call.path == OWN => {
            let draft: CalendarDraft = serde_json::from_str(body).expect("a draft");
            assert_eq!(draft.provider, "caldav");
            known.accounts.push(CalendarAccount { events_in: "work".to_owned(), ..sample::calendar_account(1) });
            ok(&known.accounts[0])
        }
        Method::Post | Method::Put => ok(&known.accounts[at]),
    }
}

fn change(accounts: &mut [CalendarAccount], at: usize, change: &CalendarChange) {
    accounts[at].policy = change.policy.unwrap_or(accounts[at].policy);
    if let Some(into) = &change.events_in {
        accounts.iter_mut().for_each(|account| account.events_in.clear());
        accounts[at].events_in.clone_from(into);
    }
    for calendar in &mut accounts[at].calendars {
        calendar.is_read = change.reads.as_ref().map_or(calendar.is_read, |reads| reads.contains(&calendar.id));
    }
}

pub(super) fn refused(pointer: &str, reason: &str) -> Option<Reply> {
    let body = format!(
        r#"{{"type":"x","title":"Wrong","status":422,"errors":[{{"pointer":"{pointer}","reason":"{reason}"}}]}}"#
    );
    Some(Reply { status_code: 422, body })
}

/// Presses the button of an account, or of the page for none.
pub(super) fn press(stage: &Stage, within: &str, words: &str) {
    let all = stage.all(&format!("{within} button"));
    let found = all.iter().find(|button| button.text_content().is_some_and(|text| text.trim().starts_with(words)));
    found.unwrap_or_else(|| panic!("no button {words} in {}", stage.root.inner_html())).click();
}

/// The panel of an account.
pub(super) fn panel(number: u8) -> String {
    format!("[aria-labelledby='{}']", heading_id(sample::calendar_account(number).id))
}

pub(super) fn path(number: u8) -> String {
    format!("{OWN}/{}", sample::calendar_account(number).id)
}

fn boxes(stage: &Stage, number: u8) -> Vec<HtmlInputElement> {
    let all = format!("{} fieldset:first-of-type input[type=checkbox]", panel(number));
    stage.all(&all).into_iter().map(JsCast::unchecked_into).collect()
}

fn ticked(stage: &Stage, number: u8) -> Vec<bool> {
    boxes(stage, number).iter().map(HtmlInputElement::checked).collect()
}

fn into(stage: &Stage) -> HtmlSelectElement {
    stage.find("#calendar-events").unchecked_into()
}

fn choose(stage: &Stage, value: &str) {
    let field = into(stage);
    field.set_value(value);
    field.dispatch_event(&Event::new("change").expect("an event")).expect("it is dispatched");
}

pub(super) fn body(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn option(number: u8, calendar: &str) -> String {
    option_of(sample::calendar_account(number).id, calendar)
}

#[wasm_bindgen_test]
async fn each_account_has_a_panel_and_meetings_move_from_one_to_the_other() {
    let stage = show(two(), |_| None);
    settle().await;
    let names: Vec<_> = stage.all("article h2").iter().map(HtmlElement::inner_text).collect();
    assert_eq!(names, ["ann1 at cloud.example.com", "ann2 at cloud.example.com"]);
    assert!(stage.find(&panel(1)).inner_text().contains("CalDAV"));
    assert!(!stage.has("#calendar-url"), "the form is behind a button");
    let groups: Vec<_> = stage.all("optgroup").iter().map(|group| group.get_attribute("label")).collect();
    assert_eq!(groups, [body("ann1 at cloud.example.com"), body("ann2 at cloud.example.com")]);
    assert_eq!(into(&stage).value(), option(1, "work"));
    choose(&stage, &option(2, "private"));
    settle().await;
    assert_eq!(into(&stage).value(), option(2, "private"));
    choose(&stage, "");
    settle().await;
    assert_eq!(into(&stage).value(), "");
    assert!(stage.find(".calendar-into").inner_text().contains("Meetings are written into no calendar."));
    assert_eq!(stage.find(".calendar-into [role=status]").inner_text(), "Saved.");
    let changes = [(path(2), body(r#"{"events_in":"private"}"#)), (path(2), body(r#"{"events_in":""}"#))];
    assert_eq!(sent(&stage, Method::Patch), changes);
}

#[wasm_bindgen_test]
async fn boxes_are_saved_one_after_the_other_and_keep_the_focus() {
    let stage = show(two(), |_| None);
    settle().await;
    let all = boxes(&stage, 2);
    all[0].focus().expect("it takes the focus");
    all[0].click();
    all[1].click();
    settle().await;
    let changes = [(path(2), body(r#"{"reads":["private"]}"#)), (path(2), body(r#"{"reads":[]}"#))];
    assert_eq!(sent(&stage, Method::Patch), changes);
    assert_eq!((ticked(&stage, 1), ticked(&stage, 2)), (vec![true; 2], vec![false; 2]));
    let text = stage.find(&panel(2)).inner_text();
    assert!(text.contains("Its events block no times.") && text.contains("Saved."), "{text}");
    let focused: HtmlElement = document().active_element().expect("something has it").unchecked_into();
    assert_eq!(focused, *boxes(&stage, 2)[0], "its element is kept");
}

#[wasm_bindgen_test]
async fn a_refused_change_is_taken_back_and_says_why_at_its_place() {
    let stage = show(two(), |call| {
        let is_read = call.body.as_deref().is_some_and(|body| body.contains("reads"));
        let (pointer, reason) = if is_read { ("/reads/0", "is no calendar") } else { ("/events_in", "is not there") };
        (call.method == Method::Patch).then(|| refused(pointer, reason)).flatten()
    });
    settle().await;
    boxes(&stage, 1)[1].click();
    settle().await;
    assert!(stage.find(&format!("{} fieldset", panel(1))).inner_text().contains("is no calendar"));
    assert_eq!(ticked(&stage, 1), [true, true]);
    choose(&stage, &option(2, "work"));
    settle().await;
    assert_eq!(into(&stage).value(), option(1, "work"));
    assert!(stage.find("#calendar-events-notes").inner_text().contains("is not there"));
    assert_eq!(into(&stage).get_attribute("aria-invalid"), body("true"));
    assert!(!stage.has(".form-error") && !stage.text().contains("is no calendar"));
}

#[wasm_bindgen_test]
async fn an_account_is_connected_and_what_is_wrong_stands_at_its_field() {
    let stage = show(with(Vec::new()), |call| {
        let is_wrong = call.body.as_deref().is_some_and(|body| body.contains("wrong"));
        is_wrong.then(|| refused("/password", "is not accepted there")).flatten()
    });
    settle().await;
    assert!(stage.text().contains("No calendar is connected.") && !stage.has("#calendar-events"));
    assert!(!stage.has("[name=calendar-provider]"), "there is no choice of one");
    type_into(&stage, "#calendar-url", " https://cloud.example.com/ ");
    type_into(&stage, "#calendar-user", "ann");
    type_into(&stage, "#calendar-password", "wrong");
    press(&stage, "form", "Connect");
    settle().await;
    assert!(stage.find("#calendar-password-notes").inner_text().contains("is not accepted there"));
    assert_eq!(stage.find("#calendar-password").get_attribute("aria-invalid"), body("true"));
    assert!(!stage.has(".form-error"), "it stands at its field alone");
    type_into(&stage, "#calendar-password", "heron-granite-41");
    press(&stage, "form", "Connect");
    settle().await;
    let draft =
        r#"{"provider":"caldav","password":"heron-granite-41","url":"https://cloud.example.com/","user":"ann"}"#;
    assert_eq!(sent(&stage, Method::Post).last(), Some(&(OWN.to_owned(), body(draft))));
    assert!(!stage.has("#calendar-url"), "the form is closed");
    assert!(stage.find(".calendar-said").inner_text().starts_with("Connected."));
    let focused = document().active_element().expect("something has it");
    assert_eq!(focused.id(), heading_id(sample::calendar_account(1).id));
    assert!(!stage.has("optgroup"), "there is one account");
    press(&stage, "", "Connect another calendar");
    settle().await;
    let password: HtmlInputElement = stage.find("#calendar-password").unchecked_into();
    assert_eq!(password.value(), "");
}

#[wasm_bindgen_test]
async fn the_sign_in_is_changed_and_an_empty_password_stays_as_it_is() {
    let stage = show(two(), |_| None);
    settle().await;
    press(&stage, &panel(2), "Change sign-in");
    settle().await;
    let field = |name: &str| format!("[id='calendar-{}-{name}']", sample::calendar_account(2).id);
    let value = |name: &str| stage.find(&field(name)).unchecked_into::<HtmlInputElement>().value();
    assert_eq!(["url", "user", "password"].map(value), ["https://cloud.example.com/remote.php/dav", "ann", ""]);
    assert!(stage.find(&panel(2)).inner_text().contains("Leave it empty to keep it."));
    type_into(&stage, &field("user"), "bob");
    press(&stage, &panel(2), "Save");
    settle().await;
    let change = r#"{"url":"https://cloud.example.com/remote.php/dav","user":"bob"}"#;
    assert_eq!(sent(&stage, Method::Patch), [(path(2), body(change))]);
    assert!(!stage.has(&field("user")) && stage.find(&panel(2)).inner_text().contains("Saved."));
}

#[wasm_bindgen_test]
async fn a_check_says_whether_it_was_read() {
    let mut known = two();
    known.accounts[1].health.problem = "no answer".to_owned();
    let stage = show(known, |_| None);
    settle().await;
    for (number, words) in [(1, "Read a moment ago."), (2, "It cannot be read.")] {
        press(&stage, &panel(number), "Check now");
        settle().await;
        assert_eq!(stage.find(&format!("{} [role=status]", panel(number))).inner_text(), words);
    }
    assert_eq!(sent(&stage, Method::Post), [(format!("{}/test", path(1)), None), (format!("{}/test", path(2)), None)]);
    assert!(stage.find(&format!("{} .note-wrong", panel(2))).inner_text().contains("no answer"));
}

#[wasm_bindgen_test]
async fn an_account_is_disconnected_after_a_question() {
    let stage = show(two(), |_| None);
    settle().await;
    press(&stage, &panel(1), "Disconnect");
    settle().await;
    assert_eq!(sent(&stage, Method::Delete), [], "it asks first");
    let question = stage.find("dialog").inner_text();
    assert!(question.contains("ann1 at cloud.example.com") && question.contains("stay there"), "{question}");
    assert!(question.contains("written into no calendar"), "{question}");
    stage.find("dialog button[type=submit]").click();
    settle().await;
    assert_eq!(sent(&stage, Method::Delete), [(path(1), None)]);
    assert!(!stage.has("dialog") && !stage.has(&panel(1)) && stage.has(&panel(2)));
    assert!(stage.find(".calendar-said").inner_text().starts_with("Disconnected."));
    assert_eq!(document().active_element(), stage.root.query_selector(".calendars .calendars").expect("a selector"));
}

#[wasm_bindgen_test]
async fn where_there_are_two_providers_one_is_chosen_and_has_its_own_fields() {
    let mut known = with(Vec::new());
    let mut other = known.providers[0].clone();
    other.provider = CalendarProvider::Google.into();
    other.name = "Google Calendar".to_owned();
    let form = other.credentials.as_mut().expect("it has a form");
    form.steps = vec!["Make a key.".to_owned(), "Paste it here.".to_owned()];
    form.fields.retain(|field| field.is_secret);
    known.providers.push(other);
    let stage =
        show(known, |call| (call.method == Method::Post).then(|| refused("/provider", "is not there")).flatten());
    settle().await;
    type_into(&stage, "#calendar-password", "typed for another");
    assert!(stage.find("[name=calendar-provider][value=caldav]").unchecked_into::<HtmlInputElement>().checked());
    stage.find("[name=calendar-provider][value=google]").click();
    settle().await;
    assert!(!stage.has("#calendar-url"));
    assert_eq!(stage.all(".vendor-steps li").len(), 2);
    press(&stage, "form", "Connect");
    settle().await;
    assert_eq!(sent(&stage, Method::Post), [(OWN.to_owned(), body(r#"{"provider":"google"}"#))]);
    assert!(stage.find("[role=alert] .field-error").inner_text().contains("is not there"));
}
