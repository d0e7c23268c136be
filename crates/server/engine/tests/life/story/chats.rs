//! The actions of browsers in chats.

use super::{Story, session, visitor};
use knock_engine::commands::{Arrival, LeadMessage, MessageText, OpenChat};
use knock_model::{ConversationId, MessageChannel, MessageId, SignalId, SiteId};
use knock_ports::SecretHash;

impl Story {
    pub(super) fn open(&mut self, number: u8) {
        let (now, fresh) = (self.now, self.fresh());
        let (click, greeting) = (SignalId::new(now, &self.random()), MessageId::new(now, &self.random()));
        let token = std::array::from_fn(|at| self.count.to_be_bytes().get(at).copied().unwrap_or_default());
        let arrival = Arrival {
            categories: Vec::new(),
            site: SiteId(1),
            link: "Website".into(),
            visitor: visitor(number),
            session: session(number, now),
            now,
            click,
            fresh,
        };
        let opened = self.commit(OpenChat {
            arrival,
            conversation: ConversationId::new(*click.as_bytes()),
            greeting,
            secret: Some(SecretHash([number; 32])),
            resume: None,
            token: SecretHash(token),
            workspace: "Us".into(),
            language: knock_agent::Language::En,
            has_knowledge: true,
            utm: Default::default(),
            contact: None,
            time_zone: String::new(),
        });
        self.conversations.insert(number, opened);
    }

    pub(crate) fn write(&mut self, number: u8, text: &str) {
        let Some(conversation) = self.conversations.get(&number).copied() else { return };
        let (received_at, text, found, usual_wait) = (self.now, MessageText::read(text), None, None);
        let id = MessageId::new(received_at, &self.random());
        let [assigned, first, second, identify] = [(); 4].map(|()| SignalId::new(received_at, &self.random()));
        // Golden files contain the ids of a story: this one must not use a random number of the following ones.
        let mut third = *second.as_bytes();
        third[15] ^= 0xff;
        let follow_ups = [assigned, first, second, SignalId::from_bytes(third)];
        let fresh = self.fresh();
        self.commit(LeadMessage {
            conversation,
            id,
            text,
            identified: None,
            files: Vec::new(),
            channel: MessageChannel::Chat,
            received_at,
            follow_ups,
            identify,
            fresh,
            found,
            usual_wait,
            enriched: None,
        });
    }
}
