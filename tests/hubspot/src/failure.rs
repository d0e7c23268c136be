//! Failures that a test has scripted.

use crate::errors::{error, of_record, too_many};
use crate::request::{Answer, Fate};
use serde::Deserialize;
use serde_json::{Value as Json, json};

/// A failure of the next requests that fit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Failure {
    /// A part of the method and the path without its version, such as `POST /crm/objects/contacts/batch/upsert`.
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
    /// Of `rate_limit`: `TEN_SECONDLY_ROLLING`, `SECONDLY`, `DAILY`.
    #[serde(default)]
    policy: String,
    /// The value of `Retry-After`, in seconds.
    retry_after: Option<u64>,
    /// Of `slow`: how late.
    #[serde(default)]
    millis: u64,
    /// Of `partial`: the ids of the inputs that fail, and why.
    #[serde(default)]
    ids: Vec<String>,
    #[serde(default)]
    category: String,
    #[serde(default)]
    message: String,
    /// Of `partial`: whether the errors do not say which.
    #[serde(default)]
    nameless: bool,
}

fn once() -> usize {
    1
}

/// A fault of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mishap {
    /// Refused by a limit.
    RateLimit,
    /// Answered with a status code: 477, 500, 502, 503.
    Status,
    /// Executed, with a lost response.
    LoseAnswer,
    /// Neither answered nor executed.
    Timeout,
    /// Executed, with a late response.
    Slow,
    /// Answered as if executed, without results.
    Empty,
    /// Of a batch, some inputs fail.
    Partial,
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

/// An answer with a status code and no more.
pub(crate) fn status(code: u16, retry_after: Option<u64>) -> Answer {
    let headers = retry_after.map(|seconds| ("retry-after", seconds.to_string())).into_iter().collect();
    Answer { headers, ..error(code, "INTERNAL_ERROR", "There was a problem with the request.") }
}

impl Failure {
    /// The answer in place of doing it, `empty` being one without results; none where it is done.
    pub(crate) fn instead(&self, empty: impl Fn() -> Json) -> Option<Answer> {
        match self.mishap {
            Mishap::RateLimit => Some(too_many(&self.policy, self.retry_after)),
            Mishap::Status => Some(status(self.status, self.retry_after)),
            Mishap::Timeout => Some(Answer { fate: Fate::Silent, ..Answer::ok(Json::Null) }),
            Mishap::Empty => Some(Answer::ok(empty())),
            Mishap::LoseAnswer | Mishap::Slow | Mishap::Partial => None,
        }
    }

    /// The fate of the response of an executed request.
    pub(crate) fn fate(&self) -> Fate {
        match self.mishap {
            Mishap::LoseAnswer => Fate::Lost,
            Mishap::Slow => Fate::Late(self.millis),
            _ => Fate::Whole,
        }
    }

    /// The error of an input of a batch, if it is to fail.
    pub(crate) fn of_input(&self, id: &str, trace: &Json) -> Option<Json> {
        let fails = self.mishap == Mishap::Partial && self.ids.iter().any(|one| one == id);
        let context = if self.nameless { json!({}) } else { context(id, trace) };
        fails.then(|| of_record(&self.category, &self.message, context))
    }
}

/// The name of an input in an error: its trace id if it has one, otherwise its id.
pub(crate) fn context(id: &str, trace: &Json) -> Json {
    match trace.as_str() {
        Some(trace) => json!({"objectWriteTraceId": [trace]}),
        None => json!({"ids": [id]}),
    }
}
