//! A field with its label and errors.

use super::{El, el};
use crate::booking::handle::Booking;
use crate::booking::state::State;

/// A field; its errors describe `input`, under the id `knock-NAME-wrong`.
pub(super) fn field(booking: Booking, name: &str, label: &str, input: El) -> El {
    let id = format!("knock-{name}");
    let label = el("label", "field-label").attr("for", &id).attr("dir", "auto").text(label);
    el("div", "field").add([label, input, wrong(booking, name)])
}

/// A box with the line that it agrees to, and its errors; `take` receives changes.
pub(super) fn tick(
    booking: Booking,
    name: &str,
    (line, is_checked): (&str, bool),
    take: impl Fn(&mut State, bool) + 'static,
) -> El {
    let input = el("input", "").attr("type", "checkbox").attr("aria-describedby", &format!("knock-{name}-wrong"));
    let ticked = input.flag("checked", is_checked);
    let input = invalid(booking, name, ticked.clone())
        .on("change", move |_| booking.edit(|state| take(state, ticked.is_checked())));
    let label = el("label", "consent-line").attr("dir", "auto").add([input]).text(line);
    el("div", "field").add([label, wrong(booking, name)])
}

/// The errors of a field.
fn wrong(booking: Booking, name: &str) -> El {
    let (id, name) = (format!("knock-{name}-wrong"), name.to_owned());
    let text = move || {
        booking.read(|state| {
            let wrong = state.wrong.iter().find(|(field, ..)| *field == name);
            wrong.map(|(_, key, reason)| booking.words.fill(key, &[("reason", reason)])).unwrap_or_default()
        })
    };
    el("p", "field-wrong").attr("id", &id).says(text)
}

/// The input of a field, with its value; `take` receives changes.
pub(super) fn input(
    booking: Booking,
    (element, name): (&str, &str),
    value: &str,
    take: impl Fn(&mut State, String) + 'static,
) -> El {
    let id = format!("knock-{name}");
    let input = el(element, "field-input").attr("id", &id).attr("aria-describedby", &(id.clone() + "-wrong"));
    input.set_value(value);
    let taken = input.clone();
    invalid(booking, name, input).on("input", move |_| booking.edit(|state| take(state, taken.value())))
}

/// Marks an input as invalid while it has an error.
fn invalid(booking: Booking, name: &str, input: El) -> El {
    let name = name.to_owned();
    input.keeps("aria-invalid", move || {
        let is_wrong = booking.read(|state| state.wrong.iter().any(|(field, ..)| *field == name));
        is_wrong.then(|| "true".to_owned())
    })
}
