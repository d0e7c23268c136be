//! Push notifications of members.

use crate::changes::Changes;
use crate::effects::enqueue_push;
use crate::queue::audience;
use crate::quiet::quiet_until;
use knock_intent::provisional_type;
use knock_model::{Bucket, ConversationId, IntentType, LeadId, Millis, RepId, display_name};
use knock_ports::{
    ChatFact, ChatSummary, Conversation, Device, Ledger, Message, MessageAuthor, PushAlert, StoreError, View, Wait,
};
use knock_routing::{Assignee, Decision, Notified};
use knock_status::chat::Event;
use knock_wire::{Channels, NotificationSettings};

/// Characters of a message that a notification shows.
pub(super) const SHOWN: usize = 160;

/// The most page views of a session in which its last one is looked for.
const VIEWS: u32 = 500;

/// An occasion to notify members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alert {
    /// An unassigned chat begins to wait, or one that no one can take now.
    NewChat,
    /// A chat was assigned to this rep.
    Assigned(RepId),
    /// A lead wrote in a chat of this rep.
    Message(RepId),
    /// A chat that this member had snoozed is open again.
    Back(RepId),
    /// A chat was routed to another assignee; this member is the owner of its lead in the CRM.
    Owned(RepId),
}

impl Alert {
    /// The notifications caused by a change from one wait to another: the lead may have written, and this rep may have
    /// answered before.
    pub(super) fn of(
        before: Option<&Wait>,
        after: Option<&Wait>,
        has_written: bool,
        responding: Option<RepId>,
    ) -> Option<Alert> {
        match (before.map(|wait| wait.rep), after?.rep) {
            (None, None) => Some(Alert::NewChat),
            (None, Some(rep)) if responding == Some(rep) => Some(Alert::Message(rep)),
            (Some(Some(had)), Some(rep)) if had == rep => has_written.then_some(Alert::Message(rep)),
            (_, Some(rep)) => Some(Alert::Assigned(rep)),
            // Its rep has left, and no one else can take it now.
            (Some(Some(_)), None) => after?.is_queued.then_some(Alert::NewChat),
            (Some(None), None) => None,
        }
    }

    /// The title; `is_by_form` where the lead has sent a form since their last message.
    const fn title(self, is_by_form: bool) -> &'static str {
        match (self, is_by_form) {
            (Alert::NewChat, false) => "New chat",
            (Alert::NewChat, true) => "New lead by form",
            (Alert::Assigned(_), false) => "Chat assigned to you",
            (Alert::Assigned(_), true) => "Lead by form assigned to you",
            (Alert::Message(_), false) => "New message",
            (Alert::Message(_), true) => "New form of a lead",
            (Alert::Owned(_), false) => "Your contact in the CRM writes",
            (Alert::Owned(_), true) => "Your contact in the CRM sent a form",
            (Alert::Back(_), _) => "A snoozed chat is back",
        }
    }

    const fn channels(self, settings: &NotificationSettings) -> Channels {
        match self {
            Alert::NewChat => settings.new_chat,
            Alert::Assigned(_) | Alert::Owned(_) => settings.assigned,
            Alert::Message(_) | Alert::Back(_) => settings.message,
        }
    }

    fn is_for(self, member: RepId) -> bool {
        match self {
            Alert::NewChat => true,
            Alert::Assigned(rep) | Alert::Message(rep) | Alert::Owned(rep) | Alert::Back(rep) => rep == member,
        }
    }
}

/// Returns the owner in the CRM whom a decision notifies beside the assignee (RR-26, RR-32).
pub fn notified_owner(decision: &Decision) -> Option<RepId> {
    let assignee = decision.assignee.as_ref().and_then(Assignee::rep);
    decision.notify.iter().find_map(|notified| match notified {
        Notified::Rep(rep) if Some(rep.as_str()) != assignee => RepId::parse(rep).ok(),
        Notified::Rep(_) | Notified::Channel(_) => None,
    })
}

/// Sends push notifications of an alert about a lead to the members whom it concerns, by the last decision.
pub(super) fn push_alert(
    ledger: &mut dyn Ledger,
    (lead, decision): (LeadId, Option<&Decision>),
    alert: Alert,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let devices = ledger.devices(now)?;
    if devices.is_empty() {
        return Ok(());
    }
    let recipients = if alert == Alert::NewChat { audience(ledger, decision)? } else { None };
    let is_for =
        |member| alert.is_for(member) && recipients.as_ref().is_none_or(|recipients| recipients.contains(&member));
    let devices: Vec<Device> = devices.into_iter().filter(|device| is_for(device.member)).collect();
    if devices.is_empty() {
        return Ok(());
    }
    let Some(about) = About::load(ledger, lead)? else { return Ok(()) };
    for device in devices {
        let settings = ledger.notifications(device.member)?;
        if alert.channels(&settings).push {
            let title = alert.title(about.form.is_some());
            push(ledger, &device, &settings, &about, title, now, changes)?;
        }
    }
    Ok(())
}

/// Sends one browser a notification, unless its member is in quiet hours or looks at an open dashboard.
pub(super) fn push(
    ledger: &mut dyn Ledger,
    device: &Device,
    settings: &NotificationSettings,
    about: &About,
    title: &str,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let alert = about.push(title, settings.shows_text);
    push_to(ledger, (device, settings), (about.lead, &alert), now, changes)
}

/// Sends one browser a notification about a lead, under the same conditions as [`push`].
pub(super) fn push_to(
    ledger: &mut dyn Ledger,
    (device, settings): (&Device, &NotificationSettings),
    (lead, alert): (LeadId, &PushAlert),
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let is_looking = ledger.presence(device.member)?.is_some_and(|until| now < until);
    if is_looking || quiet_until(settings, now).is_some() {
        return Ok(());
    }
    enqueue_push(ledger, device.id, Some(lead), alert, now, changes)
}

/// The content of a notification about a lead.
pub(super) struct About {
    lead: LeadId,
    pub(super) name: String,
    pub(super) conversation: ConversationId,
    /// The last message.
    pub(super) text: String,
    /// The name of the form that the lead sent since their last message, if any.
    pub(super) form: Option<String>,
    /// The score and the type, such as `High, Buying`; empty if neither is known.
    pub(super) intent: String,
    /// The page that the lead viewed last in the session of the chat; empty if none is known.
    pub(super) page: String,
}

impl About {
    /// Loads the data of a lead; none without a record or a conversation.
    pub(super) fn load(view: &dyn View, id: LeadId) -> Result<Option<About>, StoreError> {
        let (lead, conversation) = (view.lead(id)?, view.conversations_of_lead(id)?.into_iter().next());
        let (Some(lead), Some(conversation)) = (lead, conversation) else { return Ok(None) };
        let messages = view.messages_after(conversation.id, 0)?;
        let written = |message: &&Message| message.author == MessageAuthor::Lead;
        let text = messages.iter().rfind(written).map(|message| message.text.chars().take(SHOWN).collect());
        let form = newest_form(&view.chat_facts(id)?);
        let Conversation { site, visitor, session, .. } = conversation;
        let views = view.views_of_session(site, visitor, session, Millis(i64::MAX), VIEWS)?;
        let page = views.into_iter().next_back().map(|page| page.url).unwrap_or_default();
        // Of a lead by form who has not chatted, the mix of their actions says what they want (7.4).
        let of_chat = |chat: ChatSummary| match chat.status {
            None => provisional_type(&lead.history.evidence, lead.last_seen_at),
            Some(_) => chat.intent_type,
        };
        let kind = view.chat_summary(id)?.map(of_chat).filter(|kind| *kind != IntentType::Unknown);
        let words = lead.history.bucket.map(Bucket::as_str).into_iter().chain(kind.map(IntentType::as_str));
        let intent = words.collect::<Vec<_>>().join(", ");
        let is_known = lead.email.is_some() || !lead.name.is_empty();
        let first_seen_in = if is_known { None } else { view.first_visitor_of(id)? };
        let name = display_name(&lead.name, lead.email.as_ref(), first_seen_in);
        let (conversation, text) = (conversation.id, text.unwrap_or_default());
        Ok(Some(About { lead: id, name, conversation, text, form, intent, page }))
    }

    fn push(&self, title: &str, shows_text: bool) -> PushAlert {
        let text = self.form.as_ref().map_or_else(|| self.text.clone(), |form| format!("sent a form {form}"));
        let body = if shows_text { format!("{}: {}", self.name, text.trim_end()) } else { self.name.clone() };
        chat_alert(self.conversation, title.to_owned(), body)
    }
}

/// A notification that leads to a chat.
pub(super) fn chat_alert(conversation: ConversationId, title: String, body: String) -> PushAlert {
    let tag = conversation.to_string();
    PushAlert { path: format!("/app/inbox/{tag}"), tag, title, body }
}

/// The name of the form that a lead sent since their last message, if any.
fn newest_form(facts: &[ChatFact]) -> Option<String> {
    let is_leads = |fact: &&ChatFact| matches!(fact.what, Event::LeadMessage { .. } | Event::FormSent { .. });
    match &facts.iter().filter(is_leads).max_by_key(|fact| fact.effective_at())?.what {
        Event::FormSent { form, .. } => Some(form.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_of_a_lead_by_form_names_no_chat() {
        let rep = RepId::new([1; 16]);
        for alert in [Alert::NewChat, Alert::Assigned(rep), Alert::Message(rep), Alert::Owned(rep)] {
            let title = alert.title(true);
            assert!(title.contains("form") && !title.contains("hat "), "{title}");
            assert_ne!(title, alert.title(false));
        }
    }

    #[test]
    fn each_change_notifies_whom_it_concerns() {
        let [ann, bo] = [1, 2].map(|number| RepId::new([number; 16]));
        let wait = |rep| Some(Wait { lead: LeadId::new([3; 16]), since: Millis(1), rep, is_queued: false });
        let queued = Some(Wait { is_queued: true, ..wait(None).expect("a wait") });
        for (before, after, has_written, responding, expected) in [
            (None, None, true, None, None),
            (None, wait(None), true, None, Some(Alert::NewChat)),
            (wait(None), wait(None), true, None, None),
            (None, wait(Some(ann)), true, None, Some(Alert::Assigned(ann))),
            (None, wait(Some(ann)), true, Some(ann), Some(Alert::Message(ann))),
            (None, wait(Some(ann)), true, Some(bo), Some(Alert::Assigned(ann))),
            (wait(None), wait(Some(ann)), false, None, Some(Alert::Assigned(ann))),
            (wait(Some(bo)), wait(Some(ann)), false, None, Some(Alert::Assigned(ann))),
            (wait(Some(ann)), wait(Some(ann)), true, None, Some(Alert::Message(ann))),
            (wait(Some(ann)), wait(Some(ann)), false, None, None),
            (wait(Some(ann)), None, true, None, None),
            (wait(Some(ann)), wait(None), false, None, None),
            (None, queued, true, None, Some(Alert::NewChat)),
            (wait(None), queued, false, None, None),
            (queued, queued, true, None, None),
            (wait(Some(ann)), queued, false, Some(ann), Some(Alert::NewChat)),
            (queued, wait(Some(bo)), false, None, Some(Alert::Assigned(bo))),
        ] {
            let found = Alert::of(before.as_ref(), after.as_ref(), has_written, responding);
            assert_eq!(found, expected, "{before:?} {after:?} {has_written}");
        }
    }
}
