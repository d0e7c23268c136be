//! The actions of browsers in chats.

use super::{Story, session, visitor};
use knock_engine::commands::{Arrival, InviteLead, LeadInvited, LeadMessage, MessageText, OpenChat, WantedChat};
use knock_model::{ConversationId, MessageChannel, MessageId, RepId, SignalId, SiteId};
use knock_ports::{Consulted, SecretHash, WEBSITE};

impl Story {
    pub(super) fn open(&mut self, number: u8) {
        self.open_by(number, WEBSITE, None);
    }

    /// Opens a chat by a link, or by what a member wrote first.
    pub(crate) fn open_by(&mut self, number: u8, link: &str, invitation: Option<MessageId>) {
        let (now, fresh) = (self.now, self.fresh());
        let (click, greeting) = (SignalId::new(now, &self.random()), MessageId::new(now, &self.random()));
        let token = std::array::from_fn(|at| self.count.to_be_bytes().get(at).copied().unwrap_or_default());
        let arrival = Arrival {
            categories: Vec::new(),
            site: SiteId(1),
            link: link.into(),
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
            wanted: WantedChat::Last,
            invitation,
            nudge: None,
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
        self.write_with(number, text, Consulted::default());
    }

    /// A browser writes, and the knowledge says something to it.
    pub(crate) fn write_with(&mut self, number: u8, text: &str, consulted: Consulted) {
        let Some(conversation) = self.conversations.get(&number).copied() else { return };
        let (received_at, text) = (self.now, MessageText::read(text));
        let id = MessageId::new(received_at, &self.random());
        let [assigned, first, second, identify] = [(); 4].map(|()| SignalId::new(received_at, &self.random()));
        // Golden files contain the ids of a story: these must not use a random number of the following ones.
        let further = [0xff, 0xfe, 0xfd].map(|turned| {
            let mut id = *second.as_bytes();
            id[15] ^= turned;
            SignalId::from_bytes(id)
        });
        let follow_ups = [assigned, first, second, further[0], further[1], further[2]];
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
            consulted,
            usual_wait: None,
            meeting_page: None,
            enriched: None,
        });
    }

    /// A member writes first to a visitor, who saw a page just now; the id of the message, unless that is refused.
    pub(crate) fn invite(&mut self, number: u8, rep: RepId) -> Option<MessageId> {
        self.step(super::Step::Signals { visitor: number, kind: 0, category: 0, age: 0, email: 0 });
        let (now, fresh) = (self.now, self.fresh());
        let (id, claim) = (MessageId::new(now, &self.random()), SignalId::new(now, &self.random()));
        let invited = self.commit(InviteLead {
            site: SiteId(1),
            visitor: visitor(number),
            id,
            rep,
            text: "May I help you?".into(),
            conversation: ConversationId::new(*claim.as_bytes()),
            claim,
            fresh,
            mail_after: None,
            now,
        });
        matches!(invited, LeadInvited::Written { .. }).then_some(id)
    }
}
