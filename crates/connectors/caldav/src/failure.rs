//! The errors of requests to a calendar server.

use knock_model::Millis;
use knock_outbound::{Failure as NoAnswer, Reply};
use knock_ports::CalendarFailure;

/// The part of an error in which its reason is looked for, in bytes.
const MOST_OF_ERROR: usize = 64 << 10;
/// The longest reason, in characters.
const MOST_WORDS: usize = 200;

/// The reason for which a request to a calendar failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// User and password are not accepted any more.
    #[error("the calendar server does not accept user and password")]
    Unauthorized,
    /// The calendar is no longer there.
    #[error("the calendar is no longer there")]
    Gone,
    /// The server asks to be asked later.
    #[error("the calendar server asks to be asked later ({code})")]
    Later {
        code: u16,
        /// The delay that the server asks for, if any.
        after: Option<Millis>,
    },
    /// The account is known there, and may not do this.
    #[error("the calendar server does not permit {what}{}", said(.reason))]
    Forbidden {
        /// What was asked, as the rest of the sentence.
        what: String,
        /// The server's own words; empty if it has none.
        reason: String,
    },
    /// Any other answer.
    #[error("the calendar server answered {code}{}", said(.reason))]
    Refused {
        code: u16,
        /// The server's own words; empty if it has none.
        reason: String,
    },
    /// There is no answer, in time.
    #[error("{0}")]
    Unreached(String),
    /// The response cannot be parsed.
    #[error("{0}")]
    Unreadable(String),
}

impl From<Failure> for CalendarFailure {
    fn from(failure: Failure) -> CalendarFailure {
        let words = failure.to_string();
        match failure {
            Failure::Unauthorized => CalendarFailure::Unauthorized(words),
            Failure::Gone => CalendarFailure::Gone(words),
            Failure::Later { after, .. } => CalendarFailure::Later { words, after },
            Failure::Unreached(_) => CalendarFailure::Later { words, after: None },
            Failure::Forbidden { .. } | Failure::Refused { .. } | Failure::Unreadable(_) => {
                CalendarFailure::Refused(words)
            }
        }
    }
}

impl From<NoAnswer> for Failure {
    fn from(failure: NoAnswer) -> Failure {
        Failure::Unreached(failure.to_string())
    }
}

/// The answer, where it is a good one.
pub(crate) fn checked(reply: Reply) -> Result<Reply, Failure> {
    match reply.code {
        200..=299 if reply.is_whole => Ok(reply),
        200..=299 => Err(Failure::Unreadable("the answer of the calendar server is too long".to_owned())),
        401 => Err(Failure::Unauthorized),
        403 => Err(Failure::Forbidden { what: "this".to_owned(), reason: words(&reply.body) }),
        404 | 410 => Err(Failure::Gone),
        code @ (408 | 425 | 429 | 500..=599) => Err(Failure::Later { code, after: reply.retry_after }),
        code => Err(Failure::Refused { code, reason: words(&reply.body) }),
    }
}

fn said(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(": {reason}") }
}

/// The reason in an error (RFC 4918, 16), in the server's words. It is looked for, not parsed: no reader is needed.
pub(crate) fn words(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(MOST_OF_ERROR)]);
    let content = |name: &str| {
        let (_, rest) = text.split_once(name)?;
        Some(rest.split('<').next()?.trim().to_owned()).filter(|words| !words.is_empty())
    };
    let found = ["message>", "responsedescription>"].into_iter().find_map(content);
    let missing = || text.contains("need-privileges").then(|| "the permission is missing".to_owned());
    let words = found.or_else(missing).unwrap_or_default();
    let plain = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    plain.replace("&amp;", "&").chars().filter(|c| !c.is_control()).take(MOST_WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn the_server_says_why() {
        let said = |text: &str| words(text.as_bytes());
        let sabre = "<d:error xmlns:d='DAV:' xmlns:s='x'><s:exception>X</s:exception><s:message>It is in the \
                     bin &amp; stays</s:message></d:error>";
        assert_eq!(said(sabre), "It is in the bin & stays");
        assert_eq!(said("<error><need-privileges/></error>"), "the permission is missing");
        assert_eq!(said("<html>Sign in</html>"), "");
        assert_eq!(said(&format!("<message>{}</message>", "x".repeat(100_000))).len(), 200);
    }
}
