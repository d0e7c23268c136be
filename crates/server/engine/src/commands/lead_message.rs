//! A lead writes: the message is kept, their purpose becomes known, the chat is routed, the agent answers.

use super::append_signals::{AppendSignals, FreshIds};
use super::chat_status::settle;
use super::routing::{ChatToRoute, member_of, route};
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_agent::{Known, reply};
use knock_intent::{Question, Standing, TypeWhy, decide_type, message_category, prior, read_message, strength};
use knock_model::{
    Category, ConversationId, Email, IntentType, LeadId, MessageId, Millis, SignalId, SignalType, Trust,
};
use knock_ports::{
    ChatFact, Conversation, Detail, Ledger, Member, NewSignal, Numbered, StoreError, TypeDecided, Writer,
};
use knock_status::chat::{Derived, Event, derive};
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
        let learned = self.learn(ledger, &conversation, notices)?;
        let is_spam = learned.is_spam;
        self.record(ledger, conversation.lead, self.signal_id(), Event::LeadMessage { is_spam })?;
        let derived = settle(ledger, conversation.lead, now, notices)?;
        if !derived.is_spam {
            let is_routed = derived.fields.rep_owner.is_some();
            let has_human = derived.fields.responding_rep.is_some();
            if !is_routed || (learned.has_changed && !has_human) {
                self.route(ledger, &conversation, learned.kind, &derived)?;
            }
            self.answer(ledger, &conversation, &learned, nth, &derived)?;
        }
        settle(ledger, conversation.lead, now, notices)?;
        notices.push(Notice::Message(conversation.id));
        Ok(Some(numbered))
    }

    fn after(&self) -> After {
        After::Conversation(self.conversation)
    }
}

/// What a message made known.
struct Learned {
    is_spam: bool,
    /// The lead's type after it.
    kind: IntentType,
    has_changed: bool,
    /// Whether the agent asks what they want.
    asks: bool,
}

impl LeadMessage {
    /// The signal of this message carries the message's own id.
    fn signal_id(&self) -> SignalId {
        SignalId::from_bytes(*self.id.as_bytes())
    }

    fn record(&self, ledger: &mut dyn Ledger, lead: LeadId, id: SignalId, what: Event) -> Result<(), StoreError> {
        let at = self.received_at;
        let fact = Fact { id, at, received_at: at, source: Source::Server, what };
        ledger.append_chat_fact(lead, &fact).map(drop)
    }

    /// What the message says: spam, or the lead's type with what they did (IF-03, IF-08). A new type is a fact;
    /// the message itself is a signal too (IC-09).
    fn learn(
        &self,
        ledger: &mut dyn Ledger,
        conversation: &Conversation,
        notices: &mut Vec<Notice>,
    ) -> Result<Learned, StoreError> {
        let reading = read_message(&self.text);
        let lead = ledger.lead(conversation.lead)?;
        let evidence = lead.map(|lead| lead.history.evidence).unwrap_or_default();
        let facts = ledger.chat_facts(conversation.lead)?;
        let has_human = derive(&facts, self.received_at).fields.responding_rep.is_some();
        let before = standing(&ledger.type_decisions(conversation.lead)?, has_human);
        let decided = decide_type(before, &prior(&evidence, self.received_at), &reading);
        if decided.standing != before {
            ledger.append_type(&TypeDecided {
                id: self.signal_id(),
                lead: conversation.lead,
                at: self.received_at,
                kind: decided.kind,
                margin: decided.margin,
                why: decided.why.as_str().to_owned(),
                question: decided.standing.question,
            })?;
        }
        let said = (!reading.says_nothing && !reading.is_spam).then(|| reading.best().0);
        let detail =
            Detail { rule: "chat_text".into(), text: self.text.chars().take(200).collect(), ..Detail::default() };
        let mut signal =
            self.signal(conversation, self.signal_id(), SignalType::ChatMessage, message_category(said), detail);
        if reading.is_spam {
            // Spam is on the timeline and weighs nothing.
            signal.signals.iter_mut().for_each(|signal| signal.strength = 0.0);
        }
        signal.run(ledger, notices)?;
        Ok(Learned {
            is_spam: reading.is_spam,
            kind: decided.kind,
            has_changed: decided.kind != before.kind,
            asks: decided.ask,
        })
    }

    /// An address in the message says who writes; the conversation may turn out to be somebody's who is known.
    fn introduce(
        &self,
        ledger: &mut dyn Ledger,
        conversation: Conversation,
        notices: &mut Vec<Notice>,
    ) -> Result<Conversation, StoreError> {
        let Some(email) = address_in(&self.text) else { return Ok(conversation) };
        // Said to a person, in words: believed whatever the site asks of its pages.
        let (rule, trust) = ("chat_text".into(), Some(Trust::Claimed));
        let detail = Detail { rule, email: email.to_text(), trust, ..Detail::default() };
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
            detail: detail.into(),
        };
        AppendSignals {
            site: conversation.site,
            visitor: conversation.visitor,
            received_at: self.received_at,
            signals: vec![signal],
            fresh: vec![self.fresh],
        }
    }

    /// The decisive routing, at the first message or when the type changed before a human replied (RF-03, RF-04).
    fn route(
        &self,
        ledger: &mut dyn Ledger,
        conversation: &Conversation,
        intent_type: IntentType,
        derived: &Derived,
    ) -> Result<(), StoreError> {
        let is_again = ledger.last_decision(conversation.lead)?.is_some() && derived.fields.responding_rep.is_none();
        let standing = derived.fields.standing_rep().filter(|_| !is_again);
        let (id, now) = (self.follow_ups[0], self.received_at);
        route(ledger, &ChatToRoute { conversation, intent_type, standing, is_again, id, now })
    }

    /// The agent answers until a human has.
    fn answer(
        &self,
        ledger: &mut dyn Ledger,
        conversation: &Conversation,
        learned: &Learned,
        nth: usize,
        before: &Derived,
    ) -> Result<(), StoreError> {
        if before.fields.responding_rep.is_some() {
            return Ok(());
        }
        let members = ledger.members()?;
        let routed = derive(&ledger.chat_facts(conversation.lead)?, self.received_at);
        let rep = routed.fields.standing_rep().and_then(|rep| member_of(rep, &members)).map(Member::display_name);
        let messages = ledger.messages_after(conversation.id, 0)?;
        let agents = messages.iter().filter(|message| message.writer == Writer::AiAgent);
        let said: Vec<&str> = agents.map(|message| message.text.as_str()).collect();
        let answers = ledger.answers()?;
        let (intent, asks, rep) = (learned.kind, learned.asks, rep.as_deref());
        let texts = reply(&Known { text: &self.text, intent, asks, said: &said, nth, rep, answers: &answers });
        for (text, id) in texts.iter().zip(&self.follow_ups[1..]) {
            let message = MessageId::from_bytes(*id.as_bytes());
            ledger.append_message(conversation.id, message, Writer::AiAgent, text, self.received_at)?;
            self.record(ledger, conversation.lead, *id, Event::AiMessage)?;
        }
        Ok(())
    }
}

/// What is known of the lead's type before a message; one question may be asked, unless a human talks already.
fn standing(types: &[TypeDecided], has_human: bool) -> Standing {
    let last = types.last();
    let question = last.map_or(Question::Ready, |last| last.question);
    Standing {
        kind: last.map_or(IntentType::Unknown, |last| last.kind),
        is_set_by_rep: last.is_some_and(|last| last.why == TypeWhy::SetByRep.as_str()),
        question: if has_human && question == Question::Ready { Question::Off } else { question },
    }
}

fn is_lead_message(fact: &ChatFact) -> bool {
    matches!(fact.what, Event::LeadMessage { .. })
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
