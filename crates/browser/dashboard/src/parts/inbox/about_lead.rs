//! The lead among the details of a conversation: who they are, their visit, and what there was before.

use knock_model::{ConversationId, LeadId};
use knock_wire::{ConversationRecord, ConversationRef};
use leptos::prelude::*;

use super::lead_facts::LeadFacts;
use super::lead_visit::{LeadPages, LeadSource};
use crate::kit::reactive::{derived, dynamic, effect, memo};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::meetings::flow::meetings_of;
use crate::parts::page::time_ago::TimeAgo;
use crate::parts::record::enrichment::Enrichment;
use crate::state::inbox::lead_context::LeadContext;
use crate::words::chat::place_of_chat;

/// A panel for each subject of which something is known.
#[component]
pub(crate) fn AboutLead(
    lead: LeadId,
    #[prop(into)] record: Signal<ConversationRecord>,
    /// Whether the details are in sight: nothing is requested before.
    is_shown: RwSignal<bool>,
) -> impl IntoView {
    let context = LeadContext::start(lead);
    effect(move || {
        if is_shown.get() {
            context.open();
        }
    });
    let chat = memo(move || record.with(|record| (record.messages.len(), record.conversation.state.clone())));
    Effect::new(move |before: Option<()>| {
        chat.track();
        if before.is_some() {
            context.changed();
        }
    });
    let id = record.with_untracked(|record| record.conversation.id);
    let meetings = move || {
        let flow = context.record.value.with(|record| record.as_ref()?.meetings.clone())?;
        (!flow.meetings.is_empty()).then(|| meetings_of(flow.meetings))
    };
    let enrichment =
        move || context.record.value.with(|record| record.as_ref().map(|record| record.enrichment.clone()));
    view! {
        <LeadFacts record context />
        <ActionFailure of=derived(move || context.failure()) />
        <LeadPages context />
        <LeadSource context />
        {dynamic(move || other_chats(context, id))}
        {dynamic(meetings)}
        <Enrichment said=derived(move || enrichment().unwrap_or_default()) />
    }
}

/// The other conversations of the lead, the latest first; nothing without one.
fn other_chats(context: LeadContext, open: ConversationId) -> Option<AnyView> {
    let chats = context.record.value.with(|record| record.as_ref().map(|record| record.conversations.clone()))?;
    let line = |ConversationRef { id, link, opened_at }: ConversationRef| {
        view! {
            <div class="fact">
                <dt>
                    <a class="link" href=format!("/app/inbox/{id}")>
                        "Chat from "
                        <bdi>{place_of_chat(&link)}</bdi>
                    </a>
                </dt>
                <dd><TimeAgo at=opened_at /></dd>
            </div>
        }
        .into_any()
    };
    let lines: Vec<AnyView> = chats.into_iter().filter(|chat| chat.id != open).map(line).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="lead-chats">
                <h2 class="panel-title" id="lead-chats">"Other chats"</h2>
                <dl class="facts">{lines}</dl>
            </section>
        }
        .into_any()
    })
}
