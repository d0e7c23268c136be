//! Whether the team gets a chat that only the agent has.

use crate::act::{Act, Spoken, Understood};
use crate::known::Asked;
use crate::reply::{affirmed, is_none_of_these};

/// What decides whether the team gets a chat that only the agent has, at a message.
#[derive(Clone, Debug)]
pub struct Handover<'a> {
    pub understood: &'a Understood,
    pub asked: Option<&'a Asked>,
    /// Whether the knowledge has an answer written by the team, or the message is one of the questions offered.
    pub is_taught: bool,
    /// Whether the knowledge has an answer or offers some, or the lead's meeting to move or cancel has a page.
    pub has_answer: bool,
    /// Whether the message asks something.
    pub is_question: bool,
    /// Whether the lead is ready to buy, by their activity.
    pub is_ready: bool,
}

/// The acts that need somebody whatever the knowledge says.
const FOR_THE_TEAM: [Act; 7] = [
    Act::AsksHuman,
    Act::CallMe,
    Act::Complaint,
    Act::AsksPrivacy,
    Act::BuyingIntent,
    Act::AsksMeeting,
    Act::OtherLanguage,
];

/// The acts that the agent answers by itself.
const FOR_THE_AGENT: [Act; 14] = [
    Act::Greeting,
    Act::Thanks,
    Act::Bye,
    Act::Ok,
    Act::Yes,
    Act::No,
    Act::AsksBot,
    Act::AsksCapabilities,
    Act::AsksIdentity,
    Act::AsksHours,
    Act::Insult,
    Act::GivesName,
    Act::PromptInjection,
    Act::Noise,
];

impl Handover<'_> {
    /// Whether the team gets the chat now: not where the agent has an answer, and not at small talk.
    pub fn is_due(&self) -> bool {
        let understood = self.understood;
        let does = |acts: &[Act]| acts.iter().any(|act| understood.has(*act));
        let is_foreign = matches!(understood.spoken, Some(Spoken::Foreign(_)));
        if self.is_ready || is_foreign || does(&FOR_THE_TEAM) {
            return true;
        }
        if self.is_taught || self.has_answer {
            return false;
        }
        self.is_in_vain() || !self.is_small_talk()
    }

    /// Whether an answer did not help, or none of the questions offered is meant.
    fn is_in_vain(&self) -> bool {
        match self.asked {
            Some(Asked::Helped) => affirmed(self.understood) == Some(false),
            Some(Asked::Offered) => is_none_of_these(self.understood),
            _ => false,
        }
    }

    fn is_small_talk(&self) -> bool {
        let acts = &self.understood.acts;
        if self.understood.has(Act::PromptInjection) {
            return true;
        }
        if self.is_question && self.understood.main().is_some_and(Act::is_courtesy) {
            return false;
        }
        let is_answer = !self.is_question && affirmed(self.understood).is_some();
        is_answer || (!acts.is_empty() && acts.iter().all(|act| FOR_THE_AGENT.contains(act)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::ForeignLanguage;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    fn doing(acts: &[Act]) -> Understood {
        Understood { acts: acts.to_vec(), parts: Vec::from([String::from("words")]), ..Understood::default() }
    }

    fn plain(understood: &Understood) -> Handover<'_> {
        Handover { understood, asked: None, is_taught: false, has_answer: false, is_question: false, is_ready: false }
    }

    #[test]
    fn every_act_is_for_the_team_or_the_agent() {
        for (acts, alone, with_taught, with_page) in [
            (&[][..], true, false, false),
            (&FOR_THE_TEAM, true, true, true),
            (&FOR_THE_AGENT, false, false, false),
            (
                &[
                    Act::RescheduleMeeting,
                    Act::CancelMeeting,
                    Act::AsksOrderStatus,
                    Act::GivesEmail,
                    Act::GivesPhone,
                    Act::GivesCardNumber,
                    Act::SeveralQuestions,
                    Act::Job,
                    Act::Partnership,
                    Act::SupportProblem,
                ],
                true,
                false,
                false,
            ),
        ] {
            let each =
                if acts.is_empty() { Vec::from([doing(&[])]) } else { acts.iter().map(|act| doing(&[*act])).collect() };
            for understood in &each {
                let handover = plain(understood);
                assert_eq!(handover.is_due(), alone, "{:?}", understood.acts);
                let taught = Handover { is_taught: true, has_answer: true, is_question: true, ..handover.clone() };
                assert_eq!(taught.is_due(), with_taught, "{:?}", understood.acts);
                assert_eq!(
                    Handover { has_answer: true, ..handover.clone() }.is_due(),
                    with_page,
                    "{:?}",
                    understood.acts
                );
                assert!(Handover { is_ready: true, ..taught }.is_due(), "{:?}", understood.acts);
            }
        }
        let listed = FOR_THE_TEAM.len() + FOR_THE_AGENT.len() + 10;
        assert_eq!(listed, Act::ALL.len(), "each act has its place in this test");
    }

    #[test]
    fn small_talk_beside_something_else_is_for_the_team() {
        assert!(plain(&doing(&[Act::Insult, Act::SupportProblem])).is_due());
        assert!(!plain(&doing(&[Act::Greeting, Act::AsksBot])).is_due());
        assert!(!plain(&doing(&[Act::BuyingIntent; 0])).is_small_talk());
        let courtesy = doing(&[Act::No]);
        assert!(Handover { is_question: true, ..plain(&courtesy) }.is_due(), "no, but do you ship?");
        let order = doing(&[Act::PromptInjection, Act::SeveralQuestions]);
        assert!(!Handover { is_question: true, ..plain(&order) }.is_due());
        let foreign = Some(Spoken::Foreign(ForeignLanguage::Italian));
        assert!(plain(&Understood { spoken: foreign, ..doing(&[Act::Greeting]) }).is_due());
    }

    #[test]
    fn an_answer_that_does_not_help_is_for_the_team() {
        let typed = |text: &str| Understood { parts: Vec::from([text.to_string()]), ..Understood::default() };
        for (asked, text, expected) in [
            (Asked::Helped, "Nein", true),
            (Asked::Helped, "Oui", false),
            (Asked::Offered, "None of these", true),
            (Asked::Offered, "no", true),
            (Asked::MeantEmail("jo@example.com".into()), "Yes", false),
            (Asked::Email, "No", false),
            (Asked::Purpose, "Buying", true),
        ] {
            let understood = typed(text);
            assert_eq!(Handover { asked: Some(&asked), ..plain(&understood) }.is_due(), expected, "{asked:?} {text}");
        }
        let no = doing(&[Act::No]);
        let helped = Handover { asked: Some(&Asked::Helped), ..plain(&no) };
        assert!(helped.is_due());
        assert!(!Handover { is_taught: true, ..helped }.is_due(), "another question was answered");
    }
}
