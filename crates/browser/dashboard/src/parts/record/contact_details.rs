//! Name, telephone number and company of a contact, which the team mends.

use knock_model::{ContactField, LeadId, Permission};
use knock_wire::{ContactRecord, ContactRow, EditedDetail};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

use super::contact_links::phone_link;
use crate::kit::browser::keys::is_escape;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::kit::single::Single;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::text_field::text_field;
use crate::state::records::mending::{Mending, TYPED, button_of};
use crate::state::session::use_session;
use crate::words::detail::{detail_hint, detail_label, edit_label, mended_words};

/// The details, a line each. In the present, those who use the inbox can edit them.
#[component]
pub(crate) fn ContactDetails(
    id: LeadId,
    store: Single<ContactRecord>,
    record: Memo<ContactRecord>,
    is_past: bool,
) -> impl IntoView {
    let may_mend = !is_past && use_session().may(Permission::UseInbox);
    let mending = Mending::of(id, store);
    let lines = ContactField::ALL.iter().map(|field| line(*field, record, may_mend.then_some(mending)));
    view! {
        <section class="panel" aria-labelledby="contact-details">
            <h2 class="panel-title" id="contact-details">"Details"</h2>
            <dl class="facts">{lines.collect::<Vec<_>>()}</dl>
        </section>
    }
}

fn line(field: ContactField, record: Memo<ContactRecord>, mending: Option<Mending>) -> AnyView {
    let is_edited = memo(move || mending.is_some_and(|mending| mending.field.get() == Some(field)));
    let shown = memo(move || record.with(|record| (value_of(&record.contact, field), mended(record, field))));
    let content = move || match mending.filter(|_| is_edited.get()) {
        Some(mending) => view! {
            <dt class="unseen">{detail_label(field)}</dt>
            <dd>{form(field, mending)}</dd>
        }
        .into_any(),
        None => view! {
            <dt>{detail_label(field)}</dt>
            <dd>
                {dynamic(move || shown.with(|(value, mended)| value_view(field, value, mended.as_ref())))}
                {mending.map(|mending| edit_button(field, record, mending))}
            </dd>
        }
        .into_any(),
    };
    view! {
        <div class="fact detail" class=("detail-edited", move || is_edited.get())>
            {dynamic(content)}
        </div>
    }
    .into_any()
}

fn value_view(field: ContactField, value: &str, mended: Option<&EditedDetail>) -> AnyView {
    let text = match (field, value) {
        (_, "") => view! { <span class="muted">"Not known"</span> }.into_any(),
        (ContactField::Phone, phone) => phone_link(phone),
        (ContactField::Name | ContactField::Company, text) => view! { <bdi>{text.to_owned()}</bdi> }.into_any(),
    };
    let by = mended.map(|mended| view! { <span class="detail-by muted">{mended_words(mended)}</span> });
    view! {
        {text}
        {by}
    }
    .into_any()
}

fn edit_button(field: ContactField, record: Memo<ContactRecord>, mending: Mending) -> AnyView {
    let edit = move |_| mending.edit(field, record.with_untracked(|record| value_to_edit(&record.contact, field)));
    view! {
        <button
            class="button button-quiet"
            type="button"
            id=button_of(field)
            aria-label=edit_label(field)
            on:click=handler(edit)
        >
            "Edit"
        </button>
    }
    .into_any()
}

/// Enter saves, Escape leaves everything as it was.
fn form(field: ContactField, mending: Mending) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        mending.save();
    };
    let pressed = move |event: KeyboardEvent| {
        if is_escape(&event) {
            event.prevent_default();
            mending.leave();
        }
    };
    let label = (TYPED, detail_label(field), detail_hint(field));
    view! {
        <form class="form" on:submit=handler(submit) on:keydown=handler(pressed) novalidate>
            {text_field(label, derived(move || mending.errors()), mending.typed)}
            <p class="detail-buttons">
                <button class="button button-strong" type="submit" prop:disabled=mending.is_busy>
                    "Save"
                </button>
                <button class="button" type="button" on:click=handler(move |_| mending.leave())>
                    "Cancel"
                </button>
            </p>
            <ActionFailure of=derived(move || mending.unplaced()) />
        </form>
    }
    .into_any()
}

fn mended(record: &ContactRecord, field: ContactField) -> Option<EditedDetail> {
    record.edited.iter().find(|edited| edited.field.known() == Some(&field)).cloned()
}

fn value_of(row: &ContactRow, field: ContactField) -> String {
    let value = match field {
        ContactField::Name => &row.name,
        ContactField::Phone => &row.phone,
        ContactField::Company => &row.company,
    };
    value.clone()
}

/// The value that a form begins with. The domain that stands for an unknown company is no name of one.
fn value_to_edit(row: &ContactRow, field: ContactField) -> String {
    let is_domain = row.account.as_ref().is_some_and(|account| account.domain == row.company);
    if field == ContactField::Company && is_domain { String::new() } else { value_of(row, field) }
}
