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
        /// The same is asked again of a lead whom the team answers.
        Answered = "answered",
        /// The same is asked again while the chat is with the agent alone.
        AnsweredHere = "answered_here",
        /// Whether an answer helped.
        Helped = "helped",
        /// It helped.
        Glad = "glad",
        /// It did not help, and the team has the chat.
        NotHelped = "not_helped",
        /// It did not help, and the agent goes on.
        Rephrase = "rephrase",
        /// Which of some known questions is meant.
        Offered = "offered",
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
        /// The same where no mail is sent: the answer waits on the page.
        EmailKept = "email_kept",
        /// An address that is probably mistyped: whether this one is meant.
        MeantEmail = "meant_email",
        /// Asks to type the address again.
        EmailAgain = "email_again",
        /// The lead gives no address or number.
        Refused = "refused",
        /// Where no mail is sent: the answer waits on the page.
        ComeBack = "come_back",
        /// Asks for a telephone number.
        AskPhone = "ask_phone",
        /// Confirms the telephone number.
        Phone = "phone",
        /// The same while somebody is there.
        PhoneHere = "phone_here",
        /// The same, with the time at which somebody is back.
        PhoneBack = "phone_back",
        /// The page of open positions.
        Apply = "apply",
        /// The same where no page about open positions is known.
        ApplyUnknown = "apply_unknown",
        /// Questions that help to answer, one after the other.
        Qualify = "qualify",
        /// Stands for a question that asks how many people there are, once the lead has said it.
        QualifySized = "qualify_sized",
        /// A message is with the rep.
        Waiting = "waiting",
        /// The same once all other texts were said.
        WaitingNumbered = "waiting_numbered",
        /// No rep answered within two minutes.
        Away = "away",
        /// The same to a lead whose address is known.
        AwayEmail = "away_email",
        /// The same where no mail is sent, and where an address was asked for in vain.
        AwayKept = "away_kept",
        /// No question is left.
        Close = "close",
        /// A member who was asked has not answered yet.
        StillAsked = "still_asked",
        /// Asked when somebody is there: now.
        HoursHere = "hours_here",
        /// The same: at a time that is known.
        HoursBack = "hours_back",
        /// The same: it is not known.
        HoursUnknown = "hours_unknown",
        /// The page on which a meeting is moved or cancelled.
        MoveMeeting = "move_meeting",
        /// A meeting is to be moved or cancelled, and none is known.
        NoMeeting = "no_meeting",
        /// A greeting in a chat that goes on.
        Hello = "hello",
        /// The lead thanks.
        Thanks = "thanks",
        /// The lead says goodbye.
        Bye = "bye",
        /// "Ok", to nothing that was asked.
        Okay = "okay",
        /// The same of a lead who waits.
        OkayWaiting = "okay_waiting",
        /// "Yes", to nothing that was asked.
        Yes = "yes",
        /// "No", to nothing that was asked.
        No = "no",
        /// The lead gives their name.
        Name = "name",
        /// Asked whether it is a machine.
        Bot = "bot",
        /// Asked who it is.
        Identity = "identity",
        /// The same where a rep has the chat.
        IdentityRep = "identity_rep",
        /// Asked what it can do.
        Capabilities = "capabilities",
        /// Asked what is stored, or for its deletion.
        Privacy = "privacy",
        /// A complaint.
        Sorry = "sorry",
        /// Orders to the agent to forget its own.
        Injection = "injection",
        /// Nothing that can be read.
        Noise = "noise",
        /// An insult.
        Calm = "calm",
        /// The warning before a chat is ended for abuse.
        Warning = "warning",
        /// The last words of a chat that is ended for abuse.
        LastWords = "last_words",
        /// The last words to a lead whom the agent rejects by the conditions of the workspace.
        Rejected = "rejected",
        /// The digits of a payment card were hidden.
        Card = "card",
        /// Small talk goes on, and all other texts were said.
        GoOn = "go_on",
        /// The same once those were said too.
        GoOnNumbered = "go_on_numbered",
    }
}

impl Step {
    /// The places that its texts may have, such as `{rep}`.
    pub const fn places(self) -> &'static [&'static str] {
        match self {
            Step::Greeting
            | Step::GreetingEmpty
            | Step::Hello
            | Step::Bot
            | Step::Identity
            | Step::Capabilities
            | Step::Injection => &["workspace"],
            Step::IdentityRep => &["workspace", "rep"],
            Step::Answer => &["answer"],
            Step::AnswerPage => &["answer", "page"],
            Step::Wait => &["wait"],
            Step::EmailThanks | Step::EmailKept | Step::AwayEmail => &["rep", "email"],
            Step::MeantEmail => &["email"],
            Step::Apply => &["rep", "page"],
            Step::MoveMeeting => &["page"],
            Step::WaitingNumbered => &["rep", "n"],
            Step::GoOnNumbered => &["n"],
            Step::Back | Step::HoursBack => &["rep", "when"],
            Step::Phone | Step::PhoneHere => &["rep", "phone"],
            Step::PhoneBack => &["rep", "phone", "when"],
            Step::StillAsked => &["rep", "ago"],
            Step::Name => &["name"],
            Step::Clarify
            | Step::ClarifyAgain
            | Step::AnsweredHere
            | Step::Helped
            | Step::Glad
            | Step::Rephrase
            | Step::Offered
            | Step::EmailAgain
            | Step::HoursUnknown
            | Step::Thanks
            | Step::Bye
            | Step::Okay
            | Step::Yes
            | Step::No
            | Step::Noise
            | Step::Calm
            | Step::Warning
            | Step::LastWords
            | Step::Rejected
            | Step::Card
            | Step::GoOn => &[],
            _ => &["rep"],
        }
    }

    /// The place that each of its texts must have.
    pub const fn required_place(self) -> Option<&'static str> {
        match self {
            Step::Answer | Step::AnswerPage => Some("answer"),
            Step::Apply | Step::MoveMeeting => Some("page"),
            Step::Wait => Some("wait"),
            Step::Back | Step::HoursBack => Some("when"),
            Step::MeantEmail => Some("email"),
            Step::WaitingNumbered | Step::GoOnNumbered => Some("n"),
            _ => None,
        }
    }
}
