//! Tests of the panel in the look of a site.

use knock_wire::Author;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlInputElement;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{Stage, settle};
use crate::chat::Effect;

const PRIVACY: &str = r#"{"privacy_url":"https://acme.test/privacy","consent":"Acme may write to me."}"#;

/// The texts of the messages that were sent.
fn sent(stage: &Stage) -> Vec<String> {
    let text = |effect| if let Effect::Send(_, draft) = effect { Some(draft.text) } else { None };
    stage.effects().into_iter().filter_map(text).collect()
}

#[wasm_bindgen_test]
async fn the_head_has_the_words_of_the_look_until_a_rep_writes() {
    let stage = Stage::set_in_look(
        r#"{"name":"Acme","title":"Ask Acme","subtitle":"Roasters help roasters.","hours":"Mon–Fri 09:00–17:00",
            "logo":"/v1/look/pictures/1"}"#,
    );
    stage.greet().await;
    assert_eq!(stage.find("h2").inner_text(), "Ask Acme");
    assert_eq!(stage.find("#knock-whom").inner_text(), "Roasters help roasters.");
    assert_eq!(stage.find(".panel").get_attribute("aria-describedby").as_deref(), Some("knock-whom knock-hours"));
    assert_eq!(stage.find("#knock-hours").inner_text(), "Mon–Fri 09:00–17:00");
    let logo = stage.find(".head-logo");
    assert_eq!(
        (logo.get_attribute("src"), logo.get_attribute("alt")),
        (Some("/v1/look/pictures/1".into()), Some("Acme".into()))
    );
    stage.receive(2, Author::Rep, "Hello");
    settle().await;
    assert_eq!(stage.find("#knock-whom").inner_text(), "Ana Ruiz has joined the chat.");
    stage.view.book();
    settle().await;
    assert_eq!(stage.find("h2").inner_text(), "Acme", "a booking is no chat");
    assert!(stage.find("#knock-hours").hidden());
}

#[wasm_bindgen_test]
async fn the_welcome_stands_above_all_messages_and_is_none() {
    let stage = Stage::set_in_look(r#"{"welcome":"Welcome!\n<b>See</b> https://acme.test/faq"}"#);
    stage.greet().await;
    let welcome = stage.find(".log > .welcome:first-child");
    assert_eq!(welcome.text_content().as_deref(), Some("Welcome!\n<b>See</b> https://acme.test/faq"));
    assert_eq!(stage.find(".welcome a").get_attribute("href").as_deref(), Some("https://acme.test/faq"));
    assert_eq!(stage.find(".entry:first-child .bubble").inner_text(), "Hi!");
}

#[wasm_bindgen_test]
async fn words_of_the_look_replace_those_of_the_catalogue_in_its_language() {
    let stage =
        Stage::set_in_look(r#"{"language":"de","words":{"chat.write":"Ihre Frage","chat.typing":"{name} tippt"}}"#);
    stage.greet().await;
    assert_eq!(stage.find(".panel").get_attribute("lang").as_deref(), Some("de"));
    assert_eq!(stage.find("textarea").get_attribute("placeholder").as_deref(), Some("Ihre Frage"));
    stage.view.talk.tell(crate::chat::Fact::RepTypes(Some("Ana".to_owned())));
    settle().await;
    assert_eq!(stage.find(".typing").inner_text(), "Ana tippt");
}

#[wasm_bindgen_test]
async fn a_message_with_an_address_waits_for_consent_which_is_asked_once() {
    let stage = Stage::set_in_look(PRIVACY);
    stage.greet().await;
    stage.effects();
    assert_eq!(stage.find(".privacy a").get_attribute("href").as_deref(), Some("https://acme.test/privacy"));
    assert!(stage.find(".consent").hidden());
    stage.type_in("No address");
    stage.press("'Enter'");
    assert_eq!(sent(&stage), ["No address"]);
    stage.type_in("ann@acme.test");
    settle().await;
    assert!(!stage.find(".consent").hidden() && stage.text().contains("Acme may write to me."));
    stage.press("'Enter'");
    settle().await;
    assert_eq!(sent(&stage), [""; 0]);
    let input: HtmlInputElement = stage.find(".consent input").unchecked_into();
    assert!(input.is_same_node(stage.root.active_element().as_deref()), "the focus is on the box");
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(stage.find("[role=alert]").inner_text(), "Please agree before you send an e-mail address.");
    input.click();
    stage.press("'Enter'");
    settle().await;
    assert!(stage.find(".consent").hidden() && stage.text().contains("ann@acme.test"));
    stage.type_in("Or bob@acme.test");
    settle().await;
    assert!(stage.find(".consent").hidden(), "it was given in this browser");
    crate::browser::forget("knock_a:site:sitekey:");
}

#[wasm_bindgen_test]
async fn without_a_look_nothing_of_it_is_there() {
    let stage = Stage::live().await;
    assert!(!stage.has(".head-logo, #knock-hours, .welcome, .privacy, .consent"));
}
