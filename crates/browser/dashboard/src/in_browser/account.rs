//! Settings > Your account: the member's password, and the offer of one.

use knock_wire::{RoleWord, SessionState};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlInputElement};
use leptos_router::components::Router;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::own_account::OwnAccountPage;
use crate::parts::frame::name_offer::NameOffer;
use crate::parts::frame::password_offer::PasswordOffer;
use crate::state::session::use_session;

const PROFILE: &str = include_str!("../../../../../tests/wire/profile.json");

const BOOKING_LINK: &str = "/api/v1/profile/booking-link";
const UNMADE: &str = r#"{"slug":"bo-lund","url":"https://chat.example/l/bo-lund","is_on":false,"is_made":false,
    "has_hours":true,"clicks":0,"conversions":0}"#;
const MADE: &str = r#"{"slug":"bo","url":"https://chat.example/l/bo","is_on":true,"is_made":true,
    "has_hours":false,"clicks":1,"conversions":2}"#;

fn shown(state: &'static str, change: Reply) -> Stage {
    let answer = move |call: &Call| match (call.method, call.path.as_str()) {
        (Method::Get, "/api/v1/password") => Reply { status_code: 200, body: state.to_owned() },
        (Method::Get, "/api/v1/profile") => Reply { status_code: 200, body: PROFILE.to_owned() },
        (Method::Get, BOOKING_LINK) => Reply { status_code: 200, body: UNMADE.to_owned() },
        (Method::Get, _) => Reply { status_code: 200, body: r#"{"sessions":[]}"#.to_owned() },
        _ => change.clone(),
    };
    Stage::answering(answer, || {
        super::team::sign_in("rep");
        view! { <Router><OwnAccountPage /></Router> }
    })
}

fn done() -> Reply {
    Reply { status_code: 204, body: String::new() }
}

fn type_into(stage: &Stage, selector: &str, text: &str) {
    let field: HtmlInputElement = stage.find(selector).unchecked_into();
    field.set_value(text);
    field.dispatch_event(&Event::new("input").expect("events can be made")).expect("it is dispatched");
}

fn changes(stage: &Stage) -> Vec<(Method, String, String)> {
    let changes = stage.calls().into_iter().filter(|call| call.method != Method::Get);
    changes.map(|call| (call.method, call.path, call.body.unwrap_or_default())).collect()
}

#[wasm_bindgen_test]
async fn a_first_password_is_set_without_another_and_can_be_removed_then() {
    let stage = shown(r#"{"is_set":false,"signs_in":true}"#, done());
    settle().await;
    assert!(!stage.has("#password-current"));
    assert!(stage.text().contains("You have no password yet"));
    type_into(&stage, "#password-new", "heron-granite-41");
    stage.find("[aria-labelledby=own-password] button[type=submit]").click();
    settle().await;
    let path = "/api/v1/password".to_owned();
    assert_eq!(changes(&stage), [(Method::Put, path, r#"{"password":"heron-granite-41"}"#.to_owned())]);
    assert!(stage.text().contains("Your password is set. You are signed out everywhere else."));
    assert!(stage.has("#password-current") && stage.text().contains("Change password"));
    type_into(&stage, "#password-current", "heron-granite-41");
    stage.find("[aria-labelledby=own-password] .form-actions button[type=button]").click();
    settle().await;
    let remove = ("/api/v1/password/remove".to_owned(), r#"{"current":"heron-granite-41"}"#.to_owned());
    assert_eq!(changes(&stage)[1], (Method::Post, remove.0, remove.1));
    assert!(!stage.has("#password-current") && stage.text().contains("Your password is removed."));
    let field = stage.find("#password-new");
    assert!(document().active_element().is_some_and(|active| active.is_same_node(Some(&field))));
}

#[wasm_bindgen_test]
async fn a_changed_name_is_said_to_be_unsaved_and_can_be_discarded() {
    let stage = shown(r#"{"is_set":true,"signs_in":true}"#, done());
    settle().await;
    let panel = "[aria-labelledby=own-profile]";
    let words = || stage.find(&format!("{panel} .form-actions [role=status]")).inner_text();
    let discard = || stage.find(&format!("{panel} .form-actions button[type=button]"));
    let before = stage.find("#profile-name").unchecked_into::<HtmlInputElement>().value();
    assert!(words().is_empty() && discard().hidden());
    type_into(&stage, "#profile-name", "Cy Novak");
    settle().await;
    assert_eq!(words(), "Unsaved changes");
    discard().click();
    settle().await;
    assert_eq!(stage.find("#profile-name").unchecked_into::<HtmlInputElement>().value(), before);
    assert!(words().is_empty() && discard().hidden());
}

#[wasm_bindgen_test]
async fn what_is_wrong_stands_at_its_field() {
    let body = r#"{"type":"x","title":"A field is wrong","status":422,
        "errors":[{"pointer":"/current","reason":"is not your password"}]}"#;
    let stage = shown(r#"{"is_set":true,"signs_in":true}"#, Reply { status_code: 422, body: body.to_owned() });
    settle().await;
    stage.find("[aria-labelledby=own-password] button[type=submit]").click();
    settle().await;
    assert!(stage.find("#password-current-notes").inner_text().starts_with("This is not your password."));
    assert_eq!(stage.find("#password-current").get_attribute("aria-invalid").as_deref(), Some("true"));
    assert!(!stage.has("[role=alert]"));
}

#[wasm_bindgen_test]
async fn where_passwords_do_not_sign_in_there_is_no_form() {
    let stage = shown(r#"{"is_set":true,"signs_in":false}"#, done());
    settle().await;
    assert!(!stage.has("#password-new") && stage.text().contains("Passwords are not used on this server"));
}

#[wasm_bindgen_test]
async fn a_password_is_offered_to_who_came_by_an_invitation_until_it_is_dismissed() {
    let stage = |email: &'static str, offers_password: bool| {
        Stage::show(done(), move || {
            let (email, role, now) = (email.to_owned(), RoleWord::parse("rep"), 1_795_163_907_123);
            use_session().begin(SessionState {
                email,
                name: "Bo Lund".to_owned(),
                role,
                now,
                storage: None,
                is_held: false,
                has_demo: false,
                deliveries: Vec::new(),
                offers_password,
            });
            view! { <PasswordOffer /> }
        })
    };
    assert!(!stage("bo@us.test", false).has(".password-offer"), "who was not invited");
    let first = stage("bo@us.test", true);
    assert!(first.find(".password-offer a").get_attribute("href").is_some_and(|to| to == "/app/settings/account"));
    assert!(stage("bo@us.test", false).has(".password-offer"), "after a reload too");
    assert!(!stage("cy@us.test", false).has(".password-offer"), "not to others");
    first.find(".password-offer button").click();
    settle().await;
    assert!(!first.has(".password-offer"));
    assert!(!stage("bo@us.test", false).has(".password-offer"));
}

#[wasm_bindgen_test]
async fn a_name_and_a_title_are_shown_and_saved() {
    let stage = shown(r#"{"is_set":true,"signs_in":true}"#, Reply { status_code: 200, body: PROFILE.to_owned() });
    settle().await;
    let value = |id: &str| stage.find(id).unchecked_into::<HtmlInputElement>().value();
    assert_eq!([value("#profile-name"), value("#profile-title")], ["Bo Lund", "Account executive"]);
    assert!(stage.find(".portrait img").get_attribute("src").is_some_and(|src| src.starts_with("/v1/pictures/")));
    type_into(&stage, "#profile-name", "Bo L.");
    stage.find("[aria-labelledby=own-profile] button[type=submit]").click();
    settle().await;
    let draft = r#"{"name":"Bo L.","title":"Account executive"}"#.to_owned();
    assert_eq!(changes(&stage), [(Method::Put, "/api/v1/profile".to_owned(), draft)]);
    assert!(stage.find("[aria-labelledby=own-profile]").inner_text().contains("Saved."));
}

#[wasm_bindgen_test]
async fn a_member_without_a_name_is_asked_for_one_until_it_is_saved() {
    let reply = Reply { status_code: 200, body: PROFILE.to_owned() };
    let stage = Stage::show(reply, || {
        super::team::sign_in("rep");
        view! { <NameOffer /> }
    });
    type_into(&stage, "#own-name", "Bo Lund");
    stage.find("button[type=submit]").click();
    settle().await;
    let draft = r#"{"name":"Bo Lund","title":""}"#.to_owned();
    assert_eq!(changes(&stage), [(Method::Put, "/api/v1/profile".to_owned(), draft)]);
    assert!(!stage.has("#own-name"));
}

#[wasm_bindgen_test]
async fn a_booking_link_is_turned_on_under_the_address_that_was_typed() {
    let stage = shown(r#"{"is_set":true,"signs_in":true}"#, Reply { status_code: 200, body: MADE.to_owned() });
    settle().await;
    let panel = || stage.find("[aria-labelledby=own-booking-link]").inner_text();
    assert!(panel().contains("It stands after https://chat.example/l/."), "{}", panel());
    type_into(&stage, "#booking-slug", "bo");
    stage.find("[aria-labelledby=own-booking-link] input[type=checkbox]").click();
    settle().await;
    let draft = r#"{"is_on":true,"slug":"bo"}"#.to_owned();
    assert_eq!(changes(&stage), [(Method::Put, BOOKING_LINK.to_owned(), draft)]);
    assert!(!stage.has("#booking-slug"), "its address stays");
    for said in
        ["https://chat.example/l/bo", "No one can book you yet", "1 click, 2 meetings", "Your booking link is on."]
    {
        assert!(panel().contains(said), "{said}: {}", panel());
    }
    let picture = stage.find("[aria-labelledby=own-booking-link] img");
    assert_eq!(picture.get_attribute("src").as_deref(), Some("/api/v1/links/bo/qr.svg"));
}

#[wasm_bindgen_test]
async fn a_booking_link_that_is_refused_stays_off_and_says_why_at_its_address() {
    let body = r#"{"type":"x","title":"A field is wrong","status":422,
        "errors":[{"pointer":"/slug","reason":"is that of another link"}]}"#;
    let stage = shown(r#"{"is_set":true,"signs_in":true}"#, Reply { status_code: 422, body: body.to_owned() });
    settle().await;
    let control: HtmlInputElement =
        stage.find("[aria-labelledby=own-booking-link] input[type=checkbox]").unchecked_into();
    control.click();
    settle().await;
    assert!(!control.checked());
    assert!(stage.find("#booking-slug-notes").inner_text().starts_with("This is that of another link."));
    assert!(!stage.has("[role=alert]"));
}
