//! Failures that a test has scripted.

use crate::errors::{Refusal, throttled};
use crate::request::Fate;
use serde::Deserialize;

/// A failure of the next requests that fit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Failure {
    /// A part of the method and the path, such as `GET /v1.0/me/calendars`.
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
    /// Of `status`: the status code.
    #[serde(default)]
    status: u16,
    /// Of `rate_limit`: whether it is the limit of requests at the same time.
    #[serde(default)]
    is_concurrency: bool,
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
enum Mishap {
    /// Refused by a limit.
    RateLimit,
    /// Answered with a status code: 500, 502, 503, 504.
    Status,
    /// Executed, with a lost response.
    LoseAnswer,
    /// Neither answered nor executed.
    Timeout,
    /// Executed, and never answered.
    Hang,
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

/// <https://learn.microsoft.com/graph/errors>
pub(crate) fn status(code: u16, retry_after: Option<u64>) -> Refusal {
    let (name, message) = match code {
        503 => ("serviceNotAvailable", "The service is temporarily unavailable. Please retry after some time."),
        504 => ("UnknownError", "The server did not receive a timely response from the upstream server."),
        _ => ("generalException", "An internal server error occurred. The operation failed."),
    };
    let refusal = Refusal::new(code, name, message);
    match retry_after {
        Some(seconds) => refusal.with("retry-after", seconds.to_string()),
        None => refusal,
    }
}

impl Failure {
    /// The refusal in place of doing it; none where it is done, or never answered.
    pub(crate) fn instead(&self) -> Option<Refusal> {
        let code = if self.is_concurrency { "ApplicationThrottled" } else { "TooManyRequests" };
        match self.mishap {
            Mishap::RateLimit => Some(throttled(code, self.retry_after)),
            Mishap::Status => Some(status(self.status, self.retry_after)),
            Mishap::Timeout | Mishap::Hang | Mishap::LoseAnswer | Mishap::Slow => None,
        }
    }

    /// Whether the request is executed at all.
    pub(crate) fn is_executed(&self) -> bool {
        self.mishap != Mishap::Timeout
    }

    /// The fate of the response.
    pub(crate) fn fate(&self) -> Fate {
        match self.mishap {
            Mishap::LoseAnswer => Fate::Lost,
            Mishap::Slow => Fate::Late(self.millis),
            Mishap::Hang | Mishap::Timeout => Fate::Silent,
            Mishap::RateLimit | Mishap::Status => Fate::Whole,
        }
    }
}
