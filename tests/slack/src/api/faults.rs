//! The scripted faults.

use serde_json::Value;
use std::collections::VecDeque;
use std::time::Duration;

/// A fault of one call.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// 429 with so many seconds.
    RateLimit(u64),
    /// A status code with a page of somebody else's.
    Status(u16),
    /// `ok: false` with this error.
    Error(String),
    /// 200 with what is no JSON object.
    Garbage,
    /// Neither executed nor answered.
    Timeout,
    /// Not executed, and the connection is closed.
    Drop,
    /// Executed, and the connection is closed.
    LoseAnswer,
    /// Executed, without a response.
    Hang,
    /// Executed, with a late response.
    Slow(Duration),
}

#[derive(Debug, Default)]
pub(crate) struct Faults(VecDeque<Scripted>);

#[derive(Debug)]
struct Scripted {
    /// `*` for any.
    method: String,
    fault: Fault,
    left: u64,
    /// Calls that go well before.
    after: u64,
}

impl Faults {
    /// Scripts what happens to the next calls of a method.
    pub(crate) fn add(&mut self, script: &Value) -> Result<(), String> {
        let text = |name: &str| script[name].as_str().map(str::to_owned);
        let number = |name: &str, usual: u64| script[name].as_u64().unwrap_or(usual);
        let fault = match text("do").as_deref() {
            Some("rate_limit") => Fault::RateLimit(number("retry_after", 1)),
            Some("status") => Fault::Status(u16::try_from(number("status", 503)).map_err(|error| error.to_string())?),
            Some("error") => Fault::Error(text("error").unwrap_or_else(|| "fatal_error".to_owned())),
            Some("garbage") => Fault::Garbage,
            Some("timeout") => Fault::Timeout,
            Some("drop") => Fault::Drop,
            Some("lose_answer") => Fault::LoseAnswer,
            Some("hang") => Fault::Hang,
            Some("slow") => Fault::Slow(Duration::from_millis(number("millis", 1_000))),
            other => return Err(format!("no such fault: {other:?}")),
        };
        let method = text("method").unwrap_or_else(|| "*".to_owned());
        self.0.push_back(Scripted { method, fault, left: number("times", 1), after: number("after", 0) });
        Ok(())
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault of this call: the first scripted one that matches.
    pub(crate) fn take(&mut self, method: &str) -> Option<Fault> {
        let at = self.0.iter().position(|scripted| scripted.method == method || scripted.method == "*")?;
        let scripted = self.0.get_mut(at)?;
        if scripted.after > 0 {
            scripted.after -= 1;
            return None;
        }
        scripted.left = scripted.left.saturating_sub(1);
        let fault = scripted.fault.clone();
        if scripted.left == 0 {
            self.0.remove(at);
        }
        Some(fault)
    }
}
