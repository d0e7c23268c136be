//! The ways to a contact: their address, and their newest conversation.

use knock_model::Permission;
use knock_wire::ContactRecord;
use leptos::prelude::*;

use crate::state::session::use_session;
use crate::words::mail::mailto;

/// The address as a link that begins a mail; for those who use the inbox, a link to the newest conversation.
pub(crate) fn contact_links(record: &ContactRecord) -> AnyView {
    let email = record.contact.email.clone();
    let address = (!email.is_empty()).then(|| {
        view! {
            <a class="link" href=mailto(&email)>
                <bdi>{email.clone()}</bdi>
            </a>
        }
    });
    let newest = record.conversations.iter().max_by_key(|conversation| conversation.opened_at);
    let inbox = newest.filter(|_| use_session().may(Permission::UseInbox)).map(|conversation| {
        view! {
            <a class="link" href=format!("/app/inbox/{}", conversation.id)>
                "Open in the inbox"
            </a>
        }
    });
    view! {
        {address}
        {inbox}
    }
    .into_any()
}
