//! Parts that change on a page that the browser translates.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, nothing, settle};
use crate::kit::reactive::{derived, dynamic};
use crate::parts::inbox::status_badge::StatusBadge;
use crate::parts::page::when::When;

/// What a translator does to the texts below an element.
const TRANSLATE: &str = "(root => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), found = [];
    while (texts.nextNode()) if (texts.currentNode.data.trim()) found.push(texts.currentNode);
    for (const text of found) {
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        inner.textContent = '«' + text.data + '»';
        outer.append(inner);
        text.replaceWith(outer);
    }
})";

#[wasm_bindgen_test]
async fn status_counts_and_conditions_go_on_changing_after_a_translation() {
    let (status, count) = (RwSignal::new("Waiting".to_owned()), RwSignal::new(1));
    let stage = Stage::show(nothing(), move || {
        view! {
            <StatusBadge status />
            <p id="count">{derived(move || count.get().to_string())} " waiting"</p>
            <p id="text">{dynamic(move || (count.get() < 3).then_some("few"))} "!"</p>
            <p id="when"><When is=derived(move || count.get() < 3)>"less"</When></p>
            <p id="list">{dynamic(move || (0..count.get()).map(|at| view! { {at.to_string()} "," }).collect::<Vec<_>>())}</p>
        }
    });
    knock_dom::keep_texts(&stage.root);
    let translate = || {
        let run: js_sys::Function = js_sys::eval(TRANSLATE).expect("it is a function").unchecked_into();
        run.call1(&JsValue::NULL, &stage.root).expect("it runs");
    };
    let text = |of: &str| stage.find(of).text_content().unwrap_or_default();
    translate();
    settle().await;
    assert_eq!(text("#count"), "«1»« waiting»");
    status.set("Responded".to_owned());
    count.set(3);
    settle().await;
    assert_eq!(text("span"), "Responded");
    assert_eq!(text("#count"), "3« waiting»");
    assert_eq!(text("#text"), "«!»");
    assert_eq!(text("#when"), "");
    assert_eq!(text("#list").replace(['«', '»'], ""), "0,1,2,");
    translate();
    settle().await;
    count.set(2);
    settle().await;
    assert_eq!(text("#count").replace(['«', '»'], ""), "2 waiting");
    assert_eq!(text("#text").replace(['«', '»'], ""), "few!");
    assert_eq!(text("#list").replace(['«', '»'], ""), "0,1,");
}
