//! Replies of the agent in a chat.

use super::flow::{ChatFlow, Learned};
use super::heard::{Heard, Words};
use super::route::member_of;
use super::thread::{Thread, Unnumbered};
use super::voice::Voice;
use crate::availability::state;
use crate::changes::Changes;
use crate::commands::message_text::MessageText;
use crate::notice::Notice;
use crate::queue::{Awaited, back_at, presence};
use knock_agent::{
    Absence, Act, Asked, FoundAnswer, Known, Presence, Said, Understood, away, question_key, reply, says_absence,
};
use knock_model::{CardCalendar, MessageId, Millis, SignalId};
use knock_ports::{AnswerSource, Card, Conversation, Found, FoundIn, Ledger, Member, MessageAuthor, StoreError, View};
use knock_routing::{Assignee, RepState};
use knock_status::chat::Event;

/// A message of a lead that has been routed.
pub(in crate::commands) struct ReadMessage<'a> {
    pub(in crate::commands) conversation: &'a Conversation,
    pub(in crate::commands) learned: Learned,
    pub(in crate::commands) is_email_new: bool,
    pub(in crate::commands) usual_wait: Option<Millis>,
    /// The page on which the lead moves or cancels their meeting.
    pub(in crate::commands) meeting_page: Option<&'a str>,
    /// Whether a meeting is offered.
    pub(in crate::commands) offers_meeting: bool,
    /// Ids for the messages of the agent.
    pub(in crate::commands) ids: &'a [SignalId],
}

/// Adds the agent's replies: to every message until a human replies, and again once the chat is handed back.
pub(in crate::commands) fn answer(
    view: &dyn View,
    flow: &mut ChatFlow,
    thread: &mut Thread,
    heard: &mut Heard<'_>,
    message: &ReadMessage<'_>,
) -> Result<(), StoreError> {
    if flow.has_human() {
        return Ok(());
    }
    let of = message.conversation;
    let Words { text, consulted, .. } = heard.words;
    if heard.rejection.is_none() && heard.is_unanswered() {
        thread.note_unanswered(question_key(&text.text));
    }
    let mut voice = match heard.voice.take() {
        Some(voice) => voice,
        // Its human has left just now.
        None => Voice::load(view, flow, thread, of)?,
    };
    voice.settle(view, flow, thread, of)?;
    let before = thread.earlier_of_lead().map(|message| message.at).next();
    let is_handed_over = flow.decided_after(before) && !flow.is_left_to_agent();
    let careers = if voice.is_agents { voice.careers(view, of, flow.now)? } else { None };
    let (workspace, absence) = (workspace(view, of, &text.understood)?, absence(view, flow, of)?);
    let said = thread.said_by_agent();
    let known = Known {
        speaker: voice.speaker(&said),
        written: thread.written_by_lead(),
        asks: message.learned.asks,
        understood: &text.understood,
        presence: if asks_presence(heard, absence.as_ref()) { presence_of(view, flow, of)? } else { Presence::Unknown },
        asked: heard.asked.clone(),
        is_handed_over,
        is_agents: voice.is_agents,
        nth: flow.lead_messages(),
        is_email_new: message.is_email_new,
        is_question: heard.is_question() && consulted.found.is_empty(),
        answers: consulted.found.iter().map(answer_of).collect(),
        offered: consulted.offered.iter().map(|offered| offered.question.as_str()).collect(),
        // The usual wait is no promise while no one can answer.
        usual_wait: message.usual_wait.filter(|_| absence.is_none() && !flow.is_rep_absent()),
        sends_mail: heard.settings.sends_mail,
        absence,
        careers: careers.as_deref(),
        offers_meeting: message.offers_meeting,
        waited: flow.waited_before(),
        meeting_page: message.meeting_page,
        abuse: heard.abuse,
        is_rejected: heard.rejection.is_some(),
        workspace: &workspace,
    };
    let said = reply(&known);
    say(thread, flow, &said, &consulted.found, message.ids);
    Ok(())
}

/// Adds the messages of a reply, each with its source.
fn say(thread: &mut Thread, flow: &mut ChatFlow, said: &[Said], found: &[Found], ids: &[SignalId]) {
    for (said, id) in said.iter().zip(ids) {
        let source = said.answer.and_then(|place| found.get(place)).map(source_of);
        let message =
            Unnumbered::text(MessageId::from_bytes(*id.as_bytes()), MessageAuthor::AiAgent, &said.text, flow.now);
        // The agent has no calendar of its own.
        let card = said.card.map(|kind| Card { kind, calendar: CardCalendar::Rule });
        thread.append(Unnumbered { choices: &said.choices, source, card, ..message });
        flow.add(*id, Event::AiMessage);
    }
}

/// The acts whose answers name the site.
const NAMED: [Act; 5] = [Act::Greeting, Act::AsksBot, Act::AsksIdentity, Act::AsksCapabilities, Act::PromptInjection];

/// The name of the site; empty where no answer says it, since it is a read of its own.
fn workspace(view: &dyn View, of: &Conversation, understood: &Understood) -> Result<String, StoreError> {
    if !NAMED.iter().any(|act| understood.has(*act)) {
        return Ok(String::new());
    }
    Ok(view.site(of.site)?.map(|site| site.title().to_owned()).unwrap_or_default())
}

/// Whether the reply may say when the team is there.
fn asks_presence(heard: &Heard<'_>, absence: Option<&Absence>) -> bool {
    let MessageText { understood, wants_human, .. } = heard.words.text;
    let acts = [Act::AsksHours, Act::CallMe, Act::AsksHuman, Act::GivesPhone];
    let is_asked = *wants_human || acts.iter().any(|act| understood.has(*act));
    is_asked || heard.asked == Some(Asked::Phone) || absence.is_some()
}

/// When the rep of a chat is there, or anybody of the team while it has none.
fn presence_of(view: &dyn View, flow: &mut ChatFlow, of: &Conversation) -> Result<Presence, StoreError> {
    let rep = flow.derived().fields.standing_rep().map(str::to_owned);
    presence(view, rep.as_deref(), flow.now, &of.time_zone)
}

/// Why no one of the team can answer a chat now; none while somebody can, and where the agent has it for good.
fn absence(view: &dyn View, flow: &mut ChatFlow, of: &Conversation) -> Result<Option<Absence>, StoreError> {
    let Some(decided) = &flow.decided else { return Ok(None) };
    if flow.is_rep_absent() {
        let rep = decided.decision.assignee.as_ref().and_then(Assignee::rep);
        let (members, holidays) = (view.members()?, view.meeting_settings()?.holidays);
        // They may be back since.
        let is_still =
            |member: &&Member| state(&member.availability, holidays.as_deref(), flow.now) != RepState::Active;
        let member = rep.and_then(|rep| member_of(rep, &members)).filter(is_still);
        let back = |member| back_at(member, holidays.as_deref(), flow.now, &of.time_zone);
        return Ok(member.map(|member| back(member).map_or(Absence::OfRep, Absence::Until)));
    }
    let awaited = Awaited::load(view, &decided.decision, flow.now)?;
    Ok(flow.is_queued().then(|| awaited.absence(&of.time_zone)))
}

/// Adds the agent's message that the rep cannot answer right now, due at `due`. Without a new text for it, and where a
/// reply since then says so, only the fact is added.
pub(super) fn say_away(
    ledger: &mut dyn Ledger,
    flow: &mut ChatFlow,
    conversation: &Conversation,
    (due, id): (Millis, SignalId),
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let mut thread = Thread::load(ledger, conversation)?;
    let mut voice = Voice::load(ledger, flow, &thread, conversation)?;
    voice.settle(ledger, flow, &thread, conversation)?;
    let text = if says_absence(&voice.speaker(&thread.said_by_agent_since(due))) {
        None
    } else {
        away(&voice.speaker(&thread.said_by_agent()), ledger.settings()?.sends_mail)
    };
    flow.add(id, Event::AiMessage);
    if let Some(text) = text {
        let message = MessageId::from_bytes(*id.as_bytes());
        thread.append(Unnumbered::text(message, MessageAuthor::AiAgent, &text, flow.now));
        thread.apply(ledger, conversation.lead, changes)?;
        changes.push(Notice::Message(conversation.id));
    }
    Ok(())
}

/// Returns a found answer for the agent's reply.
pub(crate) fn answer_of(found: &Found) -> FoundAnswer<'_> {
    let page = match &found.source {
        FoundIn::Page { url, .. } => Some(url.as_str()),
        FoundIn::Question { .. } | FoundIn::File { .. } => None,
    };
    FoundAnswer { text: &found.text, page }
}

pub(crate) fn source_of(found: &Found) -> AnswerSource {
    AnswerSource { found_in: found.source.clone(), confidence: found.confidence }
}
