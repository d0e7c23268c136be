//! A member writes to a visitor first.

use crate::changes::Changes;
use crate::commands::arrival::Arrival;
use crate::commands::chat::{ChatFlow, Numbered, Thread, Unnumbered, is_orphan};
use crate::commands::identify::FreshIds;
use crate::first_touch::keep_first_touch;
use crate::happened::Happened;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_agent::Language;
use knock_model::{ConversationId, LeadId, MessageId, Millis, RepId, SessionId, SignalId, SiteId, VisitorId};
use knock_ports::{
    Batch, Conversation, Invitation, Lead, Ledger, MessageAuthor, PrefetchHint, SentInvitation, StoreError, View,
    WEBSITE,
};
use knock_routing::Utm;
use knock_status::chat::{Assignee, ChatStatus, Event};

/// The longest text, in characters.
pub const MOST_INVITATION_CHARS: usize = 1_000;
/// A browser without a signal for so long is not known any more.
const KNOWN_FOR: Millis = Millis::days(30);
/// The invitations of one member that a visitor may leave unanswered.
const MOST_UNANSWERED: usize = 2;
/// The invitations to a browser within a day, by whom they may be.
const MOST_IN_A_DAY: usize = 3;
/// The maximum of page views searched for the language of a browser.
const VIEWS: u32 = 100;

#[derive(Clone, Debug)]
pub struct InviteLead {
    pub site: SiteId,
    pub visitor: VisitorId,
    /// The id of the message, made by the rep's browser.
    pub id: MessageId,
    /// The author.
    pub rep: RepId,
    pub text: String,
    /// An id for a new conversation.
    pub conversation: ConversationId,
    /// An id for the claim on the browser of a visitor who has no record yet.
    pub claim: SignalId,
    /// Ids for a person and a company not known yet.
    pub fresh: FreshIds,
    /// The time for it to be shown before it is mailed; without it, it is never mailed.
    pub mail_after: Option<Millis>,
    pub now: Millis,
}

/// The outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadInvited {
    Written { conversation: ConversationId, number: Numbered },
    Refused(InvitationRefusal),
}

/// Why no one can write to a visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationRefusal {
    /// Nothing of this browser is known.
    Unknown,
    /// The lead is marked as spam.
    Spam,
    /// The lead is rejected.
    Rejected,
    /// The visitor has not answered this member yet.
    AwaitedBy(RepId),
    /// The visitor has not answered the author's messages.
    Unanswered,
    /// The visitor got as many invitations as they may get in a day.
    TooMany,
}

impl InvitationRefusal {
    /// The reason in a sentence for the team.
    pub const fn reason(self) -> &'static str {
        match self {
            InvitationRefusal::Unknown => "Nothing of this browser is known.",
            InvitationRefusal::Spam => "They are marked as spam.",
            InvitationRefusal::Rejected => "They are rejected.",
            InvitationRefusal::AwaitedBy(_) => "Another member has written to them, and awaits an answer.",
            InvitationRefusal::Unanswered => "They have not answered yet.",
            InvitationRefusal::TooMany => "They got three messages within a day already.",
        }
    }
}

impl Command for InviteLead {
    type Outcome = LeadInvited;

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<LeadInvited, StoreError> {
        if let Some(known) = ledger.invitation(self.id)? {
            let number = Numbered::Known(known.seq);
            return Ok(LeadInvited::Written { conversation: known.conversation, number });
        }
        let session = match self.admitted(ledger)? {
            Ok(session) => session,
            Err(refusal) => return Ok(LeadInvited::Refused(refusal)),
        };
        let arrival = self.arrival(session);
        let lead = arrival.lead(ledger, None, changes)?;
        let mut flow = ChatFlow::load(ledger, lead, self.now)?;
        if let Some(refusal) = refused(&mut flow) {
            return Ok(LeadInvited::Refused(refusal));
        }
        let conversation = self.conversation(ledger, lead, session)?;
        let mut thread = Thread::load(ledger, &conversation)?;
        let number = thread.append(Unnumbered::text(self.id, MessageAuthor::Rep(self.rep), &self.text, self.now));
        if let Numbered::New(seq) = number {
            thread.apply(ledger, lead, changes)?;
            ledger.save_answered(conversation.id, seq)?;
            ledger.save_invitation(&self.invitation(conversation.id, seq))?;
            self.take(ledger, &mut flow)?;
            flow.settle();
            flow.apply(ledger, changes)?;
            changes.extend([Notice::Message(conversation.id), Notice::Invitation(self.visitor)]);
            let (id, mail_after) = (conversation.id, self.mail_after);
            changes.happened(self.now, Happened::RepReplied { conversation: Box::new(conversation), mail_after });
            return Ok(LeadInvited::Written { conversation: id, number });
        }
        Ok(LeadInvited::Written { conversation: conversation.id, number })
    }

    fn coming(&self) -> Option<PrefetchHint<'_>> {
        Some(PrefetchHint::Signals(Batch { site: self.site, visitor: self.visitor, signals: &[] }))
    }

    fn after(&self) -> After {
        After::Browser(self.visitor)
    }
}

/// Why no one can write to a lead, by the state of their chat.
fn refused(flow: &mut ChatFlow) -> Option<InvitationRefusal> {
    let derived = flow.derived();
    match derived.status {
        _ if derived.is_spam => Some(InvitationRefusal::Spam),
        Some(ChatStatus::Spam) => Some(InvitationRefusal::Spam),
        Some(ChatStatus::Rejected) => Some(InvitationRefusal::Rejected),
        _ => None,
    }
}

impl InviteLead {
    /// Returns the session of the browser, unless the member may not write to it.
    fn admitted(&self, view: &dyn View) -> Result<Result<SessionId, InvitationRefusal>, StoreError> {
        let since = self.now - KNOWN_FOR;
        let Some(session) = view.session_since(self.site, self.visitor, since)? else {
            return Ok(Err(InvitationRefusal::Unknown));
        };
        let owner = self.owner(view)?;
        if owner.is_some_and(|owner| owner.is_spam) {
            return Ok(Err(InvitationRefusal::Spam));
        }
        let sent = view.invitations_to(self.site, self.visitor, since)?;
        let is_own = |sent: &&SentInvitation| sent.invitation.rep == self.rep && sent.is_awaited(self.now);
        let awaited = sent.iter().find(|sent| sent.invitation.rep != self.rep && sent.is_open(self.now));
        if let Some(other) = awaited {
            return Ok(Err(InvitationRefusal::AwaitedBy(other.invitation.rep)));
        }
        if sent.iter().filter(is_own).count() >= MOST_UNANSWERED {
            return Ok(Err(InvitationRefusal::Unanswered));
        }
        let today = sent.iter().filter(|sent| sent.invitation.at > self.now - Millis::DAY).count();
        Ok(if today >= MOST_IN_A_DAY { Err(InvitationRefusal::TooMany) } else { Ok(session) })
    }

    /// The lead of the browser, if it has one.
    fn owner(&self, view: &dyn View) -> Result<Option<Lead>, StoreError> {
        let spans = view.spans_of_visitor(self.site, self.visitor)?;
        let owner = spans.get(knock_ports::span_at(&spans, self.now)).and_then(|span| span.lead);
        owner.map(|lead| view.lead(lead)).transpose().map(Option::flatten)
    }

    fn arrival(&self, session: SessionId) -> Arrival {
        Arrival {
            site: self.site,
            link: WEBSITE.to_owned(),
            visitor: self.visitor,
            session,
            categories: Vec::new(),
            now: self.now,
            click: self.claim,
            fresh: self.fresh,
        }
    }

    /// Returns the newest conversation of the lead in this browser, else a new one, which only an invitation opens.
    fn conversation(
        &self,
        ledger: &mut dyn Ledger,
        lead: LeadId,
        session: SessionId,
    ) -> Result<Conversation, StoreError> {
        let mut known = ledger.conversations_of_lead(lead)?.into_iter();
        if let Some(known) = known.find(|known| (known.site, known.visitor) == (self.site, self.visitor)) {
            return Ok(known);
        }
        let conversation = Conversation {
            id: self.conversation,
            lead,
            site: self.site,
            visitor: self.visitor,
            session,
            link: WEBSITE.to_owned(),
            opened_at: self.now,
            secret: None,
            language: self.language(ledger)?,
            utm: Utm::default(),
            identified: ledger.lead(lead)?.and_then(|lead| lead.email),
            time_zone: String::new(),
        };
        ledger.create_conversation(&conversation)?;
        keep_first_touch(ledger, lead)?;
        Ok(conversation)
    }

    /// The language of the browser, as its last page views say.
    fn language(&self, view: &dyn View) -> Result<Language, StoreError> {
        let pages = view.last_pages(self.site, self.visitor, self.now - KNOWN_FOR, VIEWS)?;
        let named = pages.iter().find(|page| !page.language.is_empty());
        Ok(named.and_then(|page| Language::of_tag(&page.language)).unwrap_or(Language::En))
    }

    fn invitation(&self, conversation: ConversationId, seq: u64) -> Invitation {
        Invitation {
            id: self.id,
            conversation,
            seq,
            site: self.site,
            visitor: self.visitor,
            rep: self.rep,
            at: self.now,
            shown_at: None,
            url: String::new(),
            closed_at: None,
        }
    }

    /// Adds the facts: a lead without work becomes the member's, any other got a message of the team.
    fn take(&self, view: &dyn View, flow: &mut ChatFlow) -> Result<(), StoreError> {
        let (id, rep) = (SignalId::from_bytes(*self.id.as_bytes()), self.rep.to_string());
        let is_work = flow.derived().folder.is_some();
        flow.add(
            id,
            if is_work { Event::RepMessage { rep: rep.clone() } } else { Event::Invited { rep: rep.clone() } },
        );
        if is_work && is_orphan(view, flow)? {
            let id = flow.next_id();
            flow.add(id, Event::Assigned(Assignee::Rep(rep)));
        }
        Ok(())
    }
}
