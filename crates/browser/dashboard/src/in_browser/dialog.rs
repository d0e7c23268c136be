//! A dialog that is closed.

use leptos::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, nothing, settle};
use crate::kit::reactive::derived;
use crate::parts::form::dialog::Dialog;
use crate::parts::page::when::When;

#[wasm_bindgen_test]
async fn a_cancelled_dialog_is_closed_at_once_and_once() {
    let is_asking = RwSignal::new(true);
    let count = Arc::new(AtomicU32::new(0));
    let counted = count.clone();
    let stage = Stage::show(nothing(), move || {
        let closed = Callback::new(move |()| {
            counted.fetch_add(1, Ordering::Relaxed);
            is_asking.set(false);
        });
        view! {
            <When is=derived(move || is_asking.get())>
                <Dialog title="Sure?" confirm="Yes" is_busy=Signal::stored(false) failure=Signal::stored(None) confirmed=|()| () closed>
                    ""
                </Dialog>
            </When>
        }
    });
    settle().await;
    stage.find("dialog[open] button[type=button]").click();
    assert_eq!(count.load(Ordering::Relaxed), 1, "what is asked next is not closed by the event of this one");
    // Asked again before the next frame, with which the browser's own event comes.
    leptos::task::tick().await;
    is_asking.set(true);
    settle().await;
    assert_eq!((count.load(Ordering::Relaxed), stage.has("dialog[open]")), (1, true));
}
