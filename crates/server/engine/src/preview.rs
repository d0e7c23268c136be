//! The preview: a trial chat with the agent, which is not stored.

use crate::commands::{Heard, MessageText, Words, answer_of, asked, consulted, is_abuse, learned, source_of};
use crate::language::language_of;
use knock_agent::{Abuse, Act, Asked, Known, Language, Playbooks, Presence, Speaker, greeting, kind_for, reply};
use knock_intent::{Evidence, Standing, prior};
use knock_model::{Email, IntentType, Millis};
use knock_ports::{AnswerSource, Consulted, Found, Settings};
use knock_routing::AgentKind;

/// The input of a preview.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    /// The playbooks, a draft among them.
    pub playbooks: Playbooks,
    /// The agent that has the chat by a segment; without one the team gets it as soon as it is needed.
    pub kind: Option<AgentKind>,
    /// The language of the page.
    pub language: Language,
    /// The name of the site.
    pub title: String,
    pub has_knowledge: bool,
    pub settings: Settings,
    /// The usual time to a first answer of the team.
    pub usual_wait: Option<Millis>,
    /// Whether the site has times for meetings.
    pub has_times: bool,
    /// The messages of the lead.
    pub messages: Vec<Line>,
}

/// A message of the lead, with what the knowledge says to it.
#[derive(Clone, Debug)]
pub struct Line {
    pub text: MessageText,
    /// What a search finds.
    pub consulted: Consulted,
    /// The answer to the known question with exactly this text, which counts where the agent offered it.
    pub taught: Option<Found>,
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
        let mut played = Played::begin(self);
        for line in &self.messages {
            played.hear(line);
        }
        (played.chat, played.standing.kind)
    }
}

/// The previewed chat so far.
struct Played<'a> {
    of: &'a Rehearsal,
    chat: Vec<Rehearsed>,
    standing: Standing,
    /// Whether the chat was given to the team, or to the agent by a segment.
    is_given: bool,
    /// Whether the agent has it only because no member was needed so far.
    is_left: bool,
    /// Whether the agent has asked what the chat is about: it is given once that wait ends.
    is_asked: bool,
    is_warned: bool,
    /// Whether the agent has ended it.
    is_over: bool,
    email: Option<String>,
    /// The number of the lead's messages.
    nth: usize,
}

impl<'a> Played<'a> {
    /// A chat with its greeting.
    fn begin(of: &'a Rehearsal) -> Played<'a> {
        let first = greeting(&of.playbooks, of.language, &of.title, of.has_knowledge);
        Played {
            of,
            chat: vec![Rehearsed::new(first, false)],
            standing: Standing::after(None, false),
            is_given: false,
            is_left: false,
            is_asked: false,
            is_warned: false,
            is_over: false,
            email: None,
            nth: 0,
        }
    }

    /// Adds a message of the lead with the agent's answer.
    fn hear(&mut self, line: &Line) {
        self.nth += 1;
        let said = if line.text.reading.is_spam || self.is_over { Vec::new() } else { self.answer(line) };
        self.chat.push(Rehearsed::new(line.text.text().to_owned(), true));
        self.chat.extend(said);
    }

    fn answer(&mut self, line: &Line) -> Vec<Rehearsed> {
        let last: Vec<Rehearsed> = self.chat.iter().rev().take_while(|known| !known.is_of_lead).cloned().collect();
        let is_tapped = last.iter().any(|known| known.choices.iter().any(|choice| choice == line.text.text()));
        let tapped = Consulted { found: line.taught.iter().cloned().collect(), ..Consulted::default() };
        let has_rep = self.is_given && !self.is_left && self.of.kind.is_none();
        let consulted = consulted(if is_tapped { &tapped } else { &line.consulted }, &line.text, has_rep);
        let words = Words { text: &line.text, consulted: &consulted, has_files: false, has_meeting_page: false };
        let last = last.iter().map(|known| (known.text.as_str(), known.choices.as_slice()));
        let asked = asked(&self.speaker(&line.text, &[]), last);
        let abuse = self.abuse(&line.text);
        let heard = Heard::of_preview(words, self.of.settings, asked, is_tapped, abuse);
        let decision = self.learn(&heard);
        let is_email_new = self.note_email(&heard);
        let said: Vec<String> =
            self.chat.iter().filter(|known| !known.is_of_lead).map(|known| known.text.clone()).collect();
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        let known = self.known(&heard, &decision, is_email_new, &said);
        let found = &heard.words.consulted.found;
        let shown = reply(&known).into_iter().map(|said| {
            let source = said.answer.and_then(|place| found.get(place)).map(source_of);
            Rehearsed { is_of_lead: false, text: said.text, choices: said.choices, source }
        });
        shown.collect()
    }

    /// What follows from an insult while no human has the chat.
    fn abuse(&mut self, text: &MessageText) -> Abuse {
        let has_human = self.is_given && self.of.kind.is_none();
        if !self.of.settings.rejects_abuse || has_human || !is_abuse(text) {
            return Abuse::None;
        }
        self.is_over = self.is_warned;
        self.is_warned = true;
        if self.is_over { Abuse::Rejected } else { Abuse::Warned }
    }

    /// Decides the type and who has the chat.
    fn learn(&mut self, heard: &Heard<'_>) -> Turn {
        let text = heard.words.text;
        let before = self.standing;
        let nothing_done = prior(&Evidence::default(), Millis(0));
        let decision = learned(before, &nothing_done, &text.reading, (text.choice, heard.may_ask()));
        self.standing = decision.standing;
        let (has_changed, was_given) = (decision.kind != before.kind, self.is_given);
        // Without activity on the site the score is not High.
        let is_due = self.of.kind.is_some() || heard.is_due(false);
        if !decision.ask && !self.is_over {
            self.is_given |= is_due;
            self.is_left = !self.is_given && (self.is_left || !self.is_asked || heard.is_answered());
        }
        self.is_asked |= decision.ask;
        let is_again = was_given && has_changed && !decision.ask;
        Turn { asks: decision.ask, kind: decision.kind, is_handed_over: is_again || (self.is_given && !was_given) }
    }

    /// Keeps the address that the message gives or confirms; whether it is new.
    fn note_email(&mut self, heard: &Heard<'_>) -> bool {
        let MessageText { email, understood, .. } = heard.words.text;
        let confirmed = match &heard.asked {
            Some(Asked::MeantEmail(email)) if understood.main() == Some(Act::Yes) => Some(email.clone()),
            _ => None,
        };
        let email = email.as_ref().map(Email::to_text).or(confirmed);
        let is_new = email.is_some() && email != self.email;
        self.email = email.or_else(|| self.email.take());
        is_new
    }

    fn speaker<'s>(&'s self, text: &MessageText, said: &'s [&'s str]) -> Speaker<'s> {
        let written = self.chat.iter().rev().filter(|known| known.is_of_lead);
        let earlier = || written.clone().find_map(|known| language_of(&known.text));
        let language = language_of(text.text()).or_else(earlier).unwrap_or(self.of.language);
        let kind = self.kind(text, self.standing.kind);
        Speaker { playbooks: &self.of.playbooks, kind, language, rep: None, email: self.email.as_deref(), said }
    }

    fn is_agents(&self, text: &MessageText) -> bool {
        self.is_left || (self.of.kind.is_some() && self.is_given && !text.wants_human)
    }

    fn known<'s>(&'s self, heard: &'s Heard<'_>, turn: &Turn, is_email_new: bool, said: &'s [&'s str]) -> Known<'s> {
        let Words { text, consulted, .. } = heard.words;
        let written = self.chat.iter().filter(|known| known.is_of_lead).map(|known| known.text.as_str());
        Known {
            written: written.chain([text.text()]).collect(),
            speaker: Speaker { kind: self.kind(text, turn.kind), ..self.speaker(text, said) },
            asks: turn.asks,
            understood: &text.understood,
            asked: heard.asked.clone(),
            is_handed_over: turn.is_handed_over,
            is_agents: self.is_agents(text),
            nth: self.nth,
            is_email_new,
            is_question: heard.is_question() && consulted.found.is_empty(),
            answers: consulted.found.iter().map(answer_of).collect(),
            offered: consulted.offered.iter().map(|offered| offered.question.as_str()).collect(),
            absence: None,
            sends_mail: self.of.settings.sends_mail,
            usual_wait: self.of.usual_wait,
            careers: None,
            offers_meeting: text.understood.has(Act::AsksMeeting) && self.of.has_times && heard.abuse == Abuse::None,
            presence: Presence::Unknown,
            waited: None,
            meeting_page: None,
            abuse: heard.abuse,
            is_rejected: false,
            workspace: &self.of.title,
        }
    }

    fn kind(&self, text: &MessageText, decided: IntentType) -> AgentKind {
        self.of.kind.filter(|_| self.is_agents(text)).unwrap_or_else(|| kind_for(decided))
    }
}

/// What a message decides.
struct Turn {
    /// Whether the agent asks what the chat is about.
    asks: bool,
    kind: IntentType,
    is_handed_over: bool,
}
