//! The steps of a playbook: what the agent can say, and when.

use knock_model::vocabulary;

vocabulary! {
    /// A step of a playbook.
    Step {
        /// The first words of a chat.
        Greeting = "greeting",
        /// The same on a site without knowledge.
        GreetingEmpty = "greeting_empty",
        /// Asks what the chat is about (IF-09).
        Clarify = "clarify",
        /// Asks again.
        ClarifyAgain = "clarify_again",
        /// An answer from the knowledge.
        Answer = "answer",
        /// An answer that stands on a page.
        AnswerPage = "answer_page",
        /// The same is asked again.
        Answered = "answered",
        /// A question without an answer in the knowledge.
        Unanswered = "unanswered",
        /// The chat was assigned to a rep.
        Handover = "handover",
        /// The usual time to an answer; follows a handover.
        Wait = "wait",
        /// A person was asked for.
        Human = "human",
        /// All members are away or outside working hours: when the first returns.
        Back = "back",
        /// All members at work are at capacity.
        Busy = "busy",
        /// No member is available, and it is not known when one is.
        Unavailable = "unavailable",
        /// Offers a meeting; a card to book it stands below.
        Meeting = "meeting",
        /// Asks for an e-mail address.
        Email = "email",
        /// Confirms the e-mail address.
        EmailThanks = "email_thanks",
        /// The page of open positions.
        Apply = "apply",
        /// The same where no page about open positions is known.
        ApplyUnknown = "apply_unknown",
        /// Questions that help to answer, one after the other.
        Qualify = "qualify",
        /// A message is with the rep.
        Waiting = "waiting",
        /// The same once all other texts were said.
        WaitingNumbered = "waiting_numbered",
        /// No rep answered within two minutes.
        Away = "away",
        /// The same to a lead whose address is known.
        AwayEmail = "away_email",
        /// No question is left.
        Close = "close",
    }
}

impl Step {
    /// The places that its texts may have, such as `{rep}`.
    pub const fn places(self) -> &'static [&'static str] {
        match self {
            Step::Greeting | Step::GreetingEmpty => &["workspace"],
            Step::Clarify | Step::ClarifyAgain => &[],
            Step::Answer => &["answer"],
            Step::AnswerPage => &["answer", "page"],
            Step::Wait => &["wait"],
            Step::EmailThanks | Step::AwayEmail => &["rep", "email"],
            Step::Apply => &["rep", "page"],
            Step::WaitingNumbered => &["rep", "n"],
            Step::Back => &["rep", "when"],
            Step::Busy
            | Step::Unavailable
            | Step::Answered
            | Step::Unanswered
            | Step::Handover
            | Step::Human
            | Step::Meeting
            | Step::Email
            | Step::ApplyUnknown
            | Step::Qualify
            | Step::Waiting
            | Step::Away
            | Step::Close => &["rep"],
        }
    }

    /// The place that each of its texts must have.
    pub const fn required_place(self) -> Option<&'static str> {
        match self {
            Step::Answer | Step::AnswerPage => Some("answer"),
            Step::Apply => Some("page"),
            Step::Wait => Some("wait"),
            Step::Back => Some("when"),
            Step::WaitingNumbered => Some("n"),
            _ => None,
        }
    }
}
