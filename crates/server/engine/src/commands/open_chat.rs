//! A visitor opens a chat: this is the click, and the lead record exists from here on (MS-13).

use super::append_signals::AppendSignals;
use super::chat::{ChatFlow, Thread, Unnumbered, settle_merged};
use super::fold::{Touched, fold};
use super::identify::{self, FreshIds};
use crate::first_touch::first_touch;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_agent::{Language, greeting};
use knock_identity::Claim;
use knock_intent::{CategoryOverride, CategoryRule, categorise_channel, strength};
use knock_model::{ConversationId, LeadId, MessageId, Millis, SessionId, SignalId, SignalType, SiteId, VisitorId};
use knock_ports::{
    Batch, Coming, Conversation, Detail, Ledger, NewSignal, Secret, SecretHash, StoreError, Writer, span_at,
};
use knock_status::chat::Event;

/// How long a chat token is valid after its last use.
pub(super) const TOKEN_LIFE: Millis = Millis::days(365);

/// Opens a chat.
#[derive(Clone, Debug)]
pub struct OpenChat {
    /// The site whose launcher was opened, or whose hosted page.
    pub site: SiteId,
    /// The Knock Link, or `Website`.
    pub link: String,
    /// The browser.
    pub visitor: VisitorId,
    /// The visit.
    pub session: SessionId,
    /// The site's own categories.
    pub categories: Vec<CategoryOverride>,
    /// The instant now.
    pub now: Millis,
    /// An id for the click, whose instant is now.
    pub click: SignalId,
    /// Ids for a person and a company not known yet.
    pub fresh: FreshIds,
    /// An id for a new conversation.
    pub conversation: ConversationId,
    /// An id for the greeting.
    pub greeting: MessageId,
    /// The SHA-256 of what the browser keeps: it opens its earlier conversation again. Without it a new one begins.
    pub secret: Option<SecretHash>,
    /// The conversation of the mailed link that led here: it is this one then, and its lead's browser.
    pub resume: Option<ConversationId>,
    /// The SHA-256 of the token that lets the visitor in.
    pub token: SecretHash,
    /// What the workspace is called.
    pub workspace: String,
    /// The language of the browser.
    pub language: Language,
    /// Whether the agent knows something of the site.
    pub has_knowledge: bool,
}

impl Command for OpenChat {
    type Outcome = ConversationId;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<ConversationId, StoreError> {
        let resumed = self.resumed(ledger)?;
        let lead = self.lead(ledger, resumed.as_ref().map(|resumed| resumed.lead), notices)?;
        let channel = ledger.link(&self.link)?.map_or_else(String::new, |link| link.channel);
        self.click(&channel).run(ledger, notices)?;
        let conversation = match resumed {
            Some(resumed) => resumed.id,
            None => self.conversation(ledger, lead, notices)?,
        };
        if conversation == self.conversation {
            self.first_touch(ledger, lead)?;
        }
        let mut flow = ChatFlow::load(ledger, lead, self.now)?;
        flow.add(self.click, Event::LinkClicked);
        flow.settle();
        flow.apply(ledger, notices)?;
        // The token of an earlier opening in this browser is replaced.
        ledger.forget_tokens_of(conversation, self.secret)?;
        let (opener, expires_at) = (self.secret, self.now + TOKEN_LIFE);
        ledger.save_secret(self.token, &Secret::Chat { conversation, opener, expires_at }, self.now)?;
        Ok(conversation)
    }

    fn coming(&self) -> Option<Coming<'_>> {
        Some(Coming::Signals(Batch { site: self.site, visitor: self.visitor, signals: &[] }))
    }

    fn after(&self) -> After {
        After::Browser(self.visitor)
    }
}

impl OpenChat {
    /// The conversation of the mailed link, if it is still there and of this site.
    fn resumed(&self, ledger: &dyn Ledger) -> Result<Option<Conversation>, StoreError> {
        let known = self.resume.map(|id| ledger.conversation(id)).transpose()?.flatten();
        Ok(known.filter(|known| known.site == self.site))
    }

    /// The lead of this browser: `mailed`, the recipient of the mail whose link led here, else the known one, else a new
    /// one.
    fn lead(
        &self,
        ledger: &mut dyn Ledger,
        mailed: Option<LeadId>,
        notices: &mut Vec<Notice>,
    ) -> Result<LeadId, StoreError> {
        let mut touched = Touched::default();
        let mut spans = ledger.spans_of_visitor(self.site, self.visitor)?;
        if spans.is_empty() {
            spans = identify::known_elsewhere(ledger, self.site, self.visitor, &mut touched)?;
        }
        let owner = spans.get(span_at(&spans, self.now)).and_then(|span| span.lead);
        if let Some(lead) = owner.filter(|owner| mailed.is_none_or(|mailed| mailed == *owner)) {
            return Ok(lead);
        }
        let lead = match mailed {
            Some(lead) => lead,
            None => self.stranger(ledger, &mut touched)?,
        };
        ledger.append_claim(self.site, self.visitor, Claim { cause: self.click, at: self.now, lead })?;
        identify::recut(ledger, self.site, self.visitor, &mut touched)?;
        fold(ledger, &touched, self.now, notices)?;
        settle_merged(ledger, &touched, self.now, notices)?;
        Ok(lead)
    }

    fn stranger(&self, ledger: &mut dyn Ledger, touched: &mut Touched) -> Result<LeadId, StoreError> {
        let lead = identify::stranger(self.fresh.lead, self.now);
        ledger.save_lead(&lead)?;
        touched.created(lead.id, self.now);
        Ok(lead.id)
    }

    /// The link of the first conversation may say where they came from.
    fn first_touch(&self, ledger: &mut dyn Ledger, lead: LeadId) -> Result<(), StoreError> {
        let Some(mut lead) = ledger.lead(lead)? else { return Ok(()) };
        let by_link = first_touch(ledger, lead.id)?;
        if lead.first_touch != by_link {
            lead.first_touch = by_link;
            ledger.save_lead(&lead)?;
        }
        Ok(())
    }

    /// The click as a signal on the timeline.
    fn click(&self, channel: &str) -> AppendSignals {
        let found = categorise_channel(&self.categories, channel);
        let rule = if found.rule == CategoryRule::Rest { "link" } else { found.rule.as_str() };
        let (rule, matched, name) = (rule.to_owned(), found.matched().to_owned(), self.link.clone());
        let signal = NewSignal {
            id: self.click,
            session: self.session,
            kind: SignalType::LinkClick,
            at: self.now,
            received_at: self.now,
            clamped: false,
            category: found.category,
            strength: strength(SignalType::LinkClick),
            seq: None,
            view: None,
            detail: Detail { rule, matched, name, ..Detail::default() }.into(),
        };
        AppendSignals {
            site: self.site,
            visitor: self.visitor,
            received_at: self.now,
            signals: vec![signal],
            fresh: Vec::new(),
        }
    }

    /// The conversation that the browser's secret opens, if it is with this person: the one it opened last. Else none.
    fn known(&self, ledger: &dyn Ledger, lead: LeadId) -> Result<Option<ConversationId>, StoreError> {
        let Some(secret) = self.secret else { return Ok(None) };
        for opened in ledger.opened_by(secret)? {
            let known = ledger.conversation(opened)?;
            if known.is_some_and(|known| known.lead == lead && known.site == self.site) {
                return Ok(Some(opened));
            }
        }
        let began = ledger.conversations_of_visitor(self.site, self.visitor)?;
        let is_own = |known: &&Conversation| known.lead == lead && known.secret == self.secret;
        Ok(began.iter().rev().find(is_own).map(|known| known.id))
    }

    /// The conversation that this browser knows; else a new one begins, with the agent's greeting. Ids of visitors are no
    /// secret.
    fn conversation(
        &self,
        ledger: &mut dyn Ledger,
        lead: LeadId,
        notices: &mut Vec<Notice>,
    ) -> Result<ConversationId, StoreError> {
        if let Some(known) = self.known(ledger, lead)? {
            return Ok(known);
        }
        ledger.create_conversation(&Conversation {
            id: self.conversation,
            lead,
            site: self.site,
            visitor: self.visitor,
            session: self.session,
            link: self.link.clone(),
            opened_at: self.now,
            secret: self.secret,
            language: self.language,
        })?;
        let mut thread = Thread::new(self.conversation);
        let text = greeting(&ledger.playbooks()?, self.language, &self.workspace, self.has_knowledge);
        thread.append(Unnumbered::text(self.greeting, Writer::AiAgent, &text, self.now));
        thread.apply(ledger, lead, notices)?;
        Ok(self.conversation)
    }
}
