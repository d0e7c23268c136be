//! Events, and the destinations, states and effects of the outbox.

use crate::{CalendarAccountId, CrmSystem, WebhookId, spelled, vocabulary};
use alloc::borrow::Cow;

vocabulary! {
    /// The types of events that webhooks subscribe to.
    EventType {
        /// `Knock: Intent Score`, funnel stage or CRM owner of a company changed.
        AccountChanged = "account.changed",
        /// A routing decision gave a chat to a rep or to the AI agent.
        ChatAssigned = "chat.assigned",
        /// `Chat Status` of a lead changed.
        ChatStatusChanged = "chat.status_changed",
        /// A person got a record: their first chat, or the first `identify` with their address.
        ContactCreated = "contact.created",
        /// `Knock: Intent Score` of a person whose address is known changed.
        ContactScoreChanged = "contact.score_changed",
        /// `Knock: Intent Type` of a person changed.
        ContactTypeChanged = "contact.type_changed",
        /// A person sent a form with an address on a site.
        FormSubmitted = "form.submitted",
        /// A person opened a Knock Link, or clicked a link, a button or a call to action on a page.
        LinkClicked = "link.clicked",
        /// A meeting was booked.
        MeetingBooked = "meeting.booked",
        /// A meeting was cancelled.
        MeetingCancelled = "meeting.cancelled",
        /// A member noted that the lead did not come to a meeting.
        MeetingNoShow = "meeting.no_show",
        /// A meeting was moved to another time or to another rep.
        MeetingRescheduled = "meeting.rescheduled",
        /// `Meeting Status` of a lead changed.
        MeetingStatusChanged = "meeting.status_changed",
        /// A message was added to a conversation.
        MessageCreated = "message.created",
        /// A test by a member of the team, without an event.
        WebhookTest = "webhook.test",
        /// A step of a workflow named this webhook: it gets the event whatever it subscribes to.
        WorkflowAction = "workflow.action",
    }
}
spelled!(EventType);

vocabulary! {
    /// The kind of a destination; each kind has one connector.
    DestinationKind {
        /// An address that is posted to.
        Webhook = "webhook",
        /// The SMTP server of the workspace.
        Mail = "mail",
        /// A browser of a member, by its push service.
        Push = "push",
        /// A calendar account that a member has connected.
        Calendar = "calendar",
        /// The account of Salesforce that leads are written to.
        Salesforce = "salesforce",
        /// The account of HubSpot that leads are written to.
        Hubspot = "hubspot",
        /// The account of Marketo that leads are written to.
        Marketo = "marketo",
        /// The Slack workspace.
        Slack = "slack",
    }
}
spelled!(DestinationKind);

impl DestinationKind {
    /// The kind of the account of a CRM.
    pub const fn crm(system: CrmSystem) -> DestinationKind {
        match system {
            CrmSystem::Salesforce => DestinationKind::Salesforce,
            CrmSystem::Hubspot => DestinationKind::Hubspot,
            CrmSystem::Marketo => DestinationKind::Marketo,
        }
    }
}

vocabulary! {
    /// The state of a delivery.
    DeliveryState {
        /// Sent at `due_at`.
        Waiting = "waiting",
        /// An attempt is under way; repeated at `due_at` if no server reports its outcome.
        UnderWay = "under_way",
        /// Sent after an earlier one with the same ordering key has ended.
        Behind = "behind",
        /// The destination took it.
        Delivered = "delivered",
        /// Parked: not retried automatically; a person may retry it.
        Parked = "parked",
    }
}
spelled!(DeliveryState);

/// The destination of effects: a kind of system, and its id within that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Destination {
    /// The kind, which has a connector.
    pub kind: DestinationKind,
    /// The id within that kind.
    pub id: [u8; 16],
}

impl Destination {
    /// The SMTP server of the workspace: there is one.
    pub const MAIL: Destination = Destination { kind: DestinationKind::Mail, id: [0; 16] };

    /// The Slack workspace: there is one.
    pub const SLACK: Destination = Destination { kind: DestinationKind::Slack, id: [0; 16] };

    /// The account of a CRM: there is one of each.
    pub const fn crm(system: CrmSystem) -> Destination {
        Destination { kind: DestinationKind::crm(system), id: [0; 16] }
    }

    /// The timelines of that account: notes and meetings, which hold up no write of a contact.
    pub const fn crm_timeline(system: CrmSystem) -> Destination {
        Destination { kind: DestinationKind::crm(system), id: [1; 16] }
    }

    /// The companies of that account: writes of contacts go on meanwhile.
    pub const fn crm_companies(system: CrmSystem) -> Destination {
        Destination { kind: DestinationKind::crm(system), id: [2; 16] }
    }

    /// The places of that account: its contacts, their timelines, and their companies.
    pub const fn all_of_crm(system: CrmSystem) -> [Destination; 3] {
        [Destination::crm(system), Destination::crm_timeline(system), Destination::crm_companies(system)]
    }

    /// A calendar account of a member.
    pub const fn calendar(account: CalendarAccountId) -> Destination {
        Destination { kind: DestinationKind::Calendar, id: *account.as_bytes() }
    }

    /// A browser of a member.
    pub const fn push(id: [u8; 16]) -> Destination {
        Destination { kind: DestinationKind::Push, id }
    }

    /// A webhook.
    pub const fn webhook(id: WebhookId) -> Destination {
        Destination { kind: DestinationKind::Webhook, id: *id.as_bytes() }
    }
}

/// The beginning of the effect kind of a sample; no event begins so.
const SAMPLE: &str = "sample.";

/// The kind of an effect, such as `chat.status_changed`: a word that the connectors of its destinations know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EffectKind(Cow<'static, str>);

impl EffectKind {
    /// The effect kind with this spelling.
    pub const fn new(word: &'static str) -> EffectKind {
        EffectKind(Cow::Borrowed(word))
    }

    /// The effect kind that was stored, whether or not this version knows it.
    pub const fn stored(word: alloc::string::String) -> EffectKind {
        EffectKind(Cow::Owned(word))
    }

    /// Its spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The effect kind of a sample of an event: the same event, sent on request without a cause.
    pub fn sample(event: EventType) -> EffectKind {
        EffectKind(Cow::Owned(alloc::format!("{SAMPLE}{}", event.as_str())))
    }

    /// The event whose notification, or the sample of one, it is, if it is one.
    pub fn event(&self) -> Option<EventType> {
        EventType::parse(self.0.strip_prefix(SAMPLE).unwrap_or(&self.0))
    }

    /// Whether it is the sample of an event.
    pub fn is_sample(&self) -> bool {
        self.0.starts_with(SAMPLE)
    }
}

impl From<EventType> for EffectKind {
    fn from(event: EventType) -> EffectKind {
        EffectKind::new(event.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_of_events_are_read_back_as_events_and_others_are_not() {
        for event in EventType::ALL {
            let stored = EffectKind::stored(event.as_str().into());
            assert_eq!((stored.event(), &stored), (Some(*event), &EffectKind::from(*event)));
        }
        assert_eq!(EffectKind::new("mail.sign_in_link").event(), None);
    }

    #[test]
    fn a_sample_is_of_its_event_and_no_event_is_a_sample() {
        for event in EventType::ALL {
            let sample = EffectKind::stored(EffectKind::sample(*event).as_str().into());
            assert_eq!((sample.event(), sample.is_sample()), (Some(*event), true));
            assert!(!EffectKind::from(*event).is_sample());
        }
        assert_eq!(EffectKind::new("sample.mail.sign_in_link").event(), None);
    }
}
