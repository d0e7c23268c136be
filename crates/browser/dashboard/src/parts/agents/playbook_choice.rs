//! The choice of a playbook.

use leptos::prelude::*;
use leptos::web_sys::HtmlSelectElement;

use crate::kit::leaving::{Leaving, Wanted};
use crate::state::agents::playbook::PlaybookForm;
use crate::words::playbook::{PLAYBOOK_KINDS, PLAYBOOK_LANGUAGES};

/// A choice of agent and one of language.
#[component]
pub(crate) fn PlaybookChoice(
    form: PlaybookForm,
    /// The confirmation before unsaved changes are lost.
    leaving: Leaving,
) -> impl IntoView {
    let choose = move |kind: String, language: String| {
        if form.is_changed() {
            leaving.wanted.set(Wanted::Playbook(kind, language));
        } else {
            form.choose(kind, language);
        }
    };
    let kind = move |control: HtmlSelectElement| {
        let chosen = control.value();
        // Shows the current value until the change is confirmed.
        control.set_value(&form.kind.get_untracked());
        choose(chosen, form.language.get_untracked());
    };
    let language = move |control: HtmlSelectElement| {
        let chosen = control.value();
        control.set_value(&form.language.get_untracked());
        choose(form.kind.get_untracked(), chosen);
    };
    view! {
        <div class="playbook-choice">
            {select("Agent", &PLAYBOOK_KINDS, form.kind.into(), Box::new(kind))}
            {select("Language", &PLAYBOOK_LANGUAGES, form.language.into(), Box::new(language))}
        </div>
    }
}

/// A labelled select control; its options are words of this app.
pub(super) fn select(
    label: &'static str,
    options: &[(&str, &str)],
    chosen: Signal<String>,
    changed: Box<dyn Fn(HtmlSelectElement)>,
) -> AnyView {
    let option = |(value, name): &(&str, &str)| {
        let selected = if chosen.with_untracked(|chosen| chosen == value) { " selected" } else { "" };
        format!("<option value=\"{value}\"{selected}>{name}</option>")
    };
    let options: String = options.iter().map(option).collect();
    view! {
        <label class="agents-site">
            <span class="field-label">{label}</span>
            <select
                class="input"
                inner_html=options
                prop:value=chosen
                on:change:target=move |event| changed(event.target())
            ></select>
        </label>
    }
    .into_any()
}
