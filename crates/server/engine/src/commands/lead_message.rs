//! A lead writes: the message is kept, their purpose becomes known, the chat is routed, the agent answers.

use super::append_signals::{AppendSignals, FreshIds};
use super::chat_status::{self, settle};
use crate::notice::Notice;
use crate::writer::Command;
use knock_agent::{Known, reply};
use knock_intent::{message_category, message_type, provisional_type, strength};
use knock_model::{
    Category, ConversationId, Email, IntentType, LeadId, MessageId, Millis, RepId, SignalId, SignalType,
};
use knock_ports::{ChatFact, Conversation, Detail, Ledger, Member, NewSignal, Numbered, StoreError, Writer};
use knock_routing::{Decision, Funnel, Standing, Target, decide};
use knock_status::chat::{Assignee, Derived, Event, derive};
use knock_status::{Fact, Source};

/// A message of a lead.
#[derive(Clone, Debug)]
pub struct LeadMessage {
    /// Where it was written.
    pub conversation: ConversationId,
    /// Its id, made by the browser.
    pub id: MessageId,
    /// What was written.
    pub text: String,
    /// When it arrived.
    pub received_at: Millis,
    /// Ids for what follows from it: the assignment and the agent's messages.
    pub follow_ups: [SignalId; 3],
    /// An id for what the message says of its writer.
    pub identify: SignalId,
    /// Ids for a person and a company not known yet.
    pub fresh: FreshIds,
}

impl Command for LeadMessage {
    /// The message's number, and whether it is new; none when there is no such conversation.
    type Outcome = Option<Numbered>;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<Option<Numbered>, StoreError> {
        let Some(conversation) = ledger.conversation(self.conversation)? else { return Ok(None) };
        let now = self.received_at;
        let numbered = ledger.append_message(conversation.id, self.id, Writer::Lead, &self.text, now)?;
        if let Numbered::Known(_) = numbered {
            return Ok(Some(numbered));
        }
        let conversation = self.introduce(ledger, conversation, notices)?;
        let nth = 1 + ledger.chat_facts(conversation.lead)?.iter().filter(|fact| is_lead_message(fact)).count();
        let kind = self.learn(ledger, &conversation, notices)?;
        self.record(ledger, conversation.lead, self.signal_id(), Event::LeadMessage { is_spam: false }, None)?;
        let derived = settle(ledger, conversation.lead, now, notices)?;
        chat_status::set_type(ledger, conversation.lead, kind)?;
        if !derived.is_spam {
            if nth == 1 {
                self.route(ledger, conversation.lead, &derived)?;
            }
            self.answer(ledger, &conversation, kind, nth, &derived)?;
        }
        settle(ledger, conversation.lead, now, notices)?;
        notices.push(Notice::Message(conversation.id));
        Ok(Some(numbered))
    }
}

impl LeadMessage {
    /// The signal of this message carries the message's own id.
    fn signal_id(&self) -> SignalId {
        SignalId::from_bytes(*self.id.as_bytes())
    }

    fn record(
        &self,
        ledger: &mut dyn Ledger,
        lead: LeadId,
        id: SignalId,
        what: Event,
        decision: Option<Decision>,
    ) -> Result<(), StoreError> {
        let at = self.received_at;
        let fact = Fact { id, at, received_at: at, source: Source::Server, what };
        ledger.append_chat_fact(lead, &ChatFact { fact, decision }).map(drop)
    }

    /// The lead's type after this message, final from the first that says something or that finds
    /// behaviour to go by (IF-03, IF-08); the message itself is a signal too (IC-09).
    fn learn(
        &self,
        ledger: &mut dyn Ledger,
        conversation: &Conversation,
        notices: &mut Vec<Notice>,
    ) -> Result<IntentType, StoreError> {
        let told = message_type(&self.text);
        let known = ledger.chat_summary(conversation.lead)?.map_or(IntentType::Unknown, |chat| chat.intent_type);
        let lead = ledger.lead(conversation.lead)?;
        let suggested =
            lead.map_or(IntentType::Unknown, |lead| provisional_type(&lead.history.evidence, self.received_at));
        let kind = match (told, known) {
            (Some(told), IntentType::Unknown) => told,
            (None, IntentType::Unknown) => suggested,
            (_, known) => known,
        };
        let detail =
            Detail { rule: "chat_text".into(), text: self.text.chars().take(200).collect(), ..Detail::default() };
        let category = message_category(told);
        self.signal(conversation, self.signal_id(), SignalType::ChatMessage, category, detail).run(ledger, notices)?;
        Ok(kind)
    }

    /// An address in the message says who writes; the conversation may turn out to be somebody's who is known.
    fn introduce(
        &self,
        ledger: &mut dyn Ledger,
        conversation: Conversation,
        notices: &mut Vec<Notice>,
    ) -> Result<Conversation, StoreError> {
        let Some(email) = address_in(&self.text) else { return Ok(conversation) };
        let detail = Detail { rule: "chat_text".into(), email: email.to_text(), ..Detail::default() };
        self.signal(&conversation, self.identify, SignalType::Identify, Category::Home, detail).run(ledger, notices)?;
        Ok(ledger.conversation(conversation.id)?.unwrap_or(conversation))
    }

    fn signal(
        &self,
        conversation: &Conversation,
        id: SignalId,
        kind: SignalType,
        category: Category,
        detail: Detail,
    ) -> AppendSignals {
        let signal = NewSignal {
            id,
            session: conversation.session,
            kind,
            at: self.received_at,
            received_at: self.received_at,
            clamped: false,
            category,
            strength: strength(kind),
            seq: None,
            view: None,
            detail,
        };
        AppendSignals {
            site: conversation.site,
            visitor: conversation.visitor,
            received_at: self.received_at,
            signals: vec![signal],
            fresh: vec![self.fresh],
        }
    }

    /// The decisive routing, at the first message; kept as a fact with its reason (RF-03, RF-04).
    fn route(&self, ledger: &mut dyn Ledger, lead: LeadId, derived: &Derived) -> Result<(), StoreError> {
        let Some(rule) = ledger.rule(Funnel::Chat)? else { return Ok(()) };
        let members = ledger.members()?;
        let standing = derived.fields.standing_rep().and_then(|rep| RepId::parse(rep).ok());
        let decision = decide(&rule, Standing { rep: standing }, |rep| members.iter().any(|member| member.id == rep));
        let assignee = match decision.assignee {
            Target::Rep(rep) => Assignee::Rep(rep.to_string()),
            Target::AiAgent => Assignee::AiAgent,
        };
        self.record(ledger, lead, self.follow_ups[0], Event::Assigned(assignee), Some(decision))
    }

    /// The agent answers until a human has.
    fn answer(
        &self,
        ledger: &mut dyn Ledger,
        conversation: &Conversation,
        intent: IntentType,
        nth: usize,
        before: &Derived,
    ) -> Result<(), StoreError> {
        if before.fields.responding_rep.is_some() {
            return Ok(());
        }
        let members = ledger.members()?;
        let facts = chat_status::events(ledger.chat_facts(conversation.lead)?);
        let routed = derive(&facts, self.received_at);
        let rep = routed.fields.standing_rep().and_then(|rep| name_of(rep, &members));
        let messages = ledger.messages(conversation.id)?;
        let agents = messages.iter().filter(|message| message.writer == Writer::AiAgent);
        let said: Vec<&str> = agents.map(|message| message.text.as_str()).collect();
        let answers = ledger.answers()?;
        let texts =
            reply(&Known { text: &self.text, intent, said: &said, nth, rep: rep.as_deref(), answers: &answers });
        for (text, id) in texts.iter().zip(&self.follow_ups[1..]) {
            let message = MessageId::from_bytes(*id.as_bytes());
            ledger.append_message(conversation.id, message, Writer::AiAgent, text, self.received_at)?;
            self.record(ledger, conversation.lead, *id, Event::AiMessage, None)?;
        }
        Ok(())
    }
}

fn is_lead_message(fact: &ChatFact) -> bool {
    matches!(fact.fact.what, Event::LeadMessage { .. })
}

/// How the agent names a rep: by the part before the `@`.
fn name_of(rep: &str, members: &[Member]) -> Option<String> {
    let id = RepId::parse(rep).ok()?;
    let member = members.iter().find(|member| member.id == id)?;
    Some(member.display_name())
}

/// The first e-mail address in a text.
fn address_in(text: &str) -> Option<Email> {
    let around = |c: char| c.is_whitespace() || "<>()[]{},;:\"'".contains(c);
    text.split(around).map(|word| word.trim_end_matches(['.', '!', '?'])).find_map(|word| Email::parse(word).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_where_people_write_it() {
        let cases = [
            ("Mail me at Ann@Acme.example.", Some("ann@acme.example")),
            ("(ann@acme.example)!", Some("ann@acme.example")),
            ("ann@acme.example, bob@acme.example", Some("ann@acme.example")),
            ("we are @home, call me", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(address_in(text).map(|email| email.to_text()).as_deref(), expected, "{text}");
        }
    }
}
