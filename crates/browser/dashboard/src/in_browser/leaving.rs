//! Work of a page that ends after the page was left: it changes nothing, and the app goes on.

use futures_util::FutureExt;
use futures_util::future::ready;
use knock_status::chat::InboxView;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

use super::Stage;
use crate::api::Reply;
use crate::kit::paged::Paged;
use crate::kit::reactive::memo;
use crate::kit::rows::Keyed;
use crate::kit::single::Single;
use crate::kit::whole::Whole;
use crate::sample;
use crate::state::inbox::list::Inbox;
use crate::words::inbox_filter::InboxFilter;

#[wasm_bindgen_test]
fn lists_and_records_are_not_loaded() {
    let owner = Owner::new();
    let (paged, single, whole) = owner.with(|| {
        let paged = Paged::new(|_| panic!("a page is requested"));
        (paged, Single::<u8>::new(|| panic!("a record is requested")), Whole::new())
    });
    owner.cleanup();
    let row = sample::conversation();
    paged.start();
    paged.refresh();
    paged.ask_anew();
    paged.rows.remove(&row.key());
    assert!(!paged.rows.update(row));
    single.load();
    whole.load(ready(Ok(Vec::new())).boxed_local());
    whole.remove(1);
}

#[wasm_bindgen_test]
fn the_inbox_is_not_requested_again() {
    let left = Rc::new(Cell::new(None));
    let inbox = left.clone();
    let stage = Stage::show(Reply { status_code: 404, body: String::new() }, move || {
        inbox.set(Some(Inbox::start(
            memo(|| InboxView::Waiting),
            memo(InboxFilter::default),
            RwSignal::new(String::new()),
        )));
    });
    let calls = stage.calls.clone();
    drop(stage);
    let before = calls.lock().expect("no panic while locked").len();
    left.get().expect("it was shown").ask();
    assert_eq!(calls.lock().expect("no panic while locked").len(), before);
}
