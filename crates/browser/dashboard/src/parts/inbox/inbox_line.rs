//! A conversation in the inbox.

use knock_status::chat::InboxView;
use knock_wire::{Author, ConversationRow};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::status_badge::StatusBadge;
use super::view_list::inbox_address;
use super::waiting::Waiting;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::record::intent_type::IntentTypeMark;
use crate::parts::record::score_badge::ScoreBadge;
use crate::words::chat::lead_label;
use crate::words::message::{author_words, said_in};
use crate::words::number::counted;

/// A conversation: lead, waiting time or status, intent, last message and unread count.
#[component]
pub(crate) fn InboxLine(row: Signal<ConversationRow>, view: Memo<InboxView>) -> impl IntoView {
    let label = memo(move || row.with(lead_label));
    let status = memo(move || row.with(|row| row.state.status.spelling().into_owned()));
    let intent = derived(move || row.with(|row| row.intent.clone()));
    let at = derived(move || row.with(|row| row.last.as_ref().map_or(row.opened_at, |last| last.at)));
    let waiting_since = memo(move || row.with(|row| row.waiting_since));
    let unread = memo(move || row.with(|row| row.unread.unwrap_or_default()));
    let id = row.with_untracked(|row| row.id.to_string());
    let own = format!("/app/inbox/{id}");
    let path = use_location().pathname;
    let current = memo(move || path.with(|path| path.trim_end_matches('/') == own).then_some("page"));
    let said = move || match row.with(|row| row.last.clone()) {
        Some(last) => view! {
            <span class="inbox-author" class:unseen=last.author == Author::Lead>
                <bdi>{format!("{}: ", author_words(&last))}</bdi>
            </span>
            <bdi>{said_in(&last)}</bdi>
        }
        .into_any(),
        None => view! { <span>"No messages yet"</span> }.into_any(),
    };
    let state = move || match waiting_since.get() {
        Some(since) => view! { <Waiting since=Signal::stored(since) /> }.into_any(),
        None => view! { <StatusBadge status /> }.into_any(),
    };
    let new = move || (unread.get() > 0).then(|| counted(unread.get().into(), "new message"));
    view! {
        <li class="line inbox-line" class=("inbox-unread", move || unread.get() > 0)>
            <p class="inbox-who">
                <a
                    class="line-link"
                    href=derived(move || inbox_address(view.get(), Some(&id)))
                    aria-current=derived(move || current.get())
                >
                    <bdi>{label}</bdi>
                </a>
                <TimeAgo at />
            </p>
            <p class="inbox-said">{dynamic(said)}</p>
            <p class="inbox-marks">
                {dynamic(state)}
                <ScoreBadge intent />
                <IntentTypeMark intent />
                <span class="inbox-new">{dynamic(new)}</span>
            </p>
        </li>
    }
}
