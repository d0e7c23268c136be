//! Failures that a test has scripted.

use crate::errors::{backend, limited};
use crate::request::{Answer, Body, Fate};
use serde::Deserialize;

/// A failure of the next requests that fit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Failure {
    /// A part of the label, which is the method of Google's reference, that of HTTP and the path:
    /// `events.insert POST /calendar/v3/calendars/primary/events`.
    #[serde(default)]
    on: String,
    /// The number of affected requests.
    #[serde(default = "once")]
    times: usize,
    /// The number of matching requests that succeed before.
    #[serde(default)]
    after: usize,
    #[serde(rename = "do")]
    mishap: Mishap,
    /// Of `status`: the status code. Of `rate_limit`: 403 or 429.
    status: Option<u16>,
    /// Of `rate_limit`: `rateLimitExceeded`, `userRateLimitExceeded` or `quotaExceeded`.
    #[serde(default)]
    reason: String,
    /// The value of `Retry-After`, in seconds.
    retry_after: Option<u64>,
    /// Of `slow`: how late.
    #[serde(default)]
    millis: u64,
}

fn once() -> usize {
    1
}

/// A fault of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mishap {
    /// Refused by a limit, not executed.
    RateLimit,
    /// Answered with a status code, not executed.
    Status,
    /// Answered with a page of a proxy in the place of JSON, not executed.
    Html,
    /// Neither answered nor executed.
    Timeout,
    /// Executed, with a lost response.
    LoseAnswer,
    /// Executed, and never answered.
    Silent,
    /// Executed, with a late response.
    Slow,
}

/// The failure of a request, if one is scripted for it.
pub(crate) fn next(script: &mut [Failure], label: &str) -> Option<Failure> {
    let failure = script.iter_mut().find(|failure| label.contains(&failure.on) && failure.times > 0)?;
    if failure.after > 0 {
        failure.after -= 1;
        return None;
    }
    failure.times -= 1;
    Some(failure.clone())
}

impl Failure {
    /// The answer in place of doing it; none where it is done.
    pub(crate) fn instead(&self) -> Option<Answer> {
        match self.mishap {
            Mishap::RateLimit => {
                let reason = if self.reason.is_empty() { "rateLimitExceeded" } else { &self.reason };
                Some(*limited(self.status.unwrap_or(403), reason, self.retry_after))
            }
            Mishap::Status => Some(*backend(self.status.unwrap_or(503), self.retry_after)),
            Mishap::Html => {
                let page = "<!DOCTYPE html><title>Error 502 (Server Error)!!1</title>".to_owned();
                Some(Answer::new(self.status.unwrap_or(502), Body::Html(page)))
            }
            Mishap::Timeout => Some(Answer { fate: Fate::Silent, ..Answer::empty() }),
            Mishap::LoseAnswer | Mishap::Silent | Mishap::Slow => None,
        }
    }

    /// The fate of the response of an executed request.
    pub(crate) fn fate(&self) -> Fate {
        match self.mishap {
            Mishap::LoseAnswer => Fate::Lost,
            Mishap::Silent => Fate::Silent,
            Mishap::Slow => Fate::Late(self.millis),
            Mishap::RateLimit | Mishap::Status | Mishap::Html | Mishap::Timeout => Fate::Whole,
        }
    }
}
