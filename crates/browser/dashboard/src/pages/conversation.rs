//! A conversation: messages, composer and status.

use knock_model::ConversationId;
use knock_wire::ConversationRecord;
use leptos::ev::resize;
use leptos::html::Aside;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::missing::MissingPage;
use crate::kit::notifier;
use crate::kit::reactive::{derived, dynamic, effect, handler, memo};
use crate::parts::inbox::about_lead::AboutLead;
use crate::parts::inbox::assignments::Assignments;
use crate::parts::inbox::chat_facts::ChatFacts;
use crate::parts::inbox::chat_owner::{ChatOwner, OwnerLine};
use crate::parts::inbox::chat_tags::ChatTags;
use crate::parts::inbox::composer::Composer;
use crate::parts::inbox::lead_actions::LeadActions;
use crate::parts::inbox::messages::Messages;
use crate::parts::inbox::reminders::{ReminderList, ReminderQuestions};
use crate::parts::inbox::returned_mail::ReturnedMail;
use crate::parts::inbox::routing_decisions::RoutingDecisions;
use crate::parts::inbox::status_badge::StatusBadge;
use crate::parts::inbox::status_history::StatusHistory;
use crate::parts::inbox::type_history::TypeHistory;
use crate::parts::inbox::work_actions::WorkActions;
use crate::parts::inbox::work_history::{WorkHistory, WorkState};
use crate::parts::meetings::add_meeting::{AddMeetingForm, AddedMeeting};
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lazy::lazy;
use crate::parts::page::loaded::Loaded;
use crate::state::inbox::chat_ownership::ChatOwnership;
use crate::state::inbox::composing::Composing;
use crate::state::inbox::list::use_inbox;
use crate::state::inbox::reminding::Reminding;
use crate::state::inbox::shortcuts::use_shortcuts;
use crate::state::inbox::takeover::follow_assignments;
use crate::state::inbox::thread::Thread;
use crate::state::inbox::working::use_working;
use crate::state::meetings::adding::{Adding, MeetingFor};
use crate::words::chat::{lead_address, lead_label};

lazy!(inbox => ConversationPage);

/// The part of a conversation on a narrow screen; a wide one shows both.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Messages,
    Details,
}

/// The conversation of the address.
#[component]
pub(crate) fn ConversationPage() -> impl IntoView {
    let params = use_params_map();
    let id = memo(move || params.read().get("id").and_then(|id| ConversationId::parse(&id).ok()));
    move || match id.get() {
        Some(id) => view! { <ConversationOf id /> }.into_any(),
        None => view! { <div class="conversation"><MissingPage /></div> }.into_any(),
    }
}

#[component]
fn ConversationOf(id: ConversationId) -> impl IntoView {
    let thread = Thread::start(id);
    notifier::look(&id.to_string());
    on_cleanup(|| notifier::look(""));
    let record = thread.record;
    let text = derived(move || {
        let label = |record: &ConversationRecord| lead_label(&record.conversation);
        record.value.with(|record| record.as_ref().map_or_else(|| "Conversation".to_owned(), label))
    });
    let address = derived(move || {
        let address = |record: &ConversationRecord| lead_address(&record.conversation);
        record.value.with(|record| record.as_ref().map_or_else(String::new, address))
    });
    let part = RwSignal::new(Part::Messages);
    let back = use_inbox().map(|inbox| move || inbox.address(None));
    view! {
        <article class="conversation" class=("conversation-details", move || part.get() == Part::Details)>
            <a class="back" href=back><IconMark icon=Icon::Back /> "Inbox"</a>
            <Heading text />
            <p class="lead-address muted"><bdi>{address}</bdi></p>
            <Loaded phase=record.phase retry=move |()| record.load()>
                {dynamic(move || record.value.get_untracked().map(|first| view! { <Shown first thread part /> }))}
            </Loaded>
        </article>
    }
}

#[component]
fn Shown(first: ConversationRecord, thread: Thread, part: RwSignal<Part>) -> impl IntoView {
    let record = memo(move || thread.record.value.get().unwrap_or_else(|| first.clone()));
    let row = memo(move || record.with(|record| record.conversation.clone()));
    let state = memo(move || row.with(|row| row.state.clone()));
    let status = memo(move || state.with(|state| state.status.spelling().into_owned()));
    let (composing, owning) = (Composing::start(thread), ChatOwnership::new(thread, state.into()));
    let shortcuts = use_shortcuts();
    shortcuts.open(composing, owning);
    let lead = memo(move || row.with(|row| row.lead));
    let reminding = Reminding::start(lead);
    provide_context(reminding);
    let adding = Adding::new(derived(move || record.with(meeting_for)));
    provide_context(adding);
    let details = NodeRef::<Aside>::new();
    let is_shown = in_sight(details, part);
    if let Some(work) = use_working() {
        follow_assignments(thread, work.toasts);
    }
    view! {
        <div class="conversation-head">
            <PartTabs part />
            <div class="conversation-state">
                <p role="status">
                    <span class="unseen" hidden=derived(move || status.with(String::is_empty))>"Chat Status: "</span>
                    <StatusBadge status />
                </p>
                <OwnerLine owning />
                <WorkState record />
                <ChatTags thread row />
                <AddedMeeting adding />
                <p class="present muted" role="status"><bdi>{derived(move || composing.present.words())}</bdi></p>
            </div>
            <div class="conversation-actions">
                <ChatOwner owning />
                <WorkActions thread row />
                <LeadActions thread state owning />
            </div>
        </div>
        <div class="conversation-body">
            <div class="thread">
                <ReturnedMail thread record />
                <Messages thread />
                <Composer composing shortcuts />
            </div>
            <aside class="record-side" aria-label="Details" tabindex="0" node_ref=details>
                {dynamic(move || view! { <AboutLead lead=lead.get() record is_shown /> })}
                <ReminderList reminding />
                <ChatFacts state acts=derived(move || record.with(|record| record.acts.clone())) />
                <StatusHistory
                    history=derived(move || record.with(|record| record.history.clone()))
                    link=derived(move || row.with(|row| row.link.clone()))
                />
                <TypeHistory types=derived(move || record.with(|record| record.types.clone())) />
                <WorkHistory changes=derived(move || record.with(|record| record.work.clone())) />
                <Assignments assignments=derived(move || record.with(|record| record.assignments.clone())) />
                <RoutingDecisions decisions=derived(move || record.with(|record| record.decisions.clone())) />
            </aside>
        </div>
        <ReminderQuestions reminding />
        <AddMeetingForm adding done=|_| {} />
    }
}

/// The lead of a meeting that is entered here.
fn meeting_for(record: &ConversationRecord) -> MeetingFor {
    let row = &record.conversation;
    MeetingFor {
        lead: Some(row.lead),
        has_email: row.contact.as_ref().is_some_and(|contact| !contact.email.is_empty()),
        conversation: Some(row.id),
        zone: record.time_zone.clone(),
    }
}

/// Whether the details are in sight, or were: on a narrow screen once they are chosen.
fn in_sight(details: NodeRef<Aside>, part: RwSignal<Part>) -> RwSignal<bool> {
    let is_shown = RwSignal::new(false);
    let look = move || {
        let has_box = details.try_get_untracked().flatten().is_some_and(|details| details.offset_width() > 0);
        if has_box && is_shown.try_get_untracked() == Some(false) {
            is_shown.set(true);
        }
    };
    effect(move || {
        details.track();
        part.track();
        // Once the classes of the chosen part are set.
        request_animation_frame(look);
    });
    let resized = window_event_listener(resize, move |_| look());
    on_cleanup(move || resized.remove());
    is_shown
}

/// Buttons for narrow screens, one for each part.
#[component]
fn PartTabs(part: RwSignal<Part>) -> impl IntoView {
    let tab = move |of: Part, name: &'static str| {
        let is_shown = derived(move || (part.get() == of).to_string());
        view! {
            <button class="tab" type="button" aria-pressed=is_shown on:click=handler(move |_| part.set(of))>
                {name}
            </button>
        }
    };
    view! {
        <div class="tabs" role="group" aria-label="Part of the conversation">
            {tab(Part::Messages, "Messages")}
            {tab(Part::Details, "Details")}
        </div>
    }
}
