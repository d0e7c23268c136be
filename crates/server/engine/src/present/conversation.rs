//! Conversations as shown to the team and the visitor.

use super::Presenter;
use super::decision::type_change;
use super::work::forms;
use crate::queue::Awaited;
use crate::recipient::mail_to;
use knock_model::{CardCalendar, ConversationId, IntegrationId, LeadId, MessageChannel, Millis, RepId};
use knock_ports::{
    AnswerSource, Card, ChatFact, ChatSummary, Conversation, FilePreview, FoundIn, InternalNote, Message,
    MessageAuthor, MessageFile, StoreError, TeamAuthor,
};
use knock_status::chat::{Derived, Event, Rejection, StatusCause, StatusRule, Timer, derive};
use knock_status::{Cause, arrange};
use knock_wire::{
    Author, ChatState, ConversationRecord, ConversationRow, MessageCard, NoteAuthor, ReplyPlaces, StatusChange, Word,
    picture_path,
};

/// Converts a file of a message; the caller adds the addresses of its contents.
fn shown_file(file: &MessageFile) -> knock_wire::MessageFile {
    let preview = file.preview.map(|FilePreview { id, width, height }| {
        let (file, url) = (id, String::new());
        knock_wire::FilePreview { file, width, height, url }
    });
    let (name, kind, url) = (file.name.clone(), file.kind.as_str().to_owned(), String::new());
    knock_wire::MessageFile { file: file.id, name, kind, size: file.bytes, url, preview }
}

/// How the author of a message appears.
#[derive(Default)]
struct Face {
    name: String,
    title: String,
    picture: String,
}

impl Presenter<'_> {
    /// Returns a line of the inbox; none for a lead without a conversation.
    ///
    /// # Errors
    /// When the database fails.
    pub fn conversation_row(&self, chat: &ChatSummary) -> Result<Option<ConversationRow>, StoreError> {
        Ok(self.conversation_rows(&[chat.lead], None)?.pop())
    }

    /// Returns the lines of these leads in the inbox, without leads that have no conversation; with a member's unread
    /// counts.
    ///
    /// # Errors
    /// When the database fails.
    pub fn conversation_rows(
        &self,
        leads: &[LeadId],
        reader: Option<RepId>,
    ) -> Result<Vec<ConversationRow>, StoreError> {
        self.view.foresee_lines(leads, reader, self.now)?;
        let mut rows = Vec::new();
        for lead in leads {
            let Some(newest) = self.view.conversations_of_lead(*lead)?.into_iter().next() else { continue };
            let Some(mut row) = self.row(&newest)? else { continue };
            row.unread = reader.map(|reader| self.view.unread(reader, row.id)).transpose()?;
            rows.push(row);
        }
        Ok(rows)
    }

    /// Returns the page of a conversation.
    ///
    /// # Errors
    /// When the database fails.
    pub fn conversation_record(&self, id: ConversationId) -> Result<Option<ConversationRecord>, StoreError> {
        let Some(conversation) = self.conversation(id)? else { return Ok(None) };
        let Some(mut row) = self.row(&conversation)? else { return Ok(None) };
        self.add_queue(&mut row)?;
        let messages = self.messages(id)?;
        let facts = self.chat_facts(conversation.lead)?;
        let decisions = self.decisions_of(conversation.lead)?;
        let types = self.type_decisions(conversation.lead)?;
        Ok(Some(ConversationRecord {
            conversation: row,
            sources: messages
                .iter()
                .filter_map(|message| Some(answer_source(message.source.clone()?, message.seq)))
                .collect(),
            mail_to: mail_to(self.view, &conversation, &messages)?,
            bounce: self.bounce(&conversation, &messages)?.map(Box::new),
            mails: self.mails(id)?,
            trust: self.trust_in(&conversation)?,
            messages: self.thread(id, &messages)?,
            history: history(&facts, &derive(&facts, self.now), self.now),
            decisions: decisions.iter().map(|decided| self.decision(decided)).collect::<Result<_, _>>()?,
            assignments: self.assignments(conversation.lead)?,
            forms: forms(&facts, self.now),
            acts: self.acts(id)?,
            work: self.work(conversation.lead, &facts)?,
            types: types.into_iter().map(type_change).collect(),
            notes: self.notes(id)?.into_iter().map(|note| self.note(note)).collect::<Result<_, _>>()?,
            places: Some(self.places(&conversation)?),
            time_zone: Some(conversation.time_zone).filter(|zone| !zone.is_empty()),
            crm_owner: self.crm_owner(conversation.lead)?.map(Box::new),
            read_seq: self.view.reading(id)?.map_or(0, |reading| reading.read),
        }))
    }

    /// Adds when somebody may be able to take a chat that waits for that.
    fn add_queue(&self, row: &mut ConversationRow) -> Result<(), StoreError> {
        let decided = if row.state.is_queued { self.view.last_decision(row.lead)? } else { None };
        let Some(decided) = decided else { return Ok(()) };
        let next = Awaited::load(self.view, &decided.decision, self.now)?.next();
        if let Some(at) = next.filter(|at| row.state.next_change_at.is_none_or(|change| *at < change)) {
            (row.state.next_change_at, row.state.next_status) = (Some(at), None);
        }
        Ok(())
    }

    /// Converts a message; the meeting of its card is not known from the message alone.
    ///
    /// # Errors
    /// When the database fails.
    pub fn message(&self, message: &Message) -> Result<knock_wire::Message, StoreError> {
        let (author, Face { name, title, picture }) = match message.author {
            MessageAuthor::Lead => (Author::Lead, Face::default()),
            MessageAuthor::AiAgent => (Author::AiAgent, Face::default()),
            MessageAuthor::Rep(rep) => (Author::Rep, self.face(rep)?),
            MessageAuthor::Integration(integration) => (Author::Rep, self.face_of_integration(integration)?),
        };
        let is_integration = !self.is_public && matches!(message.author, MessageAuthor::Integration(_));
        let (seq, id, text, at) = (message.seq, message.id, message.text.clone(), message.at);
        let choices = message.choices.clone();
        let files = message.files.iter().map(shown_file).collect();
        let card = message.card.map(|Card { kind, calendar }| {
            let own = calendar == CardCalendar::Mine;
            MessageCard { kind: kind.as_str().to_owned(), own, meeting: None }
        });
        Ok(knock_wire::Message {
            seq,
            id,
            author,
            name,
            title,
            picture,
            is_integration,
            text,
            at,
            choices,
            files,
            card,
            invitation: None,
            by_mail: message.channel == MessageChannel::Mail,
        })
    }

    /// The values of the placeholders of saved replies in a conversation.
    fn places(&self, conversation: &Conversation) -> Result<ReplyPlaces, StoreError> {
        let lead = self.lead(conversation.lead)?;
        let company = lead.as_ref().map(|lead| self.company_of(lead)).transpose()?.unwrap_or_default();
        let site = self.view.site(conversation.site)?;
        Ok(ReplyPlaces {
            name: lead.map(|lead| lead.name.into_text()).unwrap_or_default(),
            company,
            site: site.map(|site| site.name).unwrap_or_default(),
        })
    }

    /// Converts an internal note.
    ///
    /// # Errors
    /// When the database fails.
    pub fn note(&self, note: InternalNote) -> Result<knock_wire::InternalNote, StoreError> {
        let InternalNote { id, conversation: _, author, text, at, mentions } = note;
        let mentions = mentions.into_iter().map(|named| self.rep_name(named)).collect::<Result<_, _>>()?;
        Ok(knock_wire::InternalNote {
            id,
            author: NoteAuthor::Note,
            name: self.author_name(author)?,
            text,
            at,
            mentions,
        })
    }

    fn row(&self, conversation: &Conversation) -> Result<Option<ConversationRow>, StoreError> {
        let Some(lead) = self.lead(conversation.lead)? else { return Ok(None) };
        let facts = self.chat_facts(lead.id)?;
        let derived = derive(&facts, self.now);
        let Some(state) = self.state(&derived, conversation.opened_at)? else { return Ok(None) };
        let last = self.last_message(conversation.id)?;
        let is_message = |fact: &&ChatFact| matches!(fact.what, Event::LeadMessage { .. });
        let written_at = facts.iter().filter(is_message).map(ChatFact::effective_at).max().unwrap_or(Millis(0));
        Ok(Some(ConversationRow {
            id: conversation.id,
            lead: lead.id,
            contact: Some(self.contact_ref(&lead)?),
            state,
            intent: self.intent_of_lead(&lead)?,
            last: last.map(|message| self.message(&message)).transpose()?,
            form: forms(&facts, self.now).pop().filter(|form| form.at > written_at).map(Box::new),
            link: conversation.link.clone(),
            opened_at: conversation.opened_at,
            folder: derived.folder.map(Word::from),
            waiting_since: derived.waiting_since,
            snoozed_until: derived.next_folder_at,
            lead_messages: Some(self.lead_messages(conversation.id)?),
            unread: None,
            active_at: facts.iter().map(ChatFact::effective_at).max().max(derived.woken().map(|(at, _)| at)),
            on_site_until: self.view.on_site_until(lead.id, self.now)?,
            hits: Vec::new(),
            tags: self.tags_of(lead.id)?,
        }))
    }

    /// The state of a chat; none without a status and a form.
    pub(super) fn state(&self, derived: &Derived, since: Millis) -> Result<Option<ChatState>, StoreError> {
        if derived.folder.is_none() {
            return Ok(None);
        }
        let fields = &derived.fields;
        let (rejected_by, rejected_by_name, reject_reason) = match &fields.rejected {
            Some(Rejection { by, member, reason }) => (Some(*by), self.member_name(member.as_deref())?, reason.clone()),
            None => (None, String::new(), None),
        };
        Ok(Some(ChatState {
            status: derived.status.map(Word::from).unwrap_or_default(),
            owner: derived.owner.map(Word::from).unwrap_or_default(),
            since: derived.why.map_or(since, |why| why.since),
            rule: derived.why.map(|why| Word::parse(why.rule)).unwrap_or_default(),
            next_change_at: derived.next_change_at,
            next_status: derived.next_status.map(Word::from),
            is_queued: derived.is_queued,
            rep_owner: fields.rep_owner.as_ref().map(|owner| self.rep_email(owner.as_str())).transpose()?,
            responding_rep: fields.responding_rep.as_deref().map(|rep| self.rep_email(rep)).transpose()?,
            response_minutes: fields.response_time.map(Millis::in_minutes),
            reject_reason,
            rejected_by: rejected_by.map(Word::from),
            rejected_by_name,
            is_spam: derived.is_spam,
            flags: derived.flags.iter().copied().map(Word::from).collect(),
        }))
    }

    pub(super) fn rep_email(&self, rep: &str) -> Result<String, StoreError> {
        let Ok(id) = RepId::parse(rep) else { return Ok(rep.to_owned()) };
        if let Some(known) = self.emails.borrow().get(rep) {
            return Ok(known.clone());
        }
        let email = self.view.member(id)?.map_or_else(|| rep.to_owned(), |member| member.email);
        self.emails.borrow_mut().insert(rep.to_owned(), email.clone());
        Ok(email)
    }

    /// How a rep appears beside a message.
    fn face(&self, rep: RepId) -> Result<Face, StoreError> {
        let Some(member) = self.view.member(rep)? else { return Ok(Face::default()) };
        let name = if self.is_public { member.public_name().to_owned() } else { member.display_name() };
        Ok(Face { name, title: member.profile.title, picture: picture_path(member.profile.picture) })
    }

    /// An integration's name is for the team: visitors read that the team writes.
    fn face_of_integration(&self, integration: IntegrationId) -> Result<Face, StoreError> {
        if self.is_public {
            return Ok(Face::default());
        }
        let name = self.author_name(TeamAuthor::Integration(integration))?;
        Ok(Face { name, ..Face::default() })
    }

    /// The name of who writes for the team; that of an integration is marked.
    pub(super) fn author_name(&self, author: TeamAuthor) -> Result<String, StoreError> {
        match author {
            TeamAuthor::Member(member) => self.rep_name(member),
            TeamAuthor::Integration(id) => {
                Ok(self.view.integration(id)?.map_or_else(String::new, |known| known.display_name()))
            }
        }
    }

    pub(super) fn rep_name(&self, rep: RepId) -> Result<String, StoreError> {
        if let Some(known) = self.names.borrow().get(&rep) {
            return Ok(known.clone());
        }
        let name = self.view.member(rep)?.map_or_else(String::new, |member| member.display_name());
        self.names.borrow_mut().insert(rep, name.clone());
        Ok(name)
    }

    /// The name of the member or the integration with this id in text; empty without one.
    pub(super) fn member_name(&self, member: Option<&str>) -> Result<String, StoreError> {
        let Some(id) = member.and_then(|member| RepId::parse(member).ok()) else { return Ok(String::new()) };
        let name = self.rep_name(id)?;
        if !name.is_empty() {
            return Ok(name);
        }
        self.author_name(TeamAuthor::Integration(IntegrationId::from_bytes(*id.as_bytes())))
    }
}

/// The source of the answer with this number in its conversation.
pub fn answer_source(source: AnswerSource, seq: u64) -> knock_wire::AnswerSource {
    let AnswerSource { found_in, confidence } = source;
    knock_wire::AnswerSource { seq, source: shown_source(found_in), confidence }
}

/// The source of an answer.
pub fn shown_source(source: FoundIn) -> knock_wire::FoundIn {
    match source {
        FoundIn::Question { id, question } => knock_wire::FoundIn::Question { id, question },
        FoundIn::Page { title, url } => knock_wire::FoundIn::Page { title, url },
        FoundIn::File { name } => knock_wire::FoundIn::File { name },
    }
}

fn history(facts: &[ChatFact], derived: &Derived, now: Millis) -> Vec<StatusChange> {
    let arranged = arrange(facts, now);
    let cause = |cause: Cause<Timer>| match cause {
        Cause::Fact(place) => arranged.get(place).map(|fact| StatusCause::Fact(fact.what.kind())),
        Cause::Timer(timer) => Some(StatusCause::Timer(timer)),
    };
    let entries = derived.timeline.iter().map(|entry| StatusChange {
        at: entry.at,
        status: entry.status.into(),
        owner: entry.status.owner().into(),
        cause: cause(entry.cause).map(Word::from).unwrap_or_default(),
        rule: StatusRule(entry.status).into(),
    });
    entries.collect()
}
