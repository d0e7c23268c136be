//! Replies of the agent in a chat.

use super::flow::{ChatFlow, Learned};
use super::route::member_of;
use super::thread::{Thread, Unnumbered};
use crate::notice::Notice;
use knock_agent::{FoundAnswer, Known, Playbooks, Speaker, away, is_question, kind_for, question_key, reply};
use knock_intent::{Action, categorise_with};
use knock_model::{Category, MessageId, Millis, SignalId, SignalType};
use knock_ports::{AnswerSource, Conversation, Found, FoundIn, Ledger, Member, MessageAuthor, StoreError, View};
use knock_routing::{AgentKind, Assignee};
use knock_status::chat::{Event, RepOwner};

/// Page views of a session that are looked through for one about open positions.
const VIEWS: u32 = 200;

/// A message of a lead, and what is known of it.
pub(in crate::commands) struct Asked<'a> {
    pub(in crate::commands) conversation: &'a Conversation,
    pub(in crate::commands) text: &'a str,
    pub(in crate::commands) learned: Learned,
    /// Whether it is one of the choices that were offered.
    pub(in crate::commands) is_choice: bool,
    /// Whether it says nothing of what they want.
    pub(in crate::commands) says_nothing: bool,
    pub(in crate::commands) wants_human: bool,
    pub(in crate::commands) is_email_new: bool,
    /// The answer from the knowledge.
    pub(in crate::commands) found: Option<&'a Found>,
    pub(in crate::commands) usual_wait: Option<Millis>,
    /// Whether a meeting is offered.
    pub(in crate::commands) offers_meeting: bool,
    /// Ids for what the agent says.
    pub(in crate::commands) ids: &'a [SignalId],
}

/// The agent answers every message until a human has, and again once the chat is handed back.
pub(in crate::commands) fn answer(
    view: &dyn View,
    flow: &mut ChatFlow,
    thread: &mut Thread,
    asked: &Asked<'_>,
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
    let known = Known {
        speaker: voice.speaker(&said),
        asks: asked.learned.asks,
        wants_human: asked.wants_human,
        is_handed_over,
        is_agents: voice.is_agents,
        nth,
        is_email_new: asked.is_email_new,
        is_question: is_question && asked.found.is_none(),
        answer: asked.found.map(answer_of),
        // What reps usually take is no promise for one who is away.
        usual_wait: asked.usual_wait.filter(|_| !flow.is_rep_absent()),
        careers: careers.as_deref(),
        offers_meeting: asked.offers_meeting,
    };
    for (said, id) in reply(&known).iter().zip(asked.ids) {
        let source = asked.found.filter(|_| said.is_answer).map(source_of);
        let message =
            Unnumbered::text(MessageId::from_bytes(*id.as_bytes()), MessageAuthor::AiAgent, &said.text, flow.now);
        thread.append(Unnumbered { choices: &said.choices, source, card: said.card, ..message });
        flow.add(*id, Event::AiMessage);
    }
    Ok(())
}

/// Whether a message asks something that the team could answer. One that says nothing of what the lead wants may ask all
/// the same, by several telling words: "Which wetsuit fits a large dog?".
pub(crate) fn is_telling_question(text: &str, says_nothing: bool) -> bool {
    let telling = question_key(text).split_whitespace().count();
    is_question(text) && telling > usize::from(says_nothing)
}

/// The agent says that the rep cannot answer right now. Where it has said all it can of that, it is noted as said.
pub(super) fn say_away(
    ledger: &mut dyn Ledger,
    flow: &mut ChatFlow,
    conversation: &Conversation,
    id: SignalId,
    notices: &mut Vec<Notice>,
) -> Result<(), StoreError> {
    let mut thread = Thread::load(ledger, conversation)?;
    let voice = Voice::load(ledger, flow, &thread, conversation)?;
    let text = away(&voice.speaker(&thread.said_by_agent()));
    flow.add(id, Event::AiMessage);
    if let Some(text) = text {
        let message = MessageId::from_bytes(*id.as_bytes());
        thread.append(Unnumbered::text(message, MessageAuthor::AiAgent, &text, flow.now));
        thread.apply(ledger, conversation.lead, notices)?;
        notices.push(Notice::Message(conversation.id));
    }
    Ok(())
}

/// With which words the agent speaks in a chat.
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
        let rep = fields.standing_rep().and_then(|rep| member_of(rep, &members)).map(Member::display_name);
        let is_agents = matches!(fields.rep_owner, Some(RepOwner::AiAgent));
        Ok(Voice {
            playbooks: view.playbooks()?,
            kind: flow.agent_kind(is_agents),
            language: thread.language(conversation.language),
            rep,
            email: flow.email(),
            is_agents,
        })
    }

    fn speaker<'a>(&'a self, said: &'a [&'a str]) -> Speaker<'a> {
        let Voice { playbooks, kind, language, .. } = self;
        let (rep, email) = (self.rep.as_deref(), self.email.as_deref());
        Speaker { playbooks, kind: *kind, language: *language, rep, email, said }
    }

    /// The last page about open positions that the lead saw in the session of the chat.
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
        // What browsers say is hostile: nothing else than a page may be clicked.
        let is_page = |url: &str| url.starts_with("https://") || url.starts_with("http://");
        let mut pages = views.into_iter().rev().map(|page| page.url);
        Ok(pages.find(|url| is_page(url) && is_about_jobs(url)))
    }
}

impl ChatFlow {
    /// The agent that speaks: the one that has the chat, else the one for the lead's type.
    fn agent_kind(&self, is_agents: bool) -> AgentKind {
        let assignee =
            self.decided.as_ref().filter(|_| is_agents).and_then(|decided| decided.decision.assignee.as_ref());
        match assignee {
            Some(Assignee::AiAgent { id }) => *id,
            _ => kind_for(self.intent_type()),
        }
    }
}

/// An answer as the agent gives it.
pub(crate) fn answer_of(found: &Found) -> FoundAnswer<'_> {
    let page = match &found.source {
        FoundIn::Page { url, .. } => Some(url.as_str()),
        FoundIn::Question { .. } | FoundIn::File { .. } => None,
    };
    FoundAnswer { text: &found.text, page }
}

/// The source of an answer.
pub(crate) fn source_of(found: &Found) -> AnswerSource {
    AnswerSource { found_in: found.source.clone(), confidence: found.confidence }
}
