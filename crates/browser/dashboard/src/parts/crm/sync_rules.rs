//! Sync rules: the switch, other sources, segments, and when a contact is created.

use knock_crm::CreateContact;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::table::condition_line::option;
use crate::state::crm::form::CrmForm;
use crate::words::crm::create_contact_words;

/// The switches.
pub(crate) fn crm_sync_rules(form: CrmForm) -> AnyView {
    let options = derived(move || {
        let chosen = form.create_contact.get();
        let of = |one: &CreateContact| option(one.as_str(), create_contact_words(*one), *one == chosen);
        CreateContact::ALL.iter().map(of).collect::<String>()
    });
    let name = form.name();
    let choose = move |word: String| {
        if let Some(chosen) = CreateContact::parse(&word) {
            form.create_contact.set(chosen);
        }
    };
    view! {
        <section class="panel panels" aria-labelledby="crm-leaving">
            <h2 class="panel-title" id="crm-leaving">"Sync rules"</h2>
            {tick(form.is_on, format!("Write leads to {name}"), "Off: nothing leaves.")}
            {wrong(form, "/enabled")}
            {tick(form.other_sources, "Leads of other sources too".to_owned(), "Those who did not connect via Knock, such as by forms of your site.")}
            {tick(form.timeline, "Signals as notes".to_owned(), "What a lead did on your site, as a note on their contact and its company: one an hour at most.")}
            {tick(form.meetings, format!("Meetings as {name}'s own"), "Each meeting is on the contact and goes along when it is moved or cancelled.")}
            {tick(form.recreate_deleted, format!("Create contacts again that were deleted in {name}"), "Off: a contact that was deleted there stays deleted, and the record of the lead says so.")}
            <div class="field">
                <label class="field-label" for="crm-create">
                    "A contact is created"
                </label>
                <select
                    class="input"
                    id="crm-create"
                    inner_html=options
                    on:change:target=move |event| choose(event.target().value())
                ></select>
                <p class="field-hint">
                    "Of leads with an e-mail address. The first choice includes who qualified for a meeting and did not book it. A lead by form alone needs “Leads of other sources too” as well. Spam and unqualified leads update a contact that exists and create none."
                </p>
            </div>
            <fieldset class="fieldset">
                <legend class="field-label">"Only leads of these segments"</legend>
                <p class="field-hint">"None is ticked: all leads. The segments are templates of your routing rules."</p>
                {dynamic(move || segments(form))}
                {wrong(form, "/accept")}
            </fieldset>
        </section>
    }
    .into_any()
}

/// The errors of a part.
fn wrong(form: CrmForm, pointer: &'static str) -> AnyView {
    let errors = memo(move || form.errors(pointer));
    let lines = move || {
        errors.get().into_iter().map(|error| view! { <p class="field-error">{error}</p> }.into_any()).collect_view()
    };
    view! { <div role="alert">{dynamic(lines)}</div> }.into_any()
}

/// The segments to select; one that no longer exists can be removed.
fn segments(form: CrmForm) -> Vec<AnyView> {
    let mut known =
        form.templates.with(|all| all.iter().map(|one| (one.id.clone(), one.name.clone())).collect::<Vec<_>>());
    let accepted = form.accept.get_untracked();
    let gone = accepted.into_iter().filter(|id| known.iter().all(|(known, _)| known != id)).collect::<Vec<_>>();
    known.extend(gone.into_iter().map(|id| (id.clone(), format!("{id} (deleted)"))));
    let line = |(id, name): (String, String)| {
        let (of, at) = (id.clone(), id);
        let is_on = derived(move || form.accept.with(|accept| accept.contains(&of)));
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=is_on
                    on:change:target=move |event| form.accept_segment(&at, event.target().checked())
                />
                <bdi>{name}</bdi>
            </label>
        }
        .into_any()
    };
    known.into_iter().map(line).collect()
}

fn tick(value: RwSignal<bool>, label: String, hint: &'static str) -> AnyView {
    view! {
        <label class="choice">
            <input
                type="checkbox"
                prop:checked=value
                on:change:target=move
                |event|
                value.set(event.target().checked())
            />
            <span>
                {label}
                <span class="choice-hint">{hint}</span>
            </span>
        </label>
    }
    .into_any()
}
