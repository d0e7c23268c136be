//! Settings > Calendars for admins: the apps of providers that ask for consents.

use knock_model::CalendarProvider;
use knock_wire::{CalendarApp, CalendarApps, SessionState};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlInputElement;
use wasm_bindgen_test::wasm_bindgen_test;

use super::calendars::{body, press, refused, with};
use super::sign_in::type_into;
use super::webhooks::{ok, sent};
use super::{Stage, nothing, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::calendars::CalendarsPage;
use crate::sample;
use crate::state::session::use_session;

const APPS: &str = "/api/v1/calendar-apps";
const GOOGLE: &str = "[aria-labelledby=calendar-app-google]";

/// The page of a member in a role, with this app of Google; requests for changes get the response of `change`.
fn show(role: &'static str, app: CalendarApp, change: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Stage {
    let answer = move |call: &Call| match (call.method, call.path.as_str()) {
        (Method::Get, "/api/v1/calendars") => {
            let mut known = with(Vec::new());
            known.providers.push(sample::consent_provider(CalendarProvider::Google, app.is_ready));
            ok(&known)
        }
        (Method::Get, APPS) => ok(&CalendarApps { apps: vec![app.clone()] }),
        (Method::Get, _) => nothing(),
        (Method::Post | Method::Put | Method::Patch | Method::Delete, _) => change(call),
    };
    Stage::answering(answer, move || {
        let session = format!(r#"{{"email":"ann@us.test","role":"{role}","now":{}}}"#, sample::AT.0);
        let session: SessionState = serde_json::from_str(&session).expect("a session");
        use_session().begin(session);
        view! { <CalendarsPage /> }
    })
}

fn app() -> CalendarApp {
    sample::calendar_app(CalendarProvider::Google)
}

/// The app before it is entered.
fn missing() -> CalendarApp {
    CalendarApp { values: std::collections::BTreeMap::new(), is_ready: false, ..app() }
}

#[wasm_bindgen_test]
async fn an_app_is_entered_and_what_is_wrong_stands_at_its_field() {
    let stage = show("admin", missing(), |call| {
        let is_wrong = call.body.as_deref().is_some_and(|body| body.contains("wrong"));
        if is_wrong { refused("/client_id", "is no client ID").expect("an answer") } else { ok(&app()) }
    });
    settle().await;
    let text = stage.find(GOOGLE).inner_text();
    assert!(text.contains("https://knock.example.com/hooks/google/oauth"), "{text}");
    assert!(text.contains("https://vendor.example/events") && text.contains("Make a project."), "{text}");
    assert!(text.contains("It is not entered"), "{text}");
    type_into(&stage, "#calendar-app-google-client_id", "wrong");
    type_into(&stage, "#calendar-app-google-client_secret", "flint-7");
    press(&stage, GOOGLE, "Save");
    settle().await;
    assert!(stage.find("#calendar-app-google-client_id-notes").inner_text().contains("This is no client ID."));
    assert!(!stage.has(".form-error"), "it stands at its field alone");
    type_into(&stage, "#calendar-app-google-client_id", " 1.apps.example.com ");
    press(&stage, GOOGLE, "Save");
    settle().await;
    let draft = body(r#"{"client_id":"1.apps.example.com","client_secret":"flint-7"}"#);
    assert_eq!(sent(&stage, Method::Put).last(), Some(&(format!("{APPS}/google"), draft)));
    assert!(stage.find(&format!("{GOOGLE} [role=status]")).inner_text().contains("Saved."));
    let secret: HtmlInputElement = stage.find("#calendar-app-google-client_secret").unchecked_into();
    assert_eq!(secret.value(), "", "it is never shown again");
}

#[wasm_bindgen_test]
async fn an_empty_secret_is_not_sent_and_an_app_is_removed_after_a_question() {
    let stage = show("admin", CalendarApp { accounts: 2, ..app() }, |call| match call.method {
        Method::Delete => Reply { status_code: 204, body: String::new() },
        Method::Get | Method::Post | Method::Put | Method::Patch => ok(&app()),
    });
    settle().await;
    press(&stage, GOOGLE, "Save");
    settle().await;
    assert_eq!(sent(&stage, Method::Put), [(format!("{APPS}/google"), body(r#"{"client_id":"1.apps.example.com"}"#))]);
    press(&stage, GOOGLE, "Remove");
    settle().await;
    assert_eq!(sent(&stage, Method::Delete), [], "it asks first");
    let question = stage.find("dialog").inner_text();
    assert!(question.contains("2 accounts cannot be read, and their members cannot be booked"), "{question}");
    stage.find("dialog [type=submit]").click();
    settle().await;
    assert_eq!(sent(&stage, Method::Delete), [(format!("{APPS}/google"), None)]);
    assert!(!stage.has("dialog"));
    let focused = document().active_element().expect("something has it");
    assert_eq!(focused.id(), "calendar-app-google");
}

#[wasm_bindgen_test]
async fn an_app_of_the_configuration_is_read_only() {
    let stage = show("admin", CalendarApp { is_configured: true, ..app() }, |_| nothing());
    settle().await;
    let text = stage.find(GOOGLE).inner_text();
    assert!(text.contains("in the configuration of the server") && text.contains("1.apps.example.com"), "{text}");
    assert!(!stage.has(&format!("{GOOGLE} form")));
}

#[wasm_bindgen_test]
async fn an_admin_is_led_to_the_missing_app_and_a_rep_sees_none() {
    let stage = show("admin", missing(), |_| nothing());
    settle().await;
    stage.find("[name=calendar-provider][value=google]").click();
    settle().await;
    press(&stage, "", "Enter the app");
    settle().await;
    let focused = document().active_element().expect("something has it");
    assert_eq!(focused.id(), "calendar-app-google");
    let stage = show("rep", missing(), |_| nothing());
    settle().await;
    assert!(!stage.has(GOOGLE) && !stage.text().contains("Apps of providers"));
    assert!(!stage.calls().iter().any(|call| call.path == APPS), "it is not asked for");
}
