//! The time zone and its control.

use leptos::prelude::*;

use super::{El, el, line};
use crate::booking::dom::follow;
use crate::booking::handle::Booking;
use crate::booking::state::State;

/// The control of the time zone.
pub(super) fn zone(booking: Booking) -> El {
    let words = booking.words;
    let (is_wrong, is_unknown) = (RwSignal::new(false), RwSignal::new(!booking.tools().has_zone()));
    // Times that are still on their way will push the error out of sight once.
    let is_pushed = RwSignal::new(false);
    follow(Box::new(move || {
        if booking.read(|state| state.slots.is_some()) && is_pushed.get_untracked() {
            is_pushed.set(false);
            booking.reveal("#knock-zone-wrong");
        }
    }));
    let options = booking.tools().zones();
    let options = options.lines().map(|name| el("option", "").attr("value", name));
    let input = el("input", "field-input")
        .attr("id", "knock-zone")
        .attr("list", "knock-zones")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-describedby", "knock-zone-wrong knock-zone-hint")
        .keeps("aria-invalid", move || is_wrong.get().then(|| "true".to_owned()));
    input.set_value(&booking.zone.get_untracked());
    let typed = input.clone();
    let input = input.on("change", move |_| {
        let named = booking.tools().zone_named(&typed.value());
        is_wrong.set(named.is_empty());
        if named.is_empty() {
            booking.reveal("#knock-zone-wrong");
            is_pushed.set(booking.peek(|state| state.slots.is_none()));
        } else {
            typed.set_value(&named);
            is_unknown.set(false);
            if booking.zone.with_untracked(|zone| *zone != named) {
                booking.live_in(named);
            }
        }
    });
    let list = el("datalist", "").attr("id", "knock-zones").add_all(options);
    let label = el("label", "field-label").attr("for", "knock-zone").text(words.say("zone.label")).text(" ");
    // The shown times are those of the zone before: the error says so.
    let wrong = move || {
        if is_wrong.get() { words.fill("zone.wrong", &[("zone", &booking.zone.get())]) } else { String::new() }
    };
    let unknown = move || if is_unknown.get() { words.say("zone.unknown") } else { "" }.to_owned();
    el("div", "field").add([
        label.add([el("bdi", "zone-offset").says(move || booking.read(offset))]),
        input,
        el("p", "field-wrong").attr("id", "knock-zone-wrong").attr("role", "alert").says(wrong),
        el("p", "notice")
            .attr("role", "status")
            .says(unknown)
            .keeps("hidden", move || (!is_unknown.get()).then(String::new)),
        list,
        line("field-hint", &words.fill("zone.hint", &[("example", "Europe/Paris")])).attr("id", "knock-zone-hint"),
    ])
}

/// The offset on the shown day: it changes during the year.
fn offset(state: &State) -> String {
    let all = || state.slots.iter().flatten();
    let shown = all().find(|slot| Some(slot.local.day) == state.day).or_else(|| all().next());
    shown.map(|slot| slot.local.offset()).unwrap_or_default()
}
