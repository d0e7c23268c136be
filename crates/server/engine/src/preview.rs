//! The preview: a trial chat with the agent, which is not stored.

use crate::commands::{answer_of, is_telling_question, learned, source_of};
use crate::language::language_of;
use knock_agent::{
    Abuse, Act, Known, Language, Playbooks, Presence, Speaker, chosen, greeting, kind_for, reply, understand,
};
use knock_intent::{Evidence, Standing, prior, read_message};
use knock_model::{Email, IntentType, Millis};
use knock_ports::{AnswerSource, Found};
use knock_routing::AgentKind;

/// The input of a preview.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    /// The playbooks, a draft among them.
    pub playbooks: Playbooks,
    /// The agent that has the chat; without one the chat is handed over to a rep at once.
    pub kind: Option<AgentKind>,
    /// The language of the page.
    pub language: Language,
    /// The name of the site.
    pub title: String,
    pub has_knowledge: bool,
    /// Whether the agent asks what the chat is about.
    pub asks_to_clarify: bool,
    /// The usual time to a first answer of the team.
    pub usual_wait: Option<Millis>,
    /// Whether the site has times for meetings.
    pub has_times: bool,
    /// The messages of the lead, each with the answer from the knowledge.
    pub messages: Vec<(String, Option<Found>)>,
}

/// A message of the chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rehearsed {
    /// Whether the lead wrote it.
    pub is_of_lead: bool,
    pub text: String,
    /// The answers that the agent offers.
    pub choices: Vec<String>,
    pub source: Option<AnswerSource>,
}

impl Rehearsed {
    const fn new(text: String, is_of_lead: bool) -> Rehearsed {
        Rehearsed { is_of_lead, text, choices: Vec::new(), source: None }
    }
}

impl Rehearsal {
    /// Returns the chat from the greeting on, and the intent type at its end: that of a lead without earlier activity
    /// on the site.
    pub fn play(&self) -> (Vec<Rehearsed>, IntentType) {
        let first = greeting(&self.playbooks, self.language, &self.title, self.has_knowledge);
        let mut chat = vec![Rehearsed::new(first, false)];
        let mut state = State { standing: Standing::after(None, false), is_routed: false, email: None, nth: 0 };
        for (text, found) in &self.messages {
            state.nth += 1;
            let said = self.answered(&mut state, &chat, text, found.as_ref());
            chat.push(Rehearsed::new(text.clone(), true));
            chat.extend(said);
        }
        (chat, state.standing.kind)
    }

    fn answered(&self, state: &mut State, chat: &[Rehearsed], text: &str, found: Option<&Found>) -> Vec<Rehearsed> {
        let reading = read_message(text);
        if reading.is_spam {
            return Vec::new();
        }
        let understood = understand(text);
        let (wants_human, wants_meeting) = (understood.has(Act::AsksHuman), understood.has(Act::AsksMeeting));
        let before = state.standing;
        let nothing_done = prior(&Evidence::default(), Millis(0));
        let may_ask = self.asks_to_clarify && !wants_human && !wants_meeting;
        let decision = learned(before, &nothing_done, &reading, (chosen(text), may_ask));
        state.standing = decision.standing;
        let has_changed = decision.kind != before.kind;
        let is_handed_over = !decision.ask && (!state.is_routed || has_changed);
        state.is_routed |= is_handed_over;
        let email = Email::find(text).map(|email| email.to_text());
        let is_email_new = email.is_some() && email != state.email;
        state.email = email.or_else(|| state.email.take());
        let said: Vec<&str> = chat.iter().filter(|known| !known.is_of_lead).map(|known| known.text.as_str()).collect();
        let is_agents = self.kind.is_some() && state.is_routed && !wants_human;
        let earlier = || chat.iter().rev().filter(|known| known.is_of_lead).find_map(|known| language_of(&known.text));
        let language = language_of(text).or_else(earlier).unwrap_or(self.language);
        let known = Known {
            speaker: Speaker {
                playbooks: &self.playbooks,
                kind: self.kind.filter(|_| is_agents).unwrap_or_else(|| kind_for(decision.kind)),
                language,
                rep: None,
                email: state.email.as_deref(),
                said: &said,
            },
            asks: decision.ask,
            understood: &understood,
            asked: None,
            is_handed_over,
            is_agents,
            nth: state.nth,
            is_email_new,
            is_question: chosen(text).is_none() && is_telling_question(text, reading.says_nothing) && found.is_none(),
            answers: found.map(answer_of).into_iter().collect(),
            offered: Vec::new(),
            absence: None,
            sends_mail: false,
            usual_wait: self.usual_wait,
            careers: None,
            // Without activity on the site the score is not High.
            offers_meeting: wants_meeting && self.has_times,
            presence: Presence::Unknown,
            waited: None,
            meeting_page: None,
            abuse: Abuse::None,
            workspace: &self.title,
        };
        let said = reply(&known).into_iter().map(|said| {
            let source = found.filter(|_| said.answer.is_some()).map(source_of);
            Rehearsed { is_of_lead: false, text: said.text, choices: said.choices, source }
        });
        said.collect()
    }
}

/// The state of the previewed chat.
struct State {
    standing: Standing,
    is_routed: bool,
    email: Option<String>,
    nth: usize,
}
