//! The booking as it is opened: its script first, then what it shows.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::frame;
use crate::booking::handle::Booking;
use crate::booking::tools::{Tools, load_booking};
use crate::lazy::Entry;

/// Draws a booking. `failed` is called where its script does not come.
pub(crate) fn opened(entry: Entry, failed: fn(crate::view::View)) -> AnyView {
    let tools = RwSignal::new_local(None::<Tools>);
    let view = entry.view;
    spawn_local(async move {
        match load_booking().await {
            Ok(script) => drop(tools.try_set(Some(script.unchecked_into()))),
            Err(_) => failed(view),
        }
    });
    (move || tools.get().map(|tools| frame(Booking::new(entry.clone(), tools)))).into_any()
}
