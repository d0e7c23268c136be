//! The time zone of what is shown, and the choice of another one.

use leptos::prelude::*;

use crate::booking::handle::Booking;

/// The choice of the zone.
pub(super) fn zone(booking: Booking) -> AnyView {
    let words = booking.words;
    let is_wrong = RwSignal::new(false);
    let zones = booking.tools().zones();
    let options = zones.lines().map(|name| view! { <option value=name.to_owned()></option> }).collect::<Vec<_>>();
    // That of the day whose times are shown: it changes in the year.
    let offset = move || {
        booking.read(|state| {
            let of_day = |slot: &&crate::booking::state::Slot| Some(slot.local.day) == state.day;
            let all = || state.slots.iter().flatten();
            all().find(of_day).or_else(|| all().next()).map(|slot| slot.local.offset())
        })
    };
    let change = move |event| {
        let named = booking.tools().zone_named(&event_target_value(&event));
        is_wrong.set(named.is_empty());
        if !named.is_empty() && booking.zone.with_untracked(|zone| *zone != named) {
            booking.live_in(named);
        }
    };
    view! {
        <div class="field">
            <label class="field-label" for="knock-zone">
                {words.say("zone.label")} " " <bdi class="zone-offset">{offset}</bdi>
            </label>
            <input
                class="field-input"
                id="knock-zone"
                list="knock-zones"
                autocomplete="off"
                spellcheck="false"
                aria-invalid=move || is_wrong.get().then_some("true")
                aria-describedby="knock-zone-wrong knock-zone-hint"
                prop:value=move || booking.zone.get()
                on:change=change
            />
            <datalist id="knock-zones">{options}</datalist>
            <p class="field-hint" id="knock-zone-hint">{words.fill("zone.hint", &[("example", "Europe/Paris")])}</p>
            <p class="field-wrong" id="knock-zone-wrong">{move || is_wrong.get().then(|| words.say("zone.wrong"))}</p>
        </div>
    }
    .into_any()
}
