//! The panel on a page that the browser translates.

use knock_wire::Author;
use leptos::wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{Stage, settle};
use crate::chat::{Effect, Fact};

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

async fn translate(stage: &Stage) {
    let run: js_sys::Function = js_sys::eval(TRANSLATE).expect("it is a function").unchecked_into();
    run.call1(&JsValue::NULL, &stage.root).expect("it runs");
    settle().await;
}

#[wasm_bindgen_test]
async fn what_changes_goes_on_changing_after_a_translation() {
    let stage = Stage::live().await;
    knock_dom::keep_texts(&stage.root);
    stage.type_in("Hello");
    stage.press("'Enter'");
    settle().await;
    translate(&stage).await;
    assert!(stage.text().contains("«Sending\u{2026}»"), "{}", stage.text());
    let sent = stage.effects().into_iter().find_map(|effect| match effect {
        Effect::Send(_, draft) => Some(draft.id),
        _ => None,
    });
    stage.view.talk.tell(Fact::Stored(sent.expect("it was sent"), Ok(2)));
    stage.receive(3, Author::Rep, "Good morning");
    settle().await;
    let text = stage.text();
    assert!(text.contains("Sent") && !text.contains("Sending"), "{text}");
    assert!(text.contains("«Hi!»") && text.contains("Good morning") && text.contains("Ana Ruiz"), "{text}");
    // The names in the head change by another way than those of states.
    translate(&stage).await;
    translate(&stage).await;
    stage.receive(4, Author::Rep, "And again");
    settle().await;
    assert!(stage.text().contains("««Good morning»»") && stage.text().contains("And again"), "{}", stage.text());
}
