//! Opening the chat on the server: once for each page on which the visitor opens it, and for each invitation that they
//! accept.

use knock_model::Millis;

use super::backoff::Backoff;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Step {
    #[default]
    Unwanted,
    Wanted,
    Asked,
    Done,
    Refused(String),
}

/// The state of the opening.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Opening {
    step: Step,
    /// Whether the request under way asks for something else than what is wanted by now.
    is_outdated: bool,
    /// The backoff of the next attempt; a success counts only with the token.
    pub(crate) backoff: Backoff,
}

impl Opening {
    /// The reason for which the chat is unavailable.
    pub(crate) fn refusal(&self) -> Option<&str> {
        match &self.step {
            Step::Refused(reason) => Some(reason),
            Step::Unwanted | Step::Wanted | Step::Asked | Step::Done => None,
        }
    }

    /// Whether the opening was not requested on this page.
    pub(crate) fn is_unwanted(&self) -> bool {
        self.step == Step::Unwanted
    }

    /// Whether what was wanted is there.
    pub(crate) fn is_done(&self) -> bool {
        self.step == Step::Done
    }

    /// Whether the request is under way.
    pub(crate) fn is_asked(&self) -> bool {
        self.step == Step::Asked
    }

    /// The instant from which to send the request.
    pub(crate) fn due(&self) -> Option<Millis> {
        (self.step == Step::Wanted).then(|| self.backoff.due())
    }

    /// Requests the opening, unless it was requested on this page before.
    pub(crate) fn want(&mut self) {
        if self.is_unwanted() {
            self.step = Step::Wanted;
        }
    }

    /// Requests the opening again, also after a refusal.
    pub(crate) fn want_again(&mut self) {
        if self.step != Step::Asked {
            self.step = Step::Wanted;
        }
    }

    /// Requests the opening of something else; after the outcome of a request that is under way.
    pub(crate) fn want_anew(&mut self) {
        self.is_outdated = self.step == Step::Asked;
        self.want_again();
    }

    /// Marks the request as under way if it is due; whether it is.
    pub(crate) fn begin_if_due(&mut self, now: Millis) -> bool {
        let is_time = self.due().is_some_and(|due| due <= now);
        if is_time {
            self.step = Step::Asked;
            self.is_outdated = false;
        }
        is_time
    }

    /// Marks it as open.
    pub(crate) fn succeed(&mut self) {
        self.step = if self.is_outdated { Step::Wanted } else { Step::Done };
    }

    /// Marks it as refused.
    pub(crate) fn refuse(&mut self, reason: String) {
        self.step = Step::Refused(reason);
    }

    /// Schedules a retry.
    pub(crate) fn fail(&mut self) {
        self.step = Step::Wanted;
    }
}
