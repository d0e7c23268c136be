//! Where the launcher is hidden.

use knock_wire::HiddenDevice;
use leptos::prelude::*;

use super::fields::{check, group, lines, switch};
use crate::kit::reactive::derived;
use crate::state::settings::look_form::LookForm;

const DEVICES: [(HiddenDevice, &str, &str); 3] = [
    (HiddenDevice::Phone, "hidden-phone", "On phones"),
    (HiddenDevice::Tablet, "hidden-tablet", "On tablets"),
    (HiddenDevice::Desktop, "hidden-desktop", "On computers"),
];

pub(super) fn hidden(form: LookForm) -> AnyView {
    let device = move |(device, id, label): (HiddenDevice, &'static str, &'static str)| {
        let is_on = derived(move || form.draft.with(|look| look.hidden.devices.contains(&device)));
        let set = move |is_on: bool| {
            form.change(|look| {
                look.hidden.devices.retain(|one| *one != device);
                if is_on {
                    look.hidden.devices.push(device);
                    look.hidden.devices.sort_unstable();
                }
            });
        };
        let note = match device {
            HiddenDevice::Phone => "Screens up to 480 px wide.",
            HiddenDevice::Tablet => "Up to 1,024 px.",
            HiddenDevice::Desktop => "Wider screens.",
        };
        check((id, label), note, is_on, set)
    };
    let fields = view! {
        <p class="field-hint">"Your page can open the chat all the same, by knock('open', 'chat')."</p>
        {lines(
            form,
            ("hidden-paths", "On these pages", "Paths, one a line, such as /careers/*. A star stands for any characters."),
            "hidden/paths",
            |look| &mut look.hidden.paths,
        )}
        {DEVICES.map(device).into_iter().collect::<Vec<_>>()}
        {switch(
            form,
            ("hidden-hours", "While no member takes chats"),
            view! { "By " <a class="link" href="/app/settings/availability">"Availability"</a> " of all members." },
            |look| &mut look.hidden.outside_hours,
        )}
        {switch(
            form,
            ("hidden-unknown", "From visitors who are not signed in"),
            "Only visitors whom your page has identified see it (knock('identify', \u{2026})).",
            |look| &mut look.hidden.signed_in_only,
        )}
    };
    group("look-hidden", "Where it is hidden", fields.into_any())
}
