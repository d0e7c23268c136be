//! Chat Status and Meeting Status of a contact, their owner, and the way to the chat: the head of a record.

use knock_model::{ConversationId, Permission};
use knock_wire::{ContactRecord, MeetingFlowShown};
use leptos::prelude::*;

use super::status_badge::StatusBadge;
use crate::kit::reactive::memo;
use crate::parts::page::badge::badge_class;
use crate::parts::page::time_ago::TimeAgo;
use crate::state::session::use_session;
use crate::words::meeting::meeting_tone;

/// Each status with its age; nothing for a contact who has neither.
#[component]
pub(crate) fn LeadStatus(record: Memo<ContactRecord>) -> impl IntoView {
    let may_open = use_session().may(Permission::UseInbox);
    let shown = memo(move || {
        record.with(|record| {
            let newest = record.conversations.first().map(|newest| newest.id);
            let name = &record.contact.progress.owner_name;
            let owner = if name.is_empty() { record.owner.clone() } else { name.clone() };
            (record.chat.clone(), record.meetings.clone(), owner, newest)
        })
    });
    move || {
        let (chat, meetings, owner, newest) = shown.get();
        (chat.is_some() || meetings.is_some()).then(|| {
            let chat = chat.map(|chat| {
                let status = chat.status.spelling().into_owned();
                figure("Chat Status", view! { <StatusBadge status /> <TimeAgo at=chat.since /> }.into_any())
            });
            let owner = (!owner.is_empty()).then(|| figure("Owner", view! { <bdi>{owner}</bdi> }.into_any()));
            view! {
                <div class="record-status">
                    <dl class="figures">{chat} {meetings.map(|flow| meeting(&flow))} {owner}</dl>
                    {newest.filter(|_| may_open).map(open)}
                </div>
            }
        })
    }
}

fn meeting(flow: &MeetingFlowShown) -> AnyView {
    let class = badge_class(meeting_tone(&flow.status));
    let words = flow.status.spelling().into_owned();
    figure("Meeting Status", view! { <span class=class>{words}</span> <TimeAgo at=flow.since /> }.into_any())
}

fn figure(name: &'static str, content: AnyView) -> AnyView {
    view! {
        <div class="figure">
            <dt>{name}</dt>
            <dd class="figure-status">{content}</dd>
        </div>
    }
    .into_any()
}

fn open(conversation: ConversationId) -> AnyView {
    view! {
        <a class="button" href=format!("/app/inbox/{conversation}")>
            "Open chat"
        </a>
    }
    .into_any()
}
