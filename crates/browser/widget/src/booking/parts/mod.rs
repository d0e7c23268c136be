//! The booking's parts, one per file.

mod booked;
mod cancel;
mod confirm;
mod day;
mod email;
mod frame;
mod month;
mod opened;
mod refused;
mod slots;
mod zone;

use booked::booked;
use cancel::cancel;
use confirm::confirm;
use day::times;
use email::email;
use frame::frame;
use month::month;
pub(crate) use opened::opened;
use refused::refused;
use slots::slots;
use zone::zone;

use leptos::prelude::*;

/// A button with words.
fn button(class: &'static str, words: impl Into<String>, act: impl Fn() + 'static) -> AnyView {
    view! {
        <button class=class type="button" on:click=move |_| act()>
            {words.into()}
        </button>
    }
    .into_any()
}

/// A paragraph.
fn line(class: &'static str, words: String) -> AnyView {
    view! { <p class=class>{words}</p> }.into_any()
}
