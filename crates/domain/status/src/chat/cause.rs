//! The cause of a status change, in a word.

use super::clocks::Timer;
use super::event::EventKind;
use alloc::borrow::Cow;
use alloc::format;
use alloc::vec::Vec;
use knock_model::Vocabulary;

/// The prefix of the name of a timer.
const TIMER: &str = "timer:";

/// The cause of a status: `lead_message`, or `timer:rep_reply_needed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusCause {
    /// A fact of this kind.
    Fact(EventKind),
    /// A timer that fell due.
    Timer(Timer),
}

impl Vocabulary for StatusCause {
    const NAME: &'static str = "StatusCause";

    fn words() -> Vec<Cow<'static, str>> {
        let facts = EventKind::ALL.iter().map(|kind| Cow::Borrowed(kind.as_str()));
        facts.chain(Timer::ALL.iter().map(|timer| spell(*timer))).collect()
    }

    fn parse(word: &str) -> Option<StatusCause> {
        match word.strip_prefix(TIMER) {
            Some(timer) => Timer::parse(timer).map(StatusCause::Timer),
            None => EventKind::parse(word).map(StatusCause::Fact),
        }
    }

    fn spelling(&self) -> Cow<'_, str> {
        match self {
            StatusCause::Fact(kind) => Cow::Borrowed(kind.as_str()),
            StatusCause::Timer(timer) => spell(*timer),
        }
    }
}

fn spell(timer: Timer) -> Cow<'static, str> {
    Cow::Owned(format!("{TIMER}{}", timer.as_str()))
}
