//! The preview of a look: the real launcher and chat in a frame, with the unsaved changes.

use knock_wire::{HiddenDevice, Scheme};
use leptos::prelude::*;

use crate::kit::paged::Phase;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::failure_line::FailureLine;
use crate::state::settings::look_form::LookForm;
use crate::state::settings::look_preview::{Device, LookPreview, Part};
use crate::words::look::Ground;

/// Choices, frame, and what the frame cannot show.
#[component]
pub(crate) fn LookPreviewPanel(form: LookForm) -> impl IntoView {
    let preview = LookPreview::start(form);
    let width = derived(move || match preview.device.get() {
        Device::Desktop => "look-frame",
        Device::Phone => "look-frame look-frame-phone",
    });
    let failure = move || match preview.look.phase.get() {
        Phase::Failed(failure) => Some(view! { <FailureLine failure /> }),
        Phase::Loading | Phase::Ready => None,
    };
    view! {
        <section class="panel look-preview" aria-labelledby="look-preview">
            <h2 class="panel-title" id="look-preview">"Preview"</h2>
            <div class="look-previews">
                {choice("Part", preview.part, &[(Part::Launcher, "Launcher"), (Part::Chat, "Open chat")])}
                {choice("Size", preview.device, &[(Device::Desktop, "Computer"), (Device::Phone, "Phone")])}
                {choice("System", preview.ground, &[(Ground::Light, "Light"), (Ground::Dark, "Dark")])}
            </div>
            <div class="look-stage">
                <iframe class=width title="Page with the chat" src="/app/preview" node_ref=preview.frame.element></iframe>
            </div>
            {dynamic(failure)}
            <p class="field-hint" role="status">{derived(move || note(form, preview))}</p>
        </section>
    }
}

/// What the frame does not show: it leaves out where the launcher is hidden.
fn note(form: LookForm, preview: LookPreview) -> &'static str {
    if preview.is_behind.get() {
        return "A field has an error: the preview shows the draft before it.";
    }
    let hidden = match preview.device.get() {
        Device::Desktop => HiddenDevice::Desktop,
        Device::Phone => HiddenDevice::Phone,
    };
    if form.draft.with(|look| look.hidden.devices.contains(&hidden)) {
        return "The launcher is hidden on these devices. The preview shows it all the same.";
    }
    match form.draft.with(|look| look.scheme) {
        Scheme::System => "Nothing in the preview is sent.",
        Scheme::Light => "Always light, whatever the visitor\u{2019}s system is. Nothing in the preview is sent.",
        Scheme::Dark => "Always dark, whatever the visitor\u{2019}s system is. Nothing in the preview is sent.",
    }
}

/// A choice of one of two, as pressed buttons.
fn choice<T: Copy + PartialEq + Send + Sync + 'static>(
    label: &'static str,
    chosen: RwSignal<T>,
    options: &'static [(T, &'static str)],
) -> AnyView {
    let button = move |&(value, name): &'static (T, &'static str)| {
        let is_chosen = derived(move || (chosen.get() == value).to_string());
        view! {
            <button class="button look-choice" type="button" aria-pressed=is_chosen on:click=handler(move |_| chosen.set(value))>
                {name}
            </button>
        }
        .into_any()
    };
    view! { <div class="look-switch" role="group" aria-label=label>{options.iter().map(button).collect_view()}</div> }
        .into_any()
}
