//! The launcher of a look: icon, words, place.

use knock_model::look::LookPicture;
use knock_wire::{Corner, LauncherIcon, Look};
use leptos::prelude::*;

use super::fields::{Named, choose, group, number, text};
use super::picture::picture;
use crate::kit::reactive::{derived, memo};
use crate::parts::page::when::When;
use crate::state::settings::look_form::{LookForm, Of};

const ICONS: [(LauncherIcon, &str); 5] = [
    (LauncherIcon::Chat, "Speech bubble"),
    (LauncherIcon::Question, "Question mark"),
    (LauncherIcon::Calendar, "Calendar"),
    (LauncherIcon::Picture, "Own picture"),
    (LauncherIcon::None, "None, only the words"),
];
const CORNERS: [(Corner, &str); 2] = [
    (Corner::End, "Right (left where texts run from right to left)"),
    (Corner::Start, "Left (right where texts run from right to left)"),
];

pub(super) fn launcher(form: LookForm) -> AnyView {
    let has_own = derived(move || form.field(|look| &mut look.icon) == LauncherIcon::Picture);
    // An error in closed fields opens them.
    let is_wrong = memo(move || ["offset_x", "offset_y", "z_index"].iter().any(|field| !form.errors(field).is_empty()));
    let fields = view! {
        {choose(form, ("icon", "Icon", ""), "icon", &ICONS, |look| &mut look.icon)}
        <When is=has_own>
            <div class="field">{picture(form, LookPicture::Icon, "launcher picture", |look| &mut look.icon_picture)}</div>
        </When>
        {text(
            form,
            ("launcher_text", "Words beside the icon", "At most 40 characters. Empty: none."),
            "launcher_text",
            |look| &mut look.launcher_text,
        )}
        {choose(form, ("corner", "Corner", ""), "corner", &CORNERS, |look| &mut look.corner)}
        <details class="look-more" prop:open=is_wrong>
            <summary>"Advanced"</summary>
            {offset(form, ("offset_x", "Distance from the side (px)", ""), |look| &mut look.offset_x)}
            {offset(form, ("offset_y", "Distance from the bottom (px)", ""), |look| &mut look.offset_y)}
            {layer(form)}
        </details>
    };
    group("look-launcher", "Launcher", fields.into_any())
}

fn offset(form: LookForm, named: Named, of: Of<u16>) -> AnyView {
    let value = derived(move || form.field(of).to_string());
    let read = move |text: &str| {
        form.change(|look| *of(look) = if text.is_empty() { default(of) } else { text.parse().unwrap_or(u16::MAX) })
    };
    number(form, named, named.0, value, read)
}

fn layer(form: LookForm) -> AnyView {
    let hint = "What stands above the launcher on your pages has a greater z-index.";
    let of: Of<i32> = |look| &mut look.z_index;
    let value = derived(move || form.field(of).to_string());
    let read = move |text: &str| form.change(|look| *of(look) = text.parse().unwrap_or(default(of)));
    number(form, ("z_index", "z-index", hint), "z_index", value, read)
}

/// The value of a look that was never changed.
fn default<T: Copy>(of: Of<T>) -> T {
    *of(&mut Look::default())
}
