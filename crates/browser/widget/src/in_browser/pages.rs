//! Tests of the panel over several pages.

use knock_model::ConversationId;
use knock_wire::ChatStarted;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlTextAreaElement;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{Stage, UNSENT, settle};
use crate::browser;
use crate::chat::{Effect, Fact};

fn written(stage: &Stage) -> String {
    stage.find("textarea").unchecked_into::<HtmlTextAreaElement>().value()
}

#[wasm_bindgen_test]
async fn a_resumed_panel_shows_its_chat_without_the_focus_and_without_opening_it() {
    let stage = Stage::set();
    assert!(!stage.view.resume(), "there is no chat");
    assert!(stage.find(".panel").hidden());
    let conversation = ConversationId::new([1; 16]);
    let started = ChatStarted { conversation, token: "t".to_owned().into(), title: "Acme".to_owned() };
    stage.view.talk.tell(Fact::Started(Ok(started)));
    assert!(stage.view.resume());
    settle().await;
    assert!(!stage.find(".panel").hidden());
    assert!(stage.root.active_element().is_none(), "the page keeps the focus");
    assert!(!stage.effects().contains(&Effect::Start));
}

#[wasm_bindgen_test]
async fn a_text_that_is_not_sent_is_on_the_next_page_and_a_sent_one_is_not() {
    let stage = Stage::live().await;
    stage.type_in("Half a sen");
    let kept = browser::recall_in_tab(UNSENT);
    drop(stage);
    browser::keep_in_tab(UNSENT, &kept);
    let stage = Stage::live().await;
    assert_eq!(written(&stage), "Half a sen");
    assert!(!stage.find(".composer-send").has_attribute("disabled"));
    stage.press("'Enter'");
    assert_eq!(browser::recall_in_tab(UNSENT), "", "it is sent");
    stage.type_in("More");
    stage.type_in("  ");
    assert_eq!(browser::recall_in_tab(UNSENT), "", "it is emptied");
}

#[wasm_bindgen_test]
async fn the_text_of_another_visitor_is_not_shown() {
    browser::keep_in_tab(UNSENT, "another-visitor My secret");
    let stage = Stage::set();
    settle().await;
    assert_eq!(written(&stage), "");
}
