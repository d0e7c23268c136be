//! Replies of the agent.

use crate::known::{Absence, Known, Said, Speaker};
use crate::language::Language;
use crate::playbook::{Playbooks, Step};
use crate::understood::choices;
use crate::words::{moment, span, word};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use knock_model::CardKind;
use knock_model::catalogue::{Places, filled};
use knock_routing::AgentKind;

/// The first words of a chat; the agent says what it is.
pub fn greeting(playbooks: &Playbooks, language: Language, workspace: &str, has_knowledge: bool) -> String {
    let step = if has_knowledge { Step::Greeting } else { Step::GreetingEmpty };
    let texts = playbooks.texts(AgentKind::General, language, step);
    texts.first().map_or_else(String::new, |text| filled(text, &[("workspace", workspace)]))
}

/// The agent's answer to a message: never empty, and never word for word an earlier one.
pub fn reply(known: &Known<'_>) -> Vec<Said> {
    let first = known.answered();
    let meeting = known.meeting();
    let then = known.next(first.is_some());
    // Once all is said, both may fall back on the same text.
    let then = then.filter(|then| meeting.as_ref().is_none_or(|meeting| meeting.text != then.text));
    let contact = if meeting.is_none() { known.contact() } else { None };
    first.into_iter().chain(then).chain(contact).chain(meeting).collect()
}

/// The agent's message when no rep has answered for a while; none if it has said all of that before.
pub fn away(speaker: &Speaker<'_>) -> Option<String> {
    let step = if speaker.email.is_some() { Step::AwayEmail } else { Step::Away };
    speaker.unsaid(step, &[])
}

impl Known<'_> {
    /// The answer of the knowledge, or that it was given before.
    fn answered(&self) -> Option<Said> {
        let answer = self.answer?;
        let step = if answer.page.is_some() { Step::AnswerPage } else { Step::Answer };
        let places = [("answer", answer.text), ("page", answer.page.unwrap_or_default())];
        match self.speaker.unsaid(step, &places) {
            Some(text) => Some(Said { is_answer: true, ..text.into() }),
            None if self.wants_human => None,
            None => self.speaker.unsaid(Step::Answered, &[]).map(Said::from),
        }
    }

    /// A meeting is offered, below whatever else is said.
    fn meeting(&self) -> Option<Said> {
        let text = || self.speaker.unsaid(Step::Meeting, &[]).unwrap_or_else(|| self.waiting());
        self.offers_meeting.then(|| Said { card: Some(CardKind::Meeting), ..text().into() })
    }

    /// The next step; after an answer only if it is news.
    fn next(&self, is_answered: bool) -> Option<Said> {
        if self.wants_human {
            let text = self.absent().or_else(|| self.unsaid_with_wait(Step::Human));
            return Some(text.unwrap_or_else(|| self.waiting()).into());
        }
        if self.asks {
            let step = if self.speaker.said.len() > 1 { Step::ClarifyAgain } else { Step::Clarify };
            let text = self.speaker.unsaid(step, &[]).unwrap_or_else(|| self.waiting());
            return Some(Said { choices: choices(self.speaker.language), ..text.into() });
        }
        if self.is_handed_over {
            return Some(self.handover().into());
        }
        if is_answered {
            return None;
        }
        let further = self.further();
        // An offer is answer enough.
        if self.offers_meeting {
            return further.map(Said::from);
        }
        Some(further.unwrap_or_else(|| self.waiting()).into())
    }

    /// To a rep with the time it usually takes; the agent that has the chat begins with what helps.
    fn handover(&self) -> String {
        let text = if self.absence.is_some() {
            self.absent()
        } else if self.is_agents {
            self.apply().or_else(|| self.speaker.unsaid(Step::Qualify, &[]))
        } else {
            self.unsaid_with_wait(Step::Handover)
        };
        text.unwrap_or_else(|| self.waiting())
    }

    /// That no one can answer now, and when somebody is back; none once that was said, and where somebody can.
    fn absent(&self) -> Option<String> {
        match self.absence.as_ref()? {
            Absence::Until(at) => {
                let when = moment(self.speaker.language, at);
                self.speaker.unsaid(Step::Back, &[("when", &when)])
            }
            Absence::Busy => self.speaker.unsaid(Step::Busy, &[]),
            Absence::Unknown => self.speaker.unsaid(Step::Unavailable, &[]),
        }
    }

    /// The request for an address at the moment in which the lead has to wait: most leave before somebody is back.
    fn contact(&self) -> Option<Said> {
        let speaker = &self.speaker;
        let is_due = self.absence.is_some() && (self.is_handed_over || self.wants_human) && speaker.email.is_none();
        if is_due { speaker.unsaid(Step::Email, &[]).map(Said::from) } else { None }
    }

    /// A useful addition: the request for an address, an earlier question of the lead, questions of the playbook.
    fn further(&self) -> Option<String> {
        let speaker = &self.speaker;
        let thanks = || speaker.unsaid(Step::EmailThanks, &[]).filter(|_| self.is_email_new);
        let unanswered = || speaker.unsaid(Step::Unanswered, &[]).filter(|_| self.is_question);
        // One who waits and can be reached nowhere else is asked once, at their second message.
        let email = || speaker.unsaid(Step::Email, &[]).filter(|_| speaker.email.is_none() && self.nth > 1);
        // One thing is asked at a time.
        let qualify = || speaker.unsaid(Step::Qualify, &[]).filter(|_| !self.offers_meeting);
        let close = || speaker.unsaid(Step::Close, &[]);
        if self.is_agents {
            return thanks()
                .or_else(unanswered)
                .or_else(|| self.apply())
                .or_else(qualify)
                .or_else(email)
                .or_else(close);
        }
        thanks().or_else(unanswered).or_else(email).or_else(qualify)
    }

    /// The page of open positions.
    fn apply(&self) -> Option<String> {
        match self.careers {
            Some(page) => self.speaker.unsaid(Step::Apply, &[("page", page)]),
            None => self.speaker.unsaid(Step::ApplyUnknown, &[]),
        }
    }

    /// A text with the time that an answer usually takes, where it is known. That may have been another time before, so
    /// the text alone must not have been said.
    fn unsaid_with_wait(&self, step: Step) -> Option<String> {
        let speaker = &self.speaker;
        let is_new = |text: &str| !speaker.said.iter().any(|said| said.starts_with(text));
        let text = speaker.first(step, &[], is_new)?;
        let wait = self.usual_wait.map(|wait| span(speaker.language, wait));
        let wait = wait.and_then(|wait| speaker.first(Step::Wait, &[("wait", &wait)], |_| true));
        Some(wait.map_or(text.clone(), |wait| text + " " + &wait))
    }

    /// The message that is always possible: the number of the message makes it different each time.
    fn waiting(&self) -> String {
        let speaker = &self.speaker;
        speaker.unsaid(Step::Waiting, &[]).unwrap_or_else(|| {
            let number = self.nth.to_string();
            speaker.first(Step::WaitingNumbered, &[("n", &number)], |_| true).unwrap_or_default()
        })
    }
}

impl Speaker<'_> {
    fn texts(&self, step: Step) -> Vec<String> {
        self.playbooks.texts(self.kind, self.language, step)
    }

    fn name(&self) -> &str {
        self.rep.unwrap_or_else(|| word(self.language, "team"))
    }

    /// The first text of a step that was not said yet, word for word.
    fn unsaid(&self, step: Step, more: &Places<'_>) -> Option<String> {
        self.first(step, more, |text| !self.said.contains(&text))
    }

    fn first(&self, step: Step, more: &Places<'_>, is_wanted: impl Fn(&str) -> bool) -> Option<String> {
        let mut places = Vec::from([("rep", self.name()), ("email", self.email.unwrap_or_default())]);
        places.extend(more.iter().copied());
        self.texts(step).into_iter().map(|text| sentence(&text, &places)).find(|text| is_wanted(text))
    }
}

/// A text with its places filled. A sentence that begins with who answers can begin with a common noun: "Unser Team".
fn sentence(text: &str, places: &Places<'_>) -> String {
    const REP: &str = "{rep}";
    let Some((_, rep)) = places.iter().find(|(name, _)| *name == "rep") else { return filled(text, places) };
    let mut text = text.to_string();
    let begins = |before: &str| before.is_empty() || [". ", "! ", "? "].iter().any(|end| before.ends_with(end));
    let mut from = 0;
    while let Some(at) = text[from..].find(REP).map(|at| from + at) {
        let name = if begins(&text[..at]) { capitalized(rep) } else { (*rep).to_string() };
        text.replace_range(at..at + REP.len(), &name);
        from = at + name.len();
    }
    filled(&text, places)
}

fn capitalized(name: &str) -> String {
    let mut signs = name.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::known::{FoundAnswer, Moment};
    use knock_model::Millis;

    fn speaker<'a>(playbooks: &'a Playbooks, kind: AgentKind, said: &'a [&'a str]) -> Speaker<'a> {
        Speaker { playbooks, kind, language: Language::En, rep: Some("Ann"), email: None, said }
    }

    fn known<'a>(speaker: Speaker<'a>, nth: usize) -> Known<'a> {
        Known {
            speaker,
            asks: false,
            wants_human: false,
            is_handed_over: false,
            is_agents: false,
            nth,
            is_email_new: false,
            is_question: false,
            answer: None,
            absence: None,
            usual_wait: None,
            careers: None,
            offers_meeting: false,
        }
    }

    fn texts(said: &[Said]) -> Vec<&str> {
        said.iter().map(|said| said.text.as_str()).collect()
    }

    #[test]
    fn it_answers_asks_with_choices_and_hands_over() {
        let playbooks = Playbooks::default();
        let by = |kind, said| speaker(&playbooks, kind, said);
        let general = |said| by(AgentKind::General, said);
        let asked = reply(&Known { asks: true, ..known(general(&["Hello"]), 1) });
        assert!(asked.len() == 1 && asked[0].text.contains("what is this about"), "{asked:?}");
        assert_eq!(asked[0].choices, ["Buying", "Partnership", "Support", "A job", "Talk to a person"]);
        let buying = by(AgentKind::Buying, &[]);
        let given = reply(&Known { is_handed_over: true, ..known(buying, 1) });
        assert!(given[0].text.contains("Ann can help") && given[0].choices.is_empty(), "{given:?}");
        let answer = Some(FoundAnswer { text: "Yes, see /docs/api.", page: None });
        let both = reply(&Known { is_handed_over: true, answer, ..known(buying, 1) });
        assert_eq!(both.iter().map(|said| said.is_answer).collect::<Vec<_>>(), [true, false]);
        assert!(both[0].text.contains("/docs/api") && both[1].text.contains("Ann"), "{both:?}");
        let again = reply(&Known { answer, ..known(general(&["Yes, see /docs/api."]), 2) });
        assert!(again.len() == 1 && again[0].text.contains("above") && !again[0].is_answer, "{again:?}");
        let human = reply(&Known { wants_human: true, ..known(general(&[]), 3) });
        assert!(human[0].text.contains("asked Ann to join"), "{human:?}");
        let no_rep = Speaker { rep: None, ..by(AgentKind::Hiring, &["x"]) };
        let team = reply(&Known { is_question: true, ..known(no_rep, 1) });
        assert!(team[0].text.contains("our team will answer"), "{team:?}");
    }

    #[test]
    fn a_meeting_is_offered_below_what_else_is_news() {
        let playbooks = Playbooks::default();
        let with = |known: Known<'_>| {
            let said = reply(&Known { offers_meeting: true, ..known });
            let cards: Vec<bool> = said.iter().map(|said| said.card.is_some()).collect();
            (said.into_iter().map(|said| said.text).collect::<Vec<_>>(), cards)
        };
        let buying = speaker(&playbooks, AgentKind::Buying, &[]);
        let (texts, cards) = with(Known { is_handed_over: true, ..known(buying, 1) });
        assert!(texts[0].contains("Ann can help") && texts[1].contains("meeting"), "{texts:?}");
        assert_eq!(cards, [false, true]);
        let answer = Some(FoundAnswer { text: "Yes.", page: None });
        let (texts, cards) = with(Known { is_handed_over: true, answer, ..known(buying, 1) });
        assert_eq!((texts.len(), cards), (3, Vec::from([false, false, true])));
        let (texts, cards) = with(known(buying, 2));
        assert!(texts[0].contains("e-mail address"), "{texts:?}");
        assert_eq!(cards, [false, true]);
        let known_by = Speaker { email: Some("jo@example.com"), ..buying };
        let (texts, cards) = with(known(known_by, 2));
        assert_eq!((texts.len(), cards), (1, Vec::from([true])), "nothing else is news: {texts:?}");
        assert!(reply(&known(buying, 2)).iter().all(|said| said.card.is_none()));
    }

    #[test]
    fn an_answer_of_a_page_names_it() {
        let playbooks = Playbooks::default();
        let answer = Some(FoundAnswer { text: "Two weeks.", page: Some("https://acme.example/trial") });
        let said = reply(&Known { answer, ..known(speaker(&playbooks, AgentKind::General, &[]), 2) });
        assert_eq!(texts(&said), ["Two weeks. More on this page: https://acme.example/trial"]);
    }

    #[test]
    fn the_usual_wait_is_named_where_it_is_known() {
        let playbooks = Playbooks::default();
        let known = Known { is_handed_over: true, ..known(speaker(&playbooks, AgentKind::General, &[]), 1) };
        assert!(!texts(&reply(&known))[0].contains("usually"));
        let known = Known { usual_wait: Some(Millis(170_000)), ..known };
        assert!(texts(&reply(&known))[0].ends_with("An answer usually takes about 3 minutes."));
    }

    #[test]
    fn who_has_to_wait_reads_when_somebody_is_back() {
        let playbooks = Playbooks::default();
        let at = Moment { days: 2, weekday: 1, day: 7, month: 12, hour: 9, minute: 0, zone: None };
        let agents = |kind, said| Speaker { rep: None, ..speaker(&playbooks, kind, said) };
        let waits = |absence, known: Known<'_>| {
            let usual_wait = Some(Millis(240_000));
            let said = reply(&Known { absence: Some(absence), is_agents: true, usual_wait, ..known });
            said.into_iter().map(|said| said.text).collect::<Vec<_>>()
        };
        let until = || Absence::Until(at.clone());
        let first = known(agents(AgentKind::Buying, &[]), 1);
        let handed = waits(until(), Known { is_handed_over: true, ..first.clone() });
        assert_eq!(handed[0], "Our team is back on Monday at 9:00 and will answer right here.");
        assert!(handed.len() == 2 && handed[1].contains("e-mail address"), "{handed:?}");
        let human = waits(until(), Known { wants_human: true, ..first.clone() });
        assert_eq!(human, handed);
        let busy = waits(Absence::Busy, Known { wants_human: true, ..first.clone() });
        assert!(busy[0].contains("Our team will answer right here as soon as"), "{busy:?}");
        let unknown = waits(Absence::Unknown, Known { is_handed_over: true, ..first.clone() });
        assert!(unknown[0].starts_with("No one can answer right now. Our team"), "{unknown:?}");
        let known_by = Speaker { email: Some("jo@example.com"), ..first.speaker };
        assert_eq!(waits(until(), Known { is_handed_over: true, speaker: known_by, ..first }).len(), 1);
    }

    #[test]
    fn an_agent_that_has_the_chat_asks_what_helps_then_closes() {
        let playbooks = Playbooks::default();
        let mut said: Vec<String> = Vec::new();
        let mut next = |known: Known<'_>, expected: &str| {
            let so_far: Vec<&str> = said.iter().map(String::as_str).collect();
            let speaker = Speaker { said: &so_far, rep: None, ..known.speaker };
            let new = reply(&Known { speaker, is_agents: true, ..known });
            assert!(new.len() == 1 && new[0].text.contains(expected), "{expected}: {new:?}");
            said.extend(new.into_iter().map(|said| said.text));
        };
        let hiring = speaker(&playbooks, AgentKind::Hiring, &[]);
        let careers = Some("https://acme.example/careers");
        next(Known { is_handed_over: true, careers, ..known(hiring, 1) }, "/careers");
        next(Known { careers, ..known(hiring, 2) }, "Which role");
        next(Known { careers, ..known(hiring, 3) }, "CV");
        next(Known { careers, ..known(hiring, 4) }, "e-mail address");
        let known_by = Speaker { email: Some("jo@example.com"), ..hiring };
        next(Known { careers, is_email_new: true, ..known(known_by, 5) }, "jo@example.com");
        next(Known { careers, ..known(known_by, 6) }, "Good luck");
    }

    #[test]
    fn it_is_never_silent_and_never_says_the_same_twice() {
        let playbooks = Playbooks::default();
        for (language, kind) in Language::ALL.iter().zip(AgentKind::ALL) {
            let mut said: Vec<String> = Vec::new();
            for nth in 1..60 {
                let so_far: Vec<&str> = said.iter().map(String::as_str).collect();
                let (asks, wants_human, is_handed_over) = (nth % 7 == 1, nth % 5 == 2, nth % 4 == 3);
                let usual_wait = Some(Millis(nth as i64 * 60_000));
                let speaker = Speaker { language: *language, ..speaker(&playbooks, *kind, &so_far) };
                let offers_meeting = nth % 3 == 0;
                let known =
                    Known { asks, wants_human, is_handed_over, usual_wait, offers_meeting, ..known(speaker, nth) };
                let answer = reply(&known);
                assert!(!answer.is_empty(), "{language:?} {nth}");
                let new = texts(&answer);
                for (place, text) in new.iter().enumerate() {
                    let is_new = !so_far.contains(text) && !new[..place].contains(text);
                    assert!(is_new && !text.is_empty(), "{language:?} {nth}: {text}");
                }
                said.extend(answer.into_iter().map(|said| said.text));
            }
        }
    }

    #[test]
    fn a_sentence_begins_with_a_capital() {
        assert_eq!(sentence("{rep} reads along.", &[("rep", "unser Team")]), "Unser Team reads along.");
        assert_eq!(sentence("{answer}", &[("answer", "iPads too")]), "iPads too");
    }

    #[test]
    fn it_says_once_that_no_rep_is_there() {
        let playbooks = Playbooks::default();
        let first = away(&speaker(&playbooks, AgentKind::Support, &[])).expect("a text");
        assert!(first.contains("Ann cannot answer right now") && first.contains("e-mail"), "{first}");
        let said = [first.as_str()];
        assert_eq!(away(&speaker(&playbooks, AgentKind::Support, &said)), None);
        let known_by = Speaker { email: Some("jo@example.com"), ..speaker(&playbooks, AgentKind::Support, &said) };
        assert!(away(&known_by).expect("a text").contains("jo@example.com"));
    }

    #[test]
    fn it_says_that_it_is_an_ai_in_every_language() {
        for (language, word) in [(Language::En, "AI"), (Language::De, "KI"), (Language::Fr, "IA"), (Language::Es, "IA")]
        {
            for has_knowledge in [true, false] {
                let text = greeting(&Playbooks::default(), language, "Acme", has_knowledge);
                assert!(text.contains(word) && text.contains("Acme"), "{text}");
            }
        }
    }
}
