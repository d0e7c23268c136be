//! The clock of the server: the machine's, moved or stopped.

/// Milliseconds since 1970.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Clock {
    /// The machine's, so many milliseconds ahead.
    Running(i64),
    Stopped(i64),
}

impl Clock {
    pub(crate) fn now(self) -> i64 {
        match self {
            Clock::Running(ahead) => machine().saturating_add(ahead),
            Clock::Stopped(at) => at,
        }
    }

    /// Moved on, or back.
    pub(crate) fn advanced(self, by: i64) -> Clock {
        match self {
            Clock::Running(ahead) => Clock::Running(ahead.saturating_add(by)),
            Clock::Stopped(at) => Clock::Stopped(at.saturating_add(by)),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
fn machine() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
