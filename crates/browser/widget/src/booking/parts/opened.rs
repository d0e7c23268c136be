//! Opens a booking: loads its script, then draws it.

use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::frame;
use crate::booking::dom::within;
use crate::booking::entry::Entry;
use crate::booking::handle::Booking;
use crate::booking::tools::load_booking;
use crate::view::View;

/// Draws a booking. `failed` is called if its script cannot be loaded.
pub(crate) fn opened(entry: Entry, failed: fn(View)) -> AnyView {
    let (root, view, is_page) = (NodeRef::<Div>::new(), entry.view, entry.is_page);
    let owner = Owner::new();
    let inner = owner.clone();
    spawn_local(async move {
        let Ok(script) = load_booking(entry.code).await else { return failed(view) };
        // The booking may have been closed.
        if let Some(Some(root)) = root.try_get_untracked() {
            inner.with(|| {
                let booking = Booking::new(entry, script.unchecked_into());
                frame(booking, within(root.clone().into()));
                booking.live(root.into());
            });
        }
    });
    on_cleanup(move || owner.cleanup());
    let class = if is_page { "booking booking-page" } else { "booking" };
    view! { <div class=class node_ref=root></div> }.into_any()
}
