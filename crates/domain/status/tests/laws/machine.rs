//! The interface of a machine for the laws of both.

use crate::history::{HOUR, START};
use knock_model::Millis;
use knock_status::{Cause, Entry, Fact, chat, meeting};
use proptest::prelude::*;
use std::fmt::Debug;

/// The facts of a lead, in order of delivery.
pub(crate) type Facts<M> = Vec<Fact<usize, <M as Machine>::Event>>;

/// One of the two machines.
pub(crate) trait Machine {
    type Event: Clone + Debug + PartialEq + 'static;
    type Status: Copy + Debug + PartialEq;
    type Timer: Copy + Debug + PartialEq;
    type Derived: Clone + Debug + PartialEq;
    /// The settings of a workspace.
    type Setting: Copy + Debug;

    /// Any event, from two numbers: drawing numbers costs a tenth of drawing events.
    fn event(kind: u8, detail: u8) -> Self::Event;
    fn setting() -> BoxedStrategy<Self::Setting>;
    fn derive(facts: &[Fact<usize, Self::Event>], now: Millis, setting: Self::Setting) -> Self::Derived;
    fn answer(derived: Self::Derived) -> Answer<Self::Status, Self::Timer>;
}

/// The result that both machines have in common.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer<Status, Timer> {
    pub(crate) status: Option<Status>,
    pub(crate) timeline: Vec<Entry<Status, Timer>>,
    pub(crate) next_change_at: Option<Millis>,
    /// The reason of the status: its cause and the instant of entering it.
    pub(crate) why: Option<(Cause<Timer>, Millis)>,
}

pub(crate) struct Chat;

impl Machine for Chat {
    type Event = chat::Event;
    type Status = chat::ChatStatus;
    type Timer = chat::Timer;
    type Derived = chat::Derived;
    type Setting = ();

    fn event(kind: u8, detail: u8) -> chat::Event {
        use chat::{Assignee, Event, Rejecter};
        let rep = || ["ann", "bob"][usize::from(detail % 2)].to_owned();
        match kind % 31 {
            0..=2 => Event::LinkClicked,
            3 => Event::ChatActivity,
            4..=10 => Event::LeadMessage { is_spam: detail.is_multiple_of(3) },
            11 => Event::AiMessage,
            12..=14 => Event::Assigned(Assignee::Rep(rep())),
            15 => Event::Assigned(Assignee::AiAgent),
            16..=19 => Event::RepMessage { rep: rep() },
            20 => Event::SpamDetected,
            21 => Event::SpamReversed,
            22 => {
                let by = [Rejecter::Ai, Rejecter::Rep][usize::from(detail % 2)];
                Event::Rejected { by, reason: None, member: None }
            }
            23 => Event::RejectionReversed,
            24 => Event::Queued,
            26 => Event::Done { by: Some(rep()) },
            27 => Event::Snoozed { until: Millis(i64::from(detail) * Millis::MINUTE.0 * 60), by: Some(rep()) },
            28 => Event::Reopened { by: None },
            30 => Event::NudgeFollowed { nudge: "n1".into(), agent: None },
            29 => Event::FormSent { form: "demo".into(), page: String::new(), fields: Vec::new() },
            _ => Event::DealOpened,
        }
    }

    fn setting() -> BoxedStrategy<()> {
        Just(()).boxed()
    }

    fn derive(facts: &[Fact<usize, chat::Event>], now: Millis, (): ()) -> chat::Derived {
        chat::derive(facts, now)
    }

    fn answer(derived: chat::Derived) -> Answer<chat::ChatStatus, chat::Timer> {
        let chat::Derived { status, timeline, next_change_at, why, .. } = derived;
        Answer { status, timeline, next_change_at, why: why.map(|why| (why.cause, why.since)) }
    }
}

pub(crate) struct Meeting;

impl Machine for Meeting {
    type Event = meeting::Event;
    type Status = meeting::MeetingStatus;
    type Timer = meeting::Timer;
    type Derived = meeting::Derived;
    /// The silence after which a qualified lead has gone away (R14).
    type Setting = Millis;

    fn event(kind: u8, detail: u8) -> meeting::Event {
        use meeting::{Canceller, Event, RejectReason, Verdict};
        let of = |count: u8| usize::from(detail % count);
        let meeting = ["m1", "m2", "m3"][of(3)].to_owned();
        let owner = ["ann", "bob"][of(2)].to_owned();
        // Around the time in which the facts lie: some meetings begin before they are cancelled.
        let start = START + Millis((i64::from(detail) * 7 % 256 - 24) * 4 * HOUR);
        let verdicts = [
            Verdict::Ok,
            Verdict::Spam,
            Verdict::Unqualified(RejectReason::Routing),
            Verdict::Unqualified(RejectReason::PrivateEmail),
        ];
        match kind % 23 {
            0..=2 => Event::LinkClicked,
            3..=4 => Event::Activity,
            5..=10 => Event::EmailSubmitted(verdicts[of(4)]),
            11..=12 => Event::Abandoned,
            13..=15 => Event::Booked { meeting, start, owner },
            16..=17 => Event::Rescheduled { meeting, start, owner: Some(owner).filter(|_| detail % 5 < 2) },
            18..=21 => Event::Cancelled { meeting, by: [Canceller::Rep, Canceller::Lead][of(2)] },
            _ => Event::SpamReversed,
        }
    }

    fn setting() -> BoxedStrategy<Millis> {
        proptest::sample::select([Millis(0), Millis(1), Millis(HOUR / 2), Millis(5 * HOUR)].as_slice()).boxed()
    }

    fn derive(facts: &[Fact<usize, meeting::Event>], now: Millis, dropoff: Millis) -> meeting::Derived {
        meeting::derive(facts, now, dropoff)
    }

    fn answer(derived: meeting::Derived) -> Answer<meeting::MeetingStatus, meeting::Timer> {
        let meeting::Derived { status, timeline, next_change_at, why, .. } = derived;
        Answer { status, timeline, next_change_at, why: why.map(|why| (why.cause, why.since)) }
    }
}
