//! The form of how answers to mails arrive: the address, and the account of the mailbox.

use knock_wire::InboundWay;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::reactive::{derived, handler};
use crate::parts::form::credential_field::credential_field;
use crate::parts::form::credential_steps::credential_steps;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::text_field::text_field;
use crate::state::settings::credentials::CredentialField;
use crate::state::settings::inbound_mail::{ADDRESS, InboundForm, TITLE};

/// The form of a way.
pub(super) fn inbound_form(form: InboundForm, way: InboundWay) -> AnyView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save(way);
    };
    let address = (ADDRESS, "Address for answers", "Replies to leads name it, such as replies@example.com.");
    view! {
        <form class="form" aria-labelledby=TITLE on:submit=handler(submit) novalidate>
            {text_field(address, derived(move || form.errors("/address")), form.address)}
            <label class="choice">
                <input
                    type="checkbox"
                    prop:checked=form.has_tags
                    on:change:target=move |event| form.has_tags.set(event.target().checked())
                />
                "The mailbox also takes addresses such as replies+x@example.com"
            </label>
            {(way == InboundWay::Imap).then(|| account(form))}
            <ActionFailure of=derived(move || form.unplaced()) />
            <div class="form-actions">
                <button class="button button-strong" type="submit" prop:disabled=form.is_busy>
                    {derived(move || if form.is_busy.get() { "Saving\u{2026}" } else { "Save" })}
                </button>
                <button class="button" type="button" on:click=handler(move |_| form.close())>
                    "Cancel"
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// The account and the folder.
fn account(form: InboundForm) -> AnyView {
    let steps = untrack(|| form.settings()).form.steps;
    let line = |field: CredentialField| {
        let pointer = format!("/credentials/{}", field.name);
        credential_field(field, form.typed, derived(move || form.errors(&pointer)))
    };
    let folder = ("inbound-folder", "Folder", "Empty: INBOX. Mails are neither moved nor deleted.");
    view! {
        {credential_steps(steps)}
        {untrack(|| form.fields()).into_iter().map(line).collect::<Vec<_>>()}
        {text_field(folder, derived(move || form.errors("/folder")), form.folder)}
    }
    .into_any()
}
