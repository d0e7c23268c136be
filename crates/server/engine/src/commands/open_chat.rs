//! Opening of a chat by a visitor: the click, and the start of the lead record (MS-13).

use super::arrival::Arrival;
use super::chat::{ChatFlow, Thread, Unnumbered};
use super::invitations::{self, Invited, Opener, invited, passed_on};
use super::nudges;
use super::visitor_acts::{Browser, opened_chats};
use crate::changes::Changes;
use crate::first_touch::keep_first_touch;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_agent::{Language, greeting};
use knock_model::{ConversationId, Email, LeadId, MessageId, Millis, NudgeId, SignalId};
use knock_ports::{
    Batch, Conversation, Invitation, Ledger, Message, MessageAuthor, PrefetchHint, Secret, SecretHash, StoreError,
};
use knock_routing::Utm;
use knock_status::chat::Event;

/// The lifetime of a chat token after its last use.
pub(super) const TOKEN_LIFE: Millis = Millis::days(365);

/// A conversation among those of a browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WantedChat {
    /// The one that it opened last, else a new one.
    #[default]
    Last,
    /// This one, if the browser opened it before.
    Of(ConversationId),
    /// A new one beside them.
    New,
}

#[derive(Clone, Debug)]
pub struct OpenChat {
    pub arrival: Arrival,
    /// An id for a new conversation.
    pub conversation: ConversationId,
    pub greeting: MessageId,
    /// The SHA-256 of the browser's secret, which reopens its earlier conversation; without it a new one starts.
    pub secret: Option<SecretHash>,
    /// The conversation of the mailed link that led here: it is resumed, and the browser is its lead's.
    pub resume: Option<ConversationId>,
    /// Which of the browser's conversations is wanted.
    pub wanted: WantedChat,
    /// The invitation by which a member wrote first: it opens its conversation, once for the browser that has a secret.
    pub invitation: Option<MessageId>,
    /// The nudge whose button opened it.
    pub nudge: Option<NudgeId>,
    /// The SHA-256 of the chat token of the visitor.
    pub token: SecretHash,
    pub workspace: String,
    /// The language of the browser.
    pub language: Language,
    /// The time zone of the browser; empty if it is not known.
    pub time_zone: String,
    /// Whether the agent has knowledge of the site.
    pub has_knowledge: bool,
    /// The campaign in the opened address; that of the link applies if it has none.
    pub utm: Utm,
    /// The contact of a token of a mail merge, and the id of the signal that identifies the visitor, as of now: the
    /// browser is theirs from now on. It opens none of their earlier conversations.
    pub contact: Option<(Email, SignalId)>,
}

impl Command for OpenChat {
    type Outcome = ConversationId;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<ConversationId, StoreError> {
        let resumed = self.resumed(ledger)?;
        if let Some((email, id)) = &self.contact {
            self.arrival.identify(ledger, email, *id, changes)?;
        }
        let lead = self.arrival.lead(ledger, resumed.as_ref().map(|resumed| resumed.lead), changes)?;
        self.arrival.click(ledger, changes)?;
        let conversation = match resumed {
            Some(resumed) => self.resumed_or_own(ledger, &resumed, changes)?,
            None => self.invited_or_own(ledger, lead, changes)?,
        };
        if conversation == self.conversation {
            keep_first_touch(ledger, lead)?;
        } else if let Some((email, _)) = &self.contact {
            ledger.set_identified(conversation, email)?;
        }
        let mut flow = ChatFlow::load(ledger, lead, self.arrival.now)?;
        flow.add(self.arrival.click, Event::LinkClicked);
        if let Some(nudge) = self.nudge {
            nudges::follow(ledger, nudge, lead, self.arrival.now, &mut flow, changes)?;
        }
        flow.settle();
        flow.apply(ledger, changes)?;
        // The token of an earlier opening in this browser is replaced.
        ledger.forget_tokens_of(conversation, self.secret)?;
        let (opener, expires_at) = (self.secret, self.arrival.now + TOKEN_LIFE);
        ledger.save_secret(self.token, &Secret::Chat { conversation, opener, expires_at }, self.arrival.now)?;
        Ok(conversation)
    }

    fn coming(&self) -> Option<PrefetchHint<'_>> {
        Some(PrefetchHint::Signals(Batch { site: self.arrival.site, visitor: self.arrival.visitor, signals: &[] }))
    }

    fn after(&self) -> After {
        After::Browser(self.arrival.visitor)
    }
}

impl OpenChat {
    /// Returns the conversation of the mailed link if it still exists and is of this site.
    fn resumed(&self, ledger: &dyn Ledger) -> Result<Option<Conversation>, StoreError> {
        let known = self.resume.map(|id| ledger.conversation(id)).transpose()?.flatten();
        Ok(known.filter(|known| known.site == self.arrival.site))
    }

    /// Returns the conversation that an invitation opens, else that of the browser or a new one.
    fn invited_or_own(
        &self,
        ledger: &mut dyn Ledger,
        lead: LeadId,
        changes: &mut Changes,
    ) -> Result<ConversationId, StoreError> {
        let invited = match self.invitation.zip(self.secret) {
            Some((id, secret)) => {
                let Arrival { site, visitor, now, .. } = self.arrival;
                invited(ledger, id, &Opener { site, visitor, secret, lead, now })?
            }
            None => None,
        };
        match invited {
            Some(invited) => self.of_invitation(ledger, lead, &invited, changes),
            None => self.conversation(ledger, lead, None, changes),
        }
    }

    /// Returns the conversation of the mailed link, unless another browser may read it.
    fn resumed_or_own(
        &self,
        ledger: &mut dyn Ledger,
        resumed: &Conversation,
        changes: &mut Changes,
    ) -> Result<ConversationId, StoreError> {
        let invited = match self.secret {
            Some(secret) => invitations::resumed(ledger, resumed, secret)?,
            None => None,
        };
        match invited {
            Some(invited) => self.of_invitation(ledger, resumed.lead, &invited, changes),
            None => Ok(resumed.id),
        }
    }

    fn of_invitation(
        &self,
        ledger: &mut dyn Ledger,
        lead: LeadId,
        invited: &Invited,
        changes: &mut Changes,
    ) -> Result<ConversationId, StoreError> {
        match invited {
            Invited::Conversation(id) => Ok(*id),
            Invited::Words(words) => self.conversation(ledger, lead, Some((&words.0, &words.1)), changes),
        }
    }

    /// Returns the conversation with this person that is wanted, else the one that the browser's secret opened last, if any.
    fn known(&self, ledger: &dyn Ledger, lead: LeadId) -> Result<Option<ConversationId>, StoreError> {
        let Some(secret) = self.secret.filter(|_| self.wanted != WantedChat::New) else { return Ok(None) };
        let Arrival { site, visitor, .. } = self.arrival;
        if let WantedChat::Of(wanted) = self.wanted
            && opened_chats(ledger, &Browser { site, visitor, secret }, lead)?.iter().any(|known| known.id == wanted)
        {
            return Ok(Some(wanted));
        }
        for opened in ledger.opened_by(secret)? {
            let known = ledger.conversation(opened)?;
            if known.is_some_and(|known| known.lead == lead && known.site == site) {
                return Ok(Some(opened));
            }
        }
        let began = ledger.conversations_of_visitor(site, visitor)?;
        let is_own = |known: &&Conversation| known.lead == lead && known.secret == self.secret;
        Ok(began.iter().rev().find(is_own).map(|known| known.id))
    }

    /// Returns the conversation known to this browser, else starts a new one with the agent's greeting, or with the words
    /// of an invitation. Visitor ids are not secret: they reopen no conversation.
    fn conversation(
        &self,
        ledger: &mut dyn Ledger,
        lead: LeadId,
        words: Option<(&Invitation, &Message)>,
        changes: &mut Changes,
    ) -> Result<ConversationId, StoreError> {
        let known = self.known(ledger, lead)?;
        let mut thread = match known.map(|id| ledger.conversation(id)).transpose()?.flatten() {
            Some(known) if words.is_some() => Thread::load(ledger, &known)?,
            Some(known) => return Ok(known.id),
            None => self.begun(ledger, lead, words.is_none())?,
        };
        let id = known.unwrap_or(self.conversation);
        if let Some(words) = words {
            passed_on(ledger, words, &mut thread, (id, self.greeting, self.arrival.visitor), changes)?;
        }
        thread.apply(ledger, lead, changes)?;
        changes.extend(words.map(|_| Notice::Message(id)));
        Ok(id)
    }

    /// Starts a new conversation, with the agent's greeting if it `is_greeted`.
    fn begun(&self, ledger: &mut dyn Ledger, lead: LeadId, is_greeted: bool) -> Result<Thread, StoreError> {
        let link = ledger.link(&self.arrival.link)?;
        let own = link.as_ref().and_then(|link| link.greeting_in(self.language)).map(str::to_owned);
        let utm = link.map(|link| link.utm).unwrap_or_default();
        ledger.create_conversation(&Conversation {
            id: self.conversation,
            lead,
            site: self.arrival.site,
            visitor: self.arrival.visitor,
            session: self.arrival.session,
            link: self.arrival.link.clone(),
            opened_at: self.arrival.now,
            secret: self.secret,
            language: self.language,
            utm: if self.utm.is_empty() { utm } else { self.utm.clone() },
            identified: self.contact.as_ref().map(|(email, _)| email.clone()),
            time_zone: self.time_zone.clone(),
        })?;
        let mut thread = Thread::new(self.conversation);
        if is_greeted {
            let text = match own {
                Some(own) => own,
                None => {
                    let playbooks = ledger.playbooks(self.arrival.site)?;
                    greeting(&playbooks, self.language, &self.workspace, self.has_knowledge)
                }
            };
            thread.append(Unnumbered::text(self.greeting, MessageAuthor::AiAgent, &text, self.arrival.now));
        }
        Ok(thread)
    }
}
