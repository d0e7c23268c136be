//! A booking card in a conversation, with its outcome.

use knock_wire::MessageCard;
use leptos::prelude::*;

use crate::kit::browser;
use crate::parts::page::icon::{Icon, IconMark};
use crate::words::meeting::card_words;

#[component]
pub(crate) fn CardLine(card: MessageCard) -> impl IntoView {
    let became = match card.meeting {
        None => view! { <span class="muted">"Nothing is booked yet"</span> }.into_any(),
        Some(meeting) => {
            let address = format!("/app/meetings/{}", meeting.id);
            let words = card_words(&meeting.state, browser::local(meeting.start_at));
            view! { <a class="link" href=address>{words}</a> }.into_any()
        }
    };
    view! {
        <p class="message-text message-card">
            <IconMark icon=Icon::Booked />
            <span>{if card.own { "Booking card, own calendar" } else { "Booking card" }}</span>
            {became}
        </p>
    }
}
