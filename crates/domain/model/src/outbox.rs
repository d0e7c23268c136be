//! Events, and the destinations, states and effects of the outbox.

use crate::{RepId, WebhookId, spelled, vocabulary};
use alloc::borrow::Cow;

vocabulary! {
    /// What can be subscribed to.
    EventType {
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
        /// A message was added to a conversation.
        MessageCreated = "message.created",
        /// Nothing happened: a member of the team tests whether the destination can be reached.
        WebhookTest = "webhook.test",
    }
}
spelled!(EventType);

vocabulary! {
    /// What kind of system a destination is; each kind has one connector.
    DestinationKind {
        /// An address that is posted to.
        Webhook = "webhook",
        /// The SMTP server of the workspace.
        Mail = "mail",
        /// A browser of a member, by its push service.
        Push = "push",
        /// The calendar that a member has connected.
        Calendar = "calendar",
        /// The account of HubSpot that leads are written to.
        Hubspot = "hubspot",
        /// The Slack workspace.
        Slack = "slack",
    }
}
spelled!(DestinationKind);

vocabulary! {
    /// Where a delivery stands.
    DeliveryState {
        /// It is sent at `due_at`.
        Waiting = "waiting",
        /// It is being sent; tried again at `due_at` when no server reports how that ended.
        UnderWay = "under_way",
        /// It is sent when an earlier one with the same ordering key has ended.
        Behind = "behind",
        /// The destination took it.
        Delivered = "delivered",
        /// It was given up; a person may send it again.
        Parked = "parked",
    }
}
spelled!(DeliveryState);

/// Where effects are delivered: a kind of system, and which one of that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Destination {
    /// The kind, which has a connector.
    pub kind: DestinationKind,
    /// Which of that kind.
    pub id: [u8; 16],
}

impl Destination {
    /// The SMTP server of the workspace: there is one.
    pub const MAIL: Destination = Destination { kind: DestinationKind::Mail, id: [0; 16] };

    /// The account of HubSpot: there is one.
    pub const HUBSPOT: Destination = Destination { kind: DestinationKind::Hubspot, id: [0; 16] };

    /// The timelines of that account: notes and meetings, which hold up no write of a contact.
    pub const HUBSPOT_TIMELINE: Destination = Destination { kind: DestinationKind::Hubspot, id: [1; 16] };

    /// The Slack workspace: there is one.
    pub const SLACK: Destination = Destination { kind: DestinationKind::Slack, id: [0; 16] };

    /// The calendar of a member.
    pub const fn calendar(member: RepId) -> Destination {
        Destination { kind: DestinationKind::Calendar, id: *member.as_bytes() }
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

/// What kind of effect a delivery is, such as `chat.status_changed`: a word that the connectors of its destinations know.
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

    /// The event whose notification it is, if it is one.
    pub fn event(&self) -> Option<EventType> {
        EventType::parse(&self.0)
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
}
