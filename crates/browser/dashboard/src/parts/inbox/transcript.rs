//! The transcript of a conversation: the lines of the menu, and the form that mails it.

use knock_wire::TranscriptRecipient;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::dialog::Dialog;
use crate::state::inbox::transcribing::Transcribing;
use crate::state::inbox::working::use_working;

/// The lines of the menu `menu`.
pub(super) fn transcript_lines(transcribing: Transcribing, menu: &'static str) -> AnyView {
    let saved = move |_| browser::close_popover(menu);
    let mailed = move |_| {
        browser::close_popover(menu);
        transcribing.ask();
    };
    view! {
        <li class="menu-line">
            <a
                class="menu-link"
                href=transcribing.file()
                download="transcript.txt"
                rel="external"
                on:click=handler(saved)
            >
                "Save transcript"
            </a>
        </li>
        <li class="menu-line">
            <button class="menu-link mail-transcript" type="button" on:click=handler(mailed)>
                "Mail transcript\u{2026}"
            </button>
        </li>
    }
    .into_any()
}

/// The form, while it is open.
#[component]
pub(super) fn TranscriptForm(transcribing: Transcribing) -> impl IntoView {
    dynamic(move || transcribing.is_asked.get().then(|| form(transcribing)))
}

fn form(transcribing: Transcribing) -> AnyView {
    let work = use_working();
    let done = move |to: String| {
        work.iter().for_each(|work| work.toasts.show(format!("The transcript is mailed to {to}."), None));
    };
    let of_lead = transcribing.lead_address();
    let hint = if of_lead.is_some() { "" } else { "The lead cannot be mailed in this conversation." };
    view! {
        <Dialog
            title="Mail the transcript"
            confirm="Mail"
            is_busy=transcribing.is_busy
            failure=transcribing.failure
            confirmed=move |()| transcribing.mail(done)
            closed=move |()| transcribing.close()
        >
            <fieldset class="reminder-choices">
                <legend class="field-label">"To"</legend>
                {choice(transcribing, TranscriptRecipient::Me, "Me".to_owned())}
                {of_lead.map(|email| choice(transcribing, TranscriptRecipient::Lead, format!("The lead, {email}")))}
            </fieldset>
            <p class="field-hint">"The messages and the names of files, without notes. " {hint}</p>
        </Dialog>
    }
    .into_any()
}

fn choice(transcribing: Transcribing, to: TranscriptRecipient, label: String) -> AnyView {
    view! {
        <label class="choice">
            <input
                type="radio"
                name="transcript-to"
                prop:checked=derived(move || transcribing.to.get() == to)
                on:change=handler(move |_: leptos::ev::Event| transcribing.to.set(to))
            />
            <bdi>{label}</bdi>
        </label>
    }
    .into_any()
}
