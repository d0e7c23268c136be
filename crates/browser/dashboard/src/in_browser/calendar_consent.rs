//! Settings > Calendars: accounts that are connected by a consent at their provider, and what blocks times in each.

use knock_model::CalendarProvider;
use knock_wire::{CalendarAccount, CalendarAccounts, InstallStarted};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlInputElement;
use wasm_bindgen_test::wasm_bindgen_test;

use super::calendars::{OWN, body, panel, path, press, refused, show, two, with};
use super::webhooks::{ok, sent};
use super::{Stage, settle};
use crate::api::{Method, Reply};
use crate::kit::browser;
use crate::sample;

/// CalDAV, Google with an app, and Microsoft without one.
fn offering(accounts: Vec<CalendarAccount>) -> CalendarAccounts {
    let mut known = with(accounts);
    known.providers.push(sample::consent_provider(CalendarProvider::Google, true));
    known.providers.push(sample::consent_provider(CalendarProvider::Microsoft, false));
    known
}

/// The answer that leads to an address which stays on the page.
fn leads_to(url: &str) -> Reply {
    ok(&InstallStarted { url: url.to_owned().into() })
}

fn choose(stage: &Stage, provider: &str) {
    stage.find(&format!("[name=calendar-provider][value={provider}]")).click();
}

#[wasm_bindgen_test]
async fn a_provider_is_left_for_and_one_without_an_app_says_what_is_missing() {
    let stage = show(offering(Vec::new()), |call| call.path.ends_with("/consent").then(|| leads_to("#at-google")));
    settle().await;
    let google: HtmlInputElement = stage.find("[name=calendar-provider][value=google]").unchecked_into();
    assert!(google.checked() && !stage.has("#calendar-url"), "what can be connected by a consent comes first");
    press(&stage, "", "Connect Google Calendar");
    settle().await;
    let asked = (format!("{OWN}/consent"), body(r#"{"provider":"google"}"#));
    assert_eq!(sent(&stage, Method::Post), [asked]);
    assert_eq!(window().location().hash().expect("a hash"), "#at-google");
    window().location().set_hash("").expect("it is set");
    choose(&stage, "microsoft");
    settle().await;
    assert!(stage.text().contains("Microsoft 365 can be connected once an admin has entered its app."));
    let has = |words: &str| stage.all("button").iter().any(|button| button.inner_text().contains(words));
    assert!(!has("Connect Microsoft") && !has("Enter the app"));
    choose(&stage, "caldav");
    settle().await;
    assert!(stage.has("#calendar-url") && !has("Connect CalDAV"));
}

#[wasm_bindgen_test]
async fn a_consent_that_cannot_begin_says_why_and_another_provider_begins_anew() {
    let refuse = || refused("/provider", "an admin has to enter the app first");
    let stage = show(offering(Vec::new()), move |call| call.path.ends_with("/consent").then(refuse).flatten());
    settle().await;
    press(&stage, "", "Connect Google Calendar");
    settle().await;
    assert!(stage.find("[role=alert] .field-error").inner_text().contains("enter the app first"));
    assert!(!stage.has(".form-error"), "it stands at its choice alone");
    choose(&stage, "caldav");
    settle().await;
    assert!(!stage.has(".field-error"));
}

#[wasm_bindgen_test]
async fn the_outcome_has_the_focus_and_is_shown_once() {
    browser::replace_query("calendar=google&install=refused&why=missing_scopes");
    let stage = show(offering(Vec::new()), |_| None);
    settle().await;
    let note = stage.find(".note-wrong");
    assert!(note.inner_text().contains("Tick all boxes"), "{}", note.inner_text());
    let focused = document().active_element().expect("something has it");
    assert_eq!(focused, *note);
    assert_eq!(window().location().search().expect("a query"), "");
    let stage = show(offering(Vec::new()), |_| None);
    settle().await;
    assert!(!stage.has(".note-wrong"));
}

#[wasm_bindgen_test]
async fn an_account_signs_in_again_where_it_cannot_be_read() {
    let account = |number| CalendarAccount {
        provider: CalendarProvider::Google.into(),
        credentials: [("email".to_owned(), "ann@us.test".to_owned())].into(),
        ..sample::calendar_account(number)
    };
    let mut revoked = account(2);
    revoked.health.problem = "Google does not accept the sign-in any more".to_owned();
    let mut without = sample::calendar_account(3);
    without.provider = CalendarProvider::Microsoft.into();
    let known = offering(vec![account(1), revoked, without]);
    let stage = show(known, |call| call.path.ends_with("/consent").then(|| leads_to("#again")));
    settle().await;
    let is_strong = |number| stage.has(&format!("{} .button-strong", panel(number)));
    assert_eq!([1, 2].map(is_strong), [false, true]);
    assert!(!stage.text().contains("Change sign-in"), "there is no password");
    assert!(stage.find(&panel(3)).inner_text().contains("once an admin has entered its app"));
    press(&stage, &panel(2), "Sign in again");
    settle().await;
    let id = sample::calendar_account(2).id;
    let asked = (format!("{OWN}/consent"), Some(format!(r#"{{"provider":"google","account":"{id}"}}"#)));
    assert_eq!(sent(&stage, Method::Post), [asked]);
    window().location().set_hash("").expect("it is set");
}

#[wasm_bindgen_test]
async fn a_member_says_which_events_block_and_a_refusal_stands_at_the_boxes() {
    let stage = show(two(), |call| {
        let is_second = call.path == path(2);
        (call.method == Method::Patch && is_second).then(|| refused("/policy", "is not known there")).flatten()
    });
    settle().await;
    let kind = |number: u8, word: &str| -> HtmlInputElement {
        let id = sample::calendar_account(number).id;
        stage.find(&format!("[id='calendar-{id}-{word}']")).unchecked_into()
    };
    let ticked = |number| ["tentative", "unanswered", "elsewhere"].map(|word| kind(number, word).checked());
    assert_eq!(ticked(1), [true, true, false]);
    kind(1, "elsewhere").click();
    kind(1, "tentative").click();
    settle().await;
    let change = |tentative: bool| {
        body(&format!(r#"{{"policy":{{"tentative":{tentative},"unanswered":true,"elsewhere":true}}}}"#))
    };
    assert_eq!(sent(&stage, Method::Patch), [(path(1), change(true)), (path(1), change(false))]);
    assert_eq!(ticked(1), [false, true, true]);
    assert!(stage.find(&panel(1)).inner_text().contains("Busy events and absences always block."));
    kind(2, "unanswered").click();
    settle().await;
    assert!(stage.find(&format!("{} fieldset:last-of-type", panel(2))).inner_text().contains("is not known there"));
    assert_eq!(ticked(2), [true, true, false], "it is taken back");
}

#[wasm_bindgen_test]
async fn calendars_that_take_no_meetings_are_not_offered_for_them() {
    let mut known = two();
    known.accounts[0].calendars[1].takes_meetings = false;
    known.accounts[1].calendars.iter_mut().for_each(|calendar| calendar.takes_meetings = false);
    let stage = show(known, |_| None);
    settle().await;
    let names: Vec<_> = stage.all("#calendar-events option").iter().map(|option| option.inner_text()).collect();
    assert_eq!(names, ["No calendar", "Work"]);
    assert!(!stage.has("optgroup"), "one account has calendars for them");
    let mut known = two();
    known.accounts[0].calendars[0].takes_meetings = false;
    let stage = show(known, |_| None);
    settle().await;
    assert_eq!(stage.all("#calendar-events option").len(), 5, "the chosen one stays in sight");
}
