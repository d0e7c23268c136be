//! The ways to a contact: their address, their telephone number, and their newest conversation.

use knock_model::{Permission, Phone};
use knock_wire::ContactRecord;
use leptos::prelude::*;

use crate::state::session::use_session;
use crate::words::mail::mailto;

/// The address as a link that begins a mail, the number as one that calls; for those who use the inbox, a link to the newest conversation.
pub(crate) fn contact_links(record: &ContactRecord) -> AnyView {
    let email = record.contact.email.clone();
    let address = (!email.is_empty()).then(|| {
        view! {
            <a class="link" href=mailto(&email)>
                <bdi>{email.clone()}</bdi>
            </a>
        }
    });
    let phone = record.contact.phone.as_str();
    let phone = (!phone.is_empty()).then(|| phone_link(phone));
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
        {phone}
        {inbox}
    }
    .into_any()
}

/// A telephone number as a link that calls it; as it is, where it cannot be called.
pub(crate) fn phone_link(phone: &str) -> AnyView {
    match Phone::parse(phone) {
        Ok(number) => view! {
            <a class="link" href=number.link()>
                <bdi>{number.as_str().to_owned()}</bdi>
            </a>
        }
        .into_any(),
        Err(_) => view! { <bdi>{phone.to_owned()}</bdi> }.into_any(),
    }
}
