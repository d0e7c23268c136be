//! Settings > Privacy: consent; and erasing a contact without an address.

use knock_model::LeadId;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlInputElement};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, settle};
use crate::api::{Call, Method, Reply};
use crate::pages::privacy::PrivacyPage;
use crate::parts::settings::erase_panel::ErasePanel;

const OFF: &str = r#"{"signals_days":90,"deliveries_days":30,"waits_for_consent":false}"#;
const ON: &str = r#"{"signals_days":90,"deliveries_days":30,"waits_for_consent":true}"#;

fn answered(status_code: u16, body: &str) -> Reply {
    Reply { status_code, body: body.to_owned() }
}

#[wasm_bindgen_test]
async fn the_choice_is_kept_at_once_and_set_back_where_it_is_refused() {
    let refused = r#"{"type":"x","title":"The server cannot do this now","status":503,"detail":"The store is busy"}"#;
    for (reply, is_on, said) in [
        (answered(200, ON), true, "New snippets wait for consent."),
        (answered(503, refused), false, "The store is busy"),
    ] {
        let answer = move |call: &Call| if call.method == Method::Get { answered(200, OFF) } else { reply.clone() };
        let stage = Stage::answering(answer, || view! { <PrivacyPage /> });
        settle().await;
        let choice: HtmlInputElement = stage.find("#consent").unchecked_into();
        assert!(!choice.checked());
        choice.click();
        settle().await;
        assert_eq!(choice.checked(), is_on);
        assert!(stage.text().contains(said), "{}", stage.text());
        let call = stage.calls().into_iter().find(|call| call.method == Method::Put).expect("a change");
        assert_eq!(call.body.as_deref(), Some(r#"{"waits_for_consent":true}"#));
    }
}

#[wasm_bindgen_test]
async fn a_contact_without_an_address_is_erased_once_its_name_is_typed() {
    let receipt = include_str!("../../../../../tests/wire/erasure_receipt.json");
    let id = LeadId::new([9; 16]);
    let stage = Stage::show(answered(200, receipt), move || view! { <ErasePanel id name="Visitor 0007".to_owned() /> });
    let type_name = |text: &str| {
        let field: HtmlInputElement = stage.find("#erase-typed").unchecked_into();
        field.set_value(text);
        field.dispatch_event(&Event::new("input").expect("events can be made")).expect("it is dispatched");
        stage.find("dialog button[type=submit]").click();
    };
    stage.find(".form-actions button:nth-child(2)").click();
    settle().await;
    type_name("Visitor 0008");
    settle().await;
    assert!(stage.find("#erase-typed-notes").inner_text().starts_with("This is not the name of this contact."));
    assert_eq!(stage.calls(), []);
    type_name("Visitor 0007");
    settle().await;
    let body = Some(format!(r#"{{"contact":"{id}"}}"#));
    let expected = Call { method: Method::Post, path: "/api/v1/persons/erase".to_owned(), body, file: None };
    assert_eq!(stage.calls(), [expected]);
    assert!(!stage.has("dialog"));
    let receipt = stage.find(".receipt");
    assert!(receipt.inner_text().contains("Erased."));
    assert!(document().active_element().is_some_and(|active| active.is_same_node(Some(&receipt))));
}
