//! Settings > Enrichment: the enrichment provider.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::dialog::Dialog;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::password_field::PasswordField;
use crate::parts::form::save_bar::SaveBar;
use crate::parts::form::text_field::text_field;
use crate::parts::page::heading::Heading;
use crate::parts::page::lazy::lazy;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::technical::technical;
use crate::parts::page::when::When;
use crate::parts::settings::enrichment_fields::EnrichmentFields;
use crate::parts::settings::enrichment_test::EnrichmentTry;
use crate::state::settings::enrichment_form::{ADDRESS, EnrichmentForm};
use crate::words::instant::exact;
use crate::words::network::plain_part;

lazy!(settings => EnrichmentPage);

/// The settings and the health of the provider, and a test.
#[component]
pub(crate) fn EnrichmentPage() -> impl IntoView {
    let form = EnrichmentForm::start();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    view! {
        <div class="page-head">
            <Heading text="Enrichment" />
        </div>
        <p class="lead">
            "A data provider returns facts about a lead's company and role. It is queried when a lead gives a business address; routing rules wait for it, 800 milliseconds at most."
        </p>
        <Loaded phase=form.stored.phase retry=move |()| form.stored.load()>
            <form class="panel form panels" on:submit=handler(submit) novalidate>
                <Trouble form />
                <Account form />
                <EnrichmentFields form />
                <Kept form />
                <ActionFailure of=derived(move || form.unplaced().filter(|_| !form.asks.get())) />
                <SaveBar
                    is_changed=derived(move || form.is_changed())
                    is_busy=form.is_busy
                    said=form.said
                    discard=move |()| form.discard()
                >
                    <button
                        class="button"
                        type="button"
                        hidden=derived(move || !form.is_set_up())
                        on:click=handler(move |_| form.asks.set(true))
                    >
                        "Remove"
                    </button>
                </SaveBar>
            </form>
            <When is=derived(move || form.is_set_up())>
                <EnrichmentTry form />
            </When>
        </Loaded>
        <When is=derived(move || form.asks.get())>
            <Dialog
                title="Remove this provider?"
                confirm="Remove"
                is_busy=form.is_busy
                failure=derived(move || form.unplaced())
                confirmed=move |()| form.remove()
                closed=move |()| form.asks.set(false)
            >
                <p>"Its address and key are deleted, and it is queried no more. Its data stays on the records."</p>
            </Dialog>
        </When>
    }
}

/// The reason for which the provider cannot be used.
#[component]
fn Trouble(form: EnrichmentForm) -> impl IntoView {
    let words = derived(move || {
        let (problem, since) = form.health.get();
        let since = since.map_or_else(String::new, |since| format!(" since {}", exact(browser::local(since))));
        if problem.is_empty() {
            problem
        } else {
            format!("The provider cannot be used{since}: {}. Leads are routed without it.", plain_part(&problem))
        }
    });
    view! {
        <p class="note note-wrong" role="status" hidden=derived(move || words.with(String::is_empty))>
            {words}
        </p>
        {dynamic(move || technical(&form.health.get().0))}
    }
}

#[component]
fn Account(form: EnrichmentForm) -> impl IntoView {
    let control = NodeRef::<Input>::new();
    let secret_errors = derived(move || form.errors("secret"));
    view! {
        {line(form, (ADDRESS, "Address", "With {email} or {domain} in it, such as https://api.example.com/v2/find?email={email}."), "url", form.url)}
        {line(form, ("enrichment-name", "Name", "Shown on records beside its data. Empty: its host."), "name", form.name)}
        {line(form, ("enrichment-header", "Header of the key", "Such as Authorization or X-Api-Key. Empty: no key is sent."), "header", form.header)}
        <PasswordField
            id="enrichment-secret"
            label="Key"
            hint="The whole value of the header, such as Bearer KEY. It is stored encrypted and never shown; leave it empty to keep it."
            autocomplete="off"
            value=form.secret
            errors=secret_errors
            control
        />
    }
}

#[component]
fn Kept(form: EnrichmentForm) -> impl IntoView {
    view! {
        {line(form, ("enrichment-days", "Days that an answer is valid", "After that the provider is queried again, 1 to 365."), "keep_days", form.keep_days)}
        <label class="choice">
            <input
                type="checkbox"
                prop:checked=form.is_on
                on:change:target=move |event| form.is_on.set(event.target().checked())
            />
            "Use this provider"
        </label>
    }
}

fn line(
    form: EnrichmentForm,
    names: (&'static str, &'static str, &'static str),
    part: &'static str,
    value: RwSignal<String>,
) -> AnyView {
    text_field(names, derived(move || form.errors(part)), value)
}
