//! A conversation in the inbox.

use knock_wire::ConversationRow;
use leptos::prelude::*;
use leptos_router::components::A;

use crate::parts::{IntentTypeMark, ScoreBadge, StatusBadge, TimeAgo};
use crate::words::{author_words, lead_label, said_in};

/// Who, in which status, with what intent, and what was said last.
#[component]
pub(crate) fn InboxLine(
    /// The conversation.
    row: Signal<ConversationRow>,
) -> impl IntoView {
    let label = Memo::new(move |_| row.with(lead_label));
    let status = Memo::new(move |_| row.with(|row| row.state.status.spelling().into_owned()));
    let intent = Signal::derive(move || row.with(|row| row.intent.clone()));
    let at = Signal::derive(move || row.with(|row| row.last.as_ref().map_or(row.opened_at, |last| last.at)));
    let said = move || match row.with(|row| row.last.clone()) {
        Some(last) => view! {
            <span class="inbox-author"><bdi>{format!("{}: ", author_words(&last))}</bdi></span>
            <bdi>{said_in(&last)}</bdi>
        }
        .into_any(),
        None => view! { <span>"Nothing written yet"</span> }.into_any(),
    };
    view! {
        <li class="line inbox-line">
            <p class="inbox-who">
                <A href=row.with_untracked(|row| format!("/app/inbox/{}", row.id)) exact=true attr:class="line-link">
                    <bdi>{label}</bdi>
                </A>
                <TimeAgo at />
            </p>
            <p class="inbox-said">{said}</p>
            <p class="inbox-marks">
                <StatusBadge status />
                <ScoreBadge intent />
                <IntentTypeMark intent />
            </p>
        </li>
    }
}
