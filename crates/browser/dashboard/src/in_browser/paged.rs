//! A list that is loaded page by page.

use knock_model::{Millis, SignalId};
use knock_wire::TimelineEntry;
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Stage, nothing, settle};
use crate::kit::paged::{Page, Paged};
use crate::parts::page::load_more::LoadMore;
use crate::sample;

#[wasm_bindgen_test]
async fn a_next_page_comes_where_the_first_is_asked_for_anew_meanwhile() {
    let stage = Stage::show(nothing(), || {
        let list = Paged::new(|cursor| Box::pin(async move { Ok(page(cursor)) }));
        list.start();
        let read = move || list.rows.values().iter().map(|entry| format!("{} ", entry.id.at().0)).collect::<String>();
        let drawn = move || {
            list.rows.follow();
            read()
        };
        view! {
            <output>{drawn}</output>
            <LoadMore list label="Load more" />
            <button class="refresh" on:click=move |_| list.refresh()></button>
        }
    });
    settle().await;
    assert_eq!(stage.find("output").text_content().as_deref(), Some("9 8 "));
    stage.find(".more button").click();
    stage.find(".refresh").click();
    settle().await;
    assert_eq!(stage.find("output").text_content().as_deref(), Some("9 8 7 "));
    assert!(!stage.has(".more"), "it was the last page");
}

/// Of two pages the one behind a cursor.
fn page(cursor: Option<String>) -> Page<TimelineEntry> {
    let entry = |at| TimelineEntry { id: SignalId::new(Millis(at), &[0; 10]), ..sample::entry() };
    match cursor {
        None => ([9, 8].map(entry).into(), Some("8".to_owned())),
        Some(_) => ([7].map(entry).into(), None),
    }
}
