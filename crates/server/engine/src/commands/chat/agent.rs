//! Replies of the agent in a chat.

use super::flow::{ChatFlow, Learned};
use super::route::member_of;
use super::thread::{Thread, Unnumbered};
use crate::changes::Changes;
use crate::notice::Notice;
use crate::queue::{Awaited, back_at};
use knock_agent::{
    Absence, Abuse, FoundAnswer, Known, Playbooks, Presence, Speaker, Understood, away, is_question, kind_for,
    question_key, reply,
};
use knock_intent::{Action, categorise_with};
use knock_model::{CardCalendar, Category, MessageId, Millis, SignalId, SignalType};
use knock_ports::{AnswerSource, Card, Conversation, Found, FoundIn, Ledger, Member, MessageAuthor, StoreError, View};
use knock_routing::{AgentKind, Assignee};
use knock_status::chat::{Event, RepOwner};

/// The maximum number of page views of a session searched for one about open positions.
const VIEWS: u32 = 200;

/// A message of a lead with the results of its reading.
pub(in crate::commands) struct ReadMessage<'a> {
    pub(in crate::commands) conversation: &'a Conversation,
    pub(in crate::commands) text: &'a str,
    pub(in crate::commands) learned: Learned,
    /// Whether the message is one of the offered choices.
    pub(in crate::commands) is_choice: bool,
    /// Whether the message contains no purpose of the lead.
    pub(in crate::commands) says_nothing: bool,
    pub(in crate::commands) understood: &'a Understood,
    pub(in crate::commands) wants_human: bool,
    pub(in crate::commands) is_email_new: bool,
    /// The answer from the knowledge.
    pub(in crate::commands) found: Option<&'a Found>,
    pub(in crate::commands) usual_wait: Option<Millis>,
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
    asked: &ReadMessage<'_>,
) -> Result<(), StoreError> {
    if flow.has_human() {
        return Ok(());
    }
    let is_question = !asked.is_choice && is_telling_question(asked.text, asked.says_nothing);
    if is_question && asked.found.is_none() && !asked.wants_human {
        thread.note_unanswered(question_key(asked.text));
    }
    let before = thread.earlier_of_lead().map(|message| message.at).next();
    let (nth, is_handed_over) = (flow.lead_messages(), flow.decided_after(before));
    let voice = Voice::load(view, flow, thread, asked.conversation)?;
    let careers = if voice.is_agents { voice.careers(view, asked.conversation, flow.now)? } else { None };
    let said = thread.said_by_agent();
    let absence = absence(view, flow, asked.conversation)?;
    let known = Known {
        speaker: voice.speaker(&said),
        asks: asked.learned.asks,
        understood: asked.understood,
        asked: None,
        is_handed_over,
        is_agents: voice.is_agents,
        nth,
        is_email_new: asked.is_email_new,
        is_question: is_question && asked.found.is_none(),
        answers: asked.found.map(answer_of).into_iter().collect(),
        offered: Vec::new(),
        // The usual wait is no promise while no one can answer.
        usual_wait: asked.usual_wait.filter(|_| absence.is_none() && !flow.is_rep_absent()),
        sends_mail: absence.is_some() && view.settings()?.sends_mail,
        absence,
        careers: careers.as_deref(),
        offers_meeting: asked.offers_meeting,
        presence: Presence::Unknown,
        waited: None,
        meeting_page: None,
        abuse: Abuse::None,
        workspace: "",
    };
    for (said, id) in reply(&known).iter().zip(asked.ids) {
        let source = asked.found.filter(|_| said.answer.is_some()).map(source_of);
        let message =
            Unnumbered::text(MessageId::from_bytes(*id.as_bytes()), MessageAuthor::AiAgent, &said.text, flow.now);
        // The agent has no calendar of its own.
        let card = said.card.map(|kind| Card { kind, calendar: CardCalendar::Rule });
        thread.append(Unnumbered { choices: &said.choices, source, card, ..message });
        flow.add(*id, Event::AiMessage);
    }
    Ok(())
}

/// Why no one of the team can answer a chat now; none while somebody can, and where the agent has it for good.
fn absence(view: &dyn View, flow: &mut ChatFlow, of: &Conversation) -> Result<Option<Absence>, StoreError> {
    let Some(decided) = &flow.decided else { return Ok(None) };
    if flow.is_rep_absent() {
        let rep = decided.decision.assignee.as_ref().and_then(Assignee::rep);
        let (members, holidays) = (view.members()?, view.meeting_settings()?.holidays);
        let member = rep.and_then(|rep| member_of(rep, &members));
        let back = member.and_then(|member| back_at(member, holidays.as_deref(), flow.now, &of.time_zone));
        return Ok(back.map(Absence::Until));
    }
    let awaited = Awaited::load(view, &decided.decision, flow.now)?;
    Ok(flow.is_queued().then(|| awaited.absence(&of.time_zone)))
}

/// Whether a message asks something that the team could answer. A message without a purpose may still ask, by several
/// meaningful words: "Which wetsuit fits a large dog?".
pub(crate) fn is_telling_question(text: &str, says_nothing: bool) -> bool {
    let telling = question_key(text).split_whitespace().count();
    is_question(text) && telling > usize::from(says_nothing)
}

/// Adds the agent's message that the rep cannot answer right now. Without a new text for it, only the fact is added.
pub(super) fn say_away(
    ledger: &mut dyn Ledger,
    flow: &mut ChatFlow,
    conversation: &Conversation,
    id: SignalId,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let mut thread = Thread::load(ledger, conversation)?;
    let voice = Voice::load(ledger, flow, &thread, conversation)?;
    let text = away(&voice.speaker(&thread.said_by_agent()), ledger.settings()?.sends_mail);
    flow.add(id, Event::AiMessage);
    if let Some(text) = text {
        let message = MessageId::from_bytes(*id.as_bytes());
        thread.append(Unnumbered::text(message, MessageAuthor::AiAgent, &text, flow.now));
        thread.apply(ledger, conversation.lead, changes)?;
        changes.push(Notice::Message(conversation.id));
    }
    Ok(())
}

/// The texts, the language and the names for the agent's messages in a chat.
struct Voice {
    playbooks: Playbooks,
    kind: AgentKind,
    language: knock_agent::Language,
    rep: Option<String>,
    email: Option<String>,
    is_agents: bool,
}

impl Voice {
    fn load(
        view: &dyn View,
        flow: &mut ChatFlow,
        thread: &Thread,
        conversation: &Conversation,
    ) -> Result<Voice, StoreError> {
        let members = view.members()?;
        let fields = &flow.derived().fields;
        let rep = fields.standing_rep().and_then(|rep| member_of(rep, &members)).map(Member::public_name);
        let rep = rep.filter(|name| !name.is_empty()).map(str::to_owned);
        let is_agents = matches!(fields.rep_owner, Some(RepOwner::AiAgent));
        Ok(Voice {
            playbooks: view.playbooks(conversation.site)?,
            kind: flow.agent_kind(is_agents),
            language: thread.language(conversation.language),
            rep,
            email: flow.record.as_ref().map(|lead| thread.recipient(view, conversation, lead)).transpose()?.flatten(),
            is_agents,
        })
    }

    fn speaker<'a>(&'a self, said: &'a [&'a str]) -> Speaker<'a> {
        let Voice { playbooks, kind, language, .. } = self;
        let (rep, email) = (self.rep.as_deref(), self.email.as_deref());
        Speaker { playbooks, kind: *kind, language: *language, rep, email, said }
    }

    /// Returns the last page about open positions that the lead viewed in the session of the chat.
    fn careers(&self, view: &dyn View, of: &Conversation, now: Millis) -> Result<Option<String>, StoreError> {
        if self.kind != AgentKind::Hiring {
            return Ok(None);
        }
        let views = view.views_of_session(of.site, of.visitor, of.session, now + Millis(1), VIEWS)?;
        let site = view.site(of.site)?;
        let (categories, base) = site.as_ref().map_or((&[][..], ""), |site| (&site.categories, &site.base));
        let is_about_jobs = |url: &str| {
            let (kind, none) = (SignalType::PageView, "");
            let view = Action { kind, url, base, href: none, referrer: none, name: none, label: none, form: none };
            categorise_with(categories, &view).category == Category::Job
        };
        // Data of browsers is not trusted: only a web page may become a link.
        let is_page = |url: &str| url.starts_with("https://") || url.starts_with("http://");
        let mut pages = views.into_iter().rev().map(|page| page.url);
        Ok(pages.find(|url| is_page(url) && is_about_jobs(url)))
    }
}

impl ChatFlow {
    /// Returns the kind of the agent that replies: the owner of the chat, else the one for the lead's type.
    fn agent_kind(&self, is_agents: bool) -> AgentKind {
        let assignee =
            self.decided.as_ref().filter(|_| is_agents).and_then(|decided| decided.decision.assignee.as_ref());
        match assignee {
            Some(Assignee::AiAgent { id }) => *id,
            _ => kind_for(self.intent_type()),
        }
    }
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
