//! The booking's parts, one per file.

mod booked;
mod cancel;
mod confirm;
mod day;
mod email;
mod field;
mod frame;
mod month;
mod opened;
mod refused;
mod slots;
mod zone;

use booked::booked;
use cancel::cancel;
use confirm::{confirm, mailed};
use day::times;
use email::email;
use field::{field, input, tick};
use frame::frame;
use month::month;
pub(crate) use opened::opened;
use refused::refused;
use slots::slots;
use zone::zone;

use super::dom::{El, el};
use super::handle::Booking;

/// A button with a label.
fn button(class: &str, words: &str, act: impl Fn() + 'static) -> El {
    button_boxed(class, words, Box::new(act))
}

fn button_boxed(class: &str, words: &str, act: Box<dyn Fn()>) -> El {
    el("button", class).attr("type", "button").text(words).on("click", move |_| act())
}

/// A heading below that of the panel, which is one level higher where the panel is a page.
fn heading(booking: Booking, level: Below, class: &str) -> El {
    let tag = match (level, booking.entry(|entry| entry.is_hosted)) {
        (Below::Once, true) => "h2",
        (Below::Once, false) | (Below::Twice, true) => "h3",
        (Below::Twice, false) => "h4",
    };
    el(tag, class)
}

/// The place of a heading in the outline.
enum Below {
    /// Below the heading of the panel.
    Once,
    /// Below the title of a step.
    Twice,
}

/// A paragraph.
fn line(class: &str, words: &str) -> El {
    el("p", class).text(words)
}

/// A link that opens a page of its own.
fn link(address: &str, words: &str) -> El {
    el("a", "link").attr("href", address).attr("target", "_blank").attr("rel", "noopener noreferrer").text(words)
}

/// A text whose direction may differ from that of its context.
fn bdi(text: &str) -> El {
    el("bdi", "").text(text)
}
