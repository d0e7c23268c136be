//! The notes about what meetings lack: a place, and an organizer with a mailbox.

use futures_util::FutureExt;
use leptos::prelude::*;

use crate::kit::reactive::derived;
use crate::kit::single::Single;
use crate::parts::page::when::When;
use crate::state::session::use_session;

/// The domain of the first admin's address, which receives no mail.
const NO_MAILBOX: &str = "@localhost";
const NO_PLACE: &str = "Meetings have no place: where their owner's calendar adds no video link, visitors get neither a link \
                        nor a phone number.";

/// The note beside a link or a rule of meetings, while no location is set; it leads to the settings.
#[component]
pub(crate) fn PlaceNote() -> impl IntoView {
    let session = use_session();
    let settings = Single::new(move || {
        let client = session.client();
        async move { client.meeting_settings().await }.boxed_local()
    });
    settings.load();
    let is_nowhere = move || settings.value.with(|known| known.as_ref().is_some_and(|known| known.location.is_empty()));
    view! {
        <When is=derived(is_nowhere)>
            <p class="note">
                {NO_PLACE} " " <a class="link" href="/app/settings/meetings">"Set a location"</a>
            </p>
        </When>
    }
}

/// The notes in the settings of meetings; `location` is that of the form.
#[component]
pub(crate) fn LackNotes(location: Signal<String>) -> impl IntoView {
    let session = use_session();
    let email = session.email_untracked();
    let has_no_mailbox = email.ends_with(NO_MAILBOX);
    view! {
        <When is=derived(move || location.with(|location| location.trim().is_empty()))>
            <p class="note">{NO_PLACE} " Enter a video link or a phone number as location."</p>
        </When>
        <When is=derived(move || has_no_mailbox)>
            <p class="note">
                <bdi>{email.clone()}</bdi>
                " receives no mail, and meetings with you name no organizer. Invite yourself with your own address in "
                <a class="link" href="/app/settings/team">"Settings > Team"</a> "."
            </p>
        </When>
    }
}
