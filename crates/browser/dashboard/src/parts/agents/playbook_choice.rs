//! The choice of a playbook.

use leptos::prelude::*;
use leptos::web_sys::HtmlSelectElement;

use crate::api::playbooks::PlaybookKey;
use crate::kit::leaving::{Leaving, Wanted};
use crate::kit::reactive::{derived, dynamic};
use crate::state::agents::playbook::PlaybookForm;
use crate::words::playbook::{PLAYBOOK_KINDS, PLAYBOOK_LANGUAGES};

/// A choice of the site that the texts are for, one of agent and one of language.
#[component]
pub(crate) fn PlaybookChoice(
    form: PlaybookForm,
    /// The confirmation before unsaved changes are lost.
    leaving: Leaving,
) -> impl IntoView {
    let choose = move |of: PlaybookKey| {
        if form.is_changed() {
            leaving.wanted.set(Wanted::Playbook(of));
        } else {
            form.choose(of);
        }
    };
    let site = move |control: HtmlSelectElement| {
        let site = control.value();
        control.set_value(&form.site.get_untracked());
        choose(PlaybookKey { site, ..form.key() });
    };
    let kind = move |control: HtmlSelectElement| {
        let kind = control.value();
        // Shows the current value until the change is confirmed.
        control.set_value(&form.kind.get_untracked());
        choose(PlaybookKey { kind, ..form.key() });
    };
    let language = move |control: HtmlSelectElement| {
        let language = control.value();
        control.set_value(&form.language.get_untracked());
        choose(PlaybookKey { language, ..form.key() });
    };
    view! {
        <div class="playbook-choice">
            {site_select(form, Box::new(site))}
            {select("Agent", &PLAYBOOK_KINDS, form.kind.into(), Box::new(kind))}
            {select("Language", &PLAYBOOK_LANGUAGES, form.language.into(), Box::new(language))}
        </div>
    }
}

/// All sites, and each of them.
fn site_select(form: PlaybookForm, changed: Box<dyn Fn(HtmlSelectElement)>) -> AnyView {
    let options = move || {
        let chosen = form.site.get();
        let option = |key: String, name: String| {
            let is_chosen = key == chosen;
            view! { <option value=key prop:selected=is_chosen>{name}</option> }.into_any()
        };
        let sites = form.agents.sites.value.get().unwrap_or_default();
        let all = option(String::new(), "All sites".to_owned());
        std::iter::once(all).chain(sites.into_iter().map(|site| option(site.key, site.name))).collect_view()
    };
    let is_hidden = derived(move || form.agents.sites.value.with(|sites| sites.as_ref().is_none_or(Vec::is_empty)));
    view! {
        <label class="agents-site" hidden=is_hidden>
            <span class="field-label">"Texts for"</span>
            <select class="input" on:change:target=move |event| changed(event.target())>
                {dynamic(options)}
            </select>
        </label>
    }
    .into_any()
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
