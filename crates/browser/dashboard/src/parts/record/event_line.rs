//! An event on a timeline: what the team, the AI agent or a timer did.

use knock_model::{Permission, TimelineEventKind};
use knock_wire::TimelineEvent;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::time_ago::TimeAgo;
use crate::state::session::use_session;
use crate::words::event::{EventWords, event_words};
use crate::words::work::Wall;

/// An event: what was done, by whom, and where it is.
pub(crate) fn event_line(event: &TimelineEvent) -> AnyView {
    let wall = Wall { local: browser::local, now: use_clock().now_untracked() };
    let EventWords { verb, object, note } = event_words(event, wall);
    let is_note = event.kind.known() == Some(&TimelineEventKind::Note);
    let object = (!object.is_empty()).then(|| view! { <bdi class="entry-object">{object}</bdi> });
    let note = (!note.is_empty()).then(|| view! { <p class="entry-page"><bdi>{note}</bdi></p> });
    view! {
        <li class="entry entry-event" class=("entry-note", is_note)>
            <span class="entry-icon">
                <IconMark icon=icon(event.kind.known().copied()) />
            </span>
            <div class="entry-body">
                <p class="entry-what">
                    <span class="entry-verb">{verb}</span>
                    " "
                    {object}
                </p>
                {note}
                {place(event)}
            </div>
            <p class="entry-side">
                <TimeAgo at=event.at />
            </p>
        </li>
    }
    .into_any()
}

/// The way to the chat or the meeting.
fn place(event: &TimelineEvent) -> Option<AnyView> {
    let may_open = use_session().may(Permission::UseInbox);
    let (href, words) = match (event.meeting, event.conversation) {
        (Some(meeting), _) => (format!("/app/meetings/{meeting}"), "Open meeting"),
        (None, Some(conversation)) => (format!("/app/inbox/{conversation}"), "Open chat"),
        (None, None) => return None,
    };
    may_open.then(|| view! { <p class="entry-meta"><a class="link" href=href>{words}</a></p> }.into_any())
}

const fn icon(kind: Option<TimelineEventKind>) -> Icon {
    match kind {
        Some(TimelineEventKind::AgentMessage) => Icon::Agents,
        Some(
            TimelineEventKind::LeadMessage
            | TimelineEventKind::RepMessage
            | TimelineEventKind::NudgeShown
            | TimelineEventKind::NudgeClicked,
        ) => Icon::Message,
        Some(
            TimelineEventKind::MeetingBooked
            | TimelineEventKind::MeetingMoved
            | TimelineEventKind::MeetingReassigned
            | TimelineEventKind::MeetingHeld
            | TimelineEventKind::MeetingStatus,
        ) => Icon::Booked,
        Some(
            TimelineEventKind::MeetingCancelled
            | TimelineEventKind::MeetingMissed
            | TimelineEventKind::NudgeClosed
            | TimelineEventKind::Rejected
            | TimelineEventKind::MarkedSpam,
        ) => Icon::FormAbandon,
        Some(TimelineEventKind::Assigned | TimelineEventKind::Queued | TimelineEventKind::WorkflowAction) => {
            Icon::Route
        }
        Some(TimelineEventKind::Snoozed) => Icon::Time,
        Some(
            TimelineEventKind::Done
            | TimelineEventKind::DealOpened
            | TimelineEventKind::RejectionUndone
            | TimelineEventKind::UnmarkedSpam
            | TimelineEventKind::Reopened,
        ) => Icon::Check,
        Some(TimelineEventKind::DetailSet | TimelineEventKind::Merged) => Icon::Person,
        Some(TimelineEventKind::ChatStatus) => Icon::Inbox,
        Some(TimelineEventKind::Note | TimelineEventKind::TypeDecided) | None => Icon::Event,
    }
}
