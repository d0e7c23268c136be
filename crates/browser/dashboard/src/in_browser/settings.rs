//! The list of the settings: its search, the keys, and what a role does not see.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, Event, HtmlElement, HtmlInputElement};
use wasm_bindgen_test::wasm_bindgen_test;

use super::team::sign_in;
use super::{Stage, nothing, settle};
use crate::parts::settings::settings_list::SettingsList;

fn shown(role: &'static str) -> Stage {
    Stage::show(nothing(), move || {
        sign_in(role);
        view! { <SettingsList current=Signal::stored("/app/settings/account".to_owned()) /> }
    })
}

async fn search(stage: &Stage, text: &str) {
    // The first page empties the field.
    settle().await;
    let field: HtmlInputElement = stage.find("input").unchecked_into();
    field.focus().expect("it takes the focus");
    field.set_value(text);
    field.dispatch_event(&Event::new("input").expect("events can be made")).expect("it is dispatched");
    settle().await;
}

fn press(key: &str) {
    let make =
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))";
    js_sys::Function::new_with_args("key", make).call1(&JsValue::NULL, &key.into()).expect("it is dispatched");
}

fn names(stage: &Stage) -> Vec<String> {
    // The words that match stand behind the name.
    let name = |link: &HtmlElement| link.first_child().and_then(|name| name.text_content()).unwrap_or_default();
    stage.all("a").iter().map(name).collect()
}

fn focused() -> String {
    document().active_element().and_then(|element| element.get_attribute("href")).unwrap_or_default()
}

#[wasm_bindgen_test]
async fn groups_show_the_pages_of_the_role_and_none_is_empty() {
    let stage = shown("rep");
    settle().await;
    assert_eq!(names(&stage)[..4], ["Your account", "Notifications", "Availability", "Calendars"]);
    assert!(!names(&stage).iter().any(|name| ["Mail", "Keys", "Privacy"].contains(&name.as_str())));
    let groups: Vec<_> = stage.all(".settings-group").iter().map(|group| group.inner_text()).collect();
    assert!(!groups.iter().any(|group| group == "Integrations" || group == "Privacy and data"), "{groups:?}");
    assert_eq!(stage.find("[aria-current=page]").inner_text().trim(), "Your account");
    assert!(names(&shown("admin")).len() > names(&stage).len());
}

#[wasm_bindgen_test]
async fn results_come_while_typing_and_the_arrows_walk_through_them() {
    let stage = shown("admin");
    search(&stage, "secret").await;
    assert_eq!(names(&stage), ["Sites", "Slack", "Webhooks"]);
    assert!(stage.find(".settings-found li").inner_text().contains("identify secret"));
    assert_eq!(stage.find("[role=status]").inner_text(), "3 pages");
    press("ArrowDown");
    press("ArrowDown");
    assert_eq!(focused(), "/app/settings/slack");
    press("ArrowUp");
    press("ArrowUp");
    assert_eq!(document().active_element().map(|element| element.tag_name()).as_deref(), Some("INPUT"));
    search(&stage, "zebra").await;
    assert_eq!(stage.find("[role=status]").inner_text(), "No setting has this name.");
    press("Escape");
    settle().await;
    assert!(names(&stage).len() > 15);
}

#[wasm_bindgen_test]
async fn enter_opens_the_first_result() {
    let stage = shown("admin");
    search(&stage, "smtp").await;
    let opened = RwSignal::new(String::new());
    let listener = window_event_listener(leptos::ev::click, move |event| {
        event.prevent_default();
        let link = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        opened.set(link.and_then(|link| link.get_attribute("href")).unwrap_or_default());
    });
    press("Enter");
    listener.remove();
    assert_eq!(opened.get_untracked(), "/app/settings/mail");
}
