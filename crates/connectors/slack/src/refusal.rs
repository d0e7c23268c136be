//! The errors of Slack, and whether a request is worth repeating.

use knock_model::Millis;
use knock_outbound::Failure;

/// The reason for which a call had no effect, or an unknown one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
pub struct Refusal {
    /// The way to handle it.
    pub kind: RefusalKind,
    /// Slack's own word for it, such as `channel_not_found`; empty when Slack did not answer as itself.
    pub code: String,
    /// The reason for a person, without anything of the request.
    pub words: String,
}

/// The way to handle a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// Ask later: after this long when Slack says so.
    Retry(Option<Millis>),
    /// Asking the same again is refused again.
    Rejected,
    /// A person has to mend something first.
    Broken(Broken),
}

/// A problem that needs a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The token is revoked, or the app was removed.
    Token,
    /// The channel is archived.
    ChannelGone,
    /// The app sees no such channel: it is deleted, or private without the bot, or never was.
    ChannelUnknown,
    /// The bot is not in the channel.
    NotInChannel,
    /// The app lacks a permission, by its name; empty when Slack does not name it.
    MissingScope(String),
}

const TOKEN: [&str; 9] = [
    "access_denied",
    "account_inactive",
    "ekm_access_denied",
    "invalid_auth",
    "not_allowed_token_type",
    "not_authed",
    "team_access_not_granted",
    "token_expired",
    "token_revoked",
];
const ARCHIVED: [&str; 2] = ["is_archived", "is_inactive"];
const UNKNOWN: &str = "channel_not_found";
/// Slack's words for one call too many.
const LIMITED: [&str; 2] = ["ratelimited", "rate_limited"];
const LATER: [&str; 12] = [
    "accesslimited",
    "external_channel_migrating",
    "fatal_error",
    "internal_error",
    "message_limit_exceeded",
    "org_login_required",
    "rate_limited",
    "ratelimited",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
    "update_failed",
];

impl Refusal {
    /// By the words of Slack's own error.
    pub(crate) fn of_error(code: &str, needed: Option<&str>, retry_after: Option<Millis>) -> Refusal {
        let kind = if LATER.contains(&code) {
            RefusalKind::Retry(retry_after)
        } else if TOKEN.contains(&code) {
            RefusalKind::Broken(Broken::Token)
        } else if ARCHIVED.contains(&code) {
            RefusalKind::Broken(Broken::ChannelGone)
        } else if code == UNKNOWN {
            RefusalKind::Broken(Broken::ChannelUnknown)
        } else if code == "not_in_channel" {
            RefusalKind::Broken(Broken::NotInChannel)
        } else if matches!(code, "missing_scope" | "no_permission") {
            RefusalKind::Broken(Broken::MissingScope(needed.unwrap_or_default().to_owned()))
        } else {
            RefusalKind::Rejected
        };
        let words = match &kind {
            RefusalKind::Retry(_) => format!("Slack asks to try later ({code})"),
            RefusalKind::Broken(Broken::Token) => format!("Slack does not accept the bot token any more ({code})"),
            RefusalKind::Broken(Broken::ChannelGone) => format!("the channel is archived ({code})"),
            RefusalKind::Broken(Broken::ChannelUnknown) => {
                format!("the bot sees no such channel: it is private without the bot, or deleted ({code})")
            }
            RefusalKind::Broken(Broken::NotInChannel) => format!("the bot is not in the channel ({code})"),
            RefusalKind::Broken(Broken::MissingScope(scope)) if scope.is_empty() => {
                format!("the Slack app lacks a permission ({code})")
            }
            RefusalKind::Broken(Broken::MissingScope(scope)) => format!("the Slack app lacks the permission {scope}"),
            RefusalKind::Rejected => format!("Slack refused it: {code}"),
        };
        Refusal { kind, code: code.to_owned(), words }
    }

    /// By a status code, where the body says nothing.
    pub(crate) fn of_status(code: u16, retry_after: Option<Millis>) -> Refusal {
        match code {
            429 => Refusal {
                code: LIMITED[0].to_owned(),
                ..Refusal::later("Slack takes no more requests for now", retry_after)
            },
            408 | 500..=599 => Refusal::later(&format!("Slack failed with status code {code}"), retry_after),
            300..=399 => Refusal::rejected("Slack leads to another address, which is not followed"),
            // A proxy on the way, most likely: it may be mended without anybody here.
            200..=299 => Refusal::later("the answer is none of Slack's", retry_after),
            _ => Refusal::rejected(&format!("Slack answered with status code {code}")),
        }
    }

    /// Without an answer.
    pub(crate) fn of_failure(failure: &Failure) -> Refusal {
        match failure {
            Failure::Refused(why) => Refusal::rejected(&format!("the address {why}")),
            Failure::Unreached(why) => Refusal::later(why, None),
        }
    }

    /// Whether Slack answered that it did nothing, so that nothing has to be looked for before the next attempt.
    pub fn is_definite(&self) -> bool {
        match self.kind {
            RefusalKind::Retry(_) => LIMITED.contains(&self.code.as_str()),
            RefusalKind::Broken(_) => true,
            RefusalKind::Rejected => !self.code.is_empty(),
        }
    }

    /// Whether nothing can be posted in this channel until a person mends it or another one is chosen.
    pub fn is_of_channel(&self) -> bool {
        let broken = self.broken();
        matches!(broken, Some(Broken::ChannelGone | Broken::ChannelUnknown | Broken::NotInChannel))
    }

    pub(crate) fn later(words: &str, after: Option<Millis>) -> Refusal {
        Refusal { kind: RefusalKind::Retry(after), code: String::new(), words: words.to_owned() }
    }

    pub(crate) fn rejected(words: &str) -> Refusal {
        Refusal { kind: RefusalKind::Rejected, code: String::new(), words: words.to_owned() }
    }

    /// The problem that needs a person, if any.
    pub fn broken(&self) -> Option<&Broken> {
        match &self.kind {
            RefusalKind::Broken(broken) => Some(broken),
            RefusalKind::Retry(_) | RefusalKind::Rejected => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, expected: RefusalKind) {
        let refusal = Refusal::of_error(code, Some("files:read"), Some(Millis(7_000)));
        assert_eq!((refusal.kind, refusal.code.as_str()), (expected, code));
        assert!(refusal.words.contains(code) || code == "missing_scope", "{}", refusal.words);
    }

    #[test]
    fn errors_say_what_to_do() {
        for code in LATER {
            check(code, RefusalKind::Retry(Some(Millis(7_000))));
        }
        for code in TOKEN {
            check(code, RefusalKind::Broken(Broken::Token));
        }
        for code in ARCHIVED {
            check(code, RefusalKind::Broken(Broken::ChannelGone));
        }
        check(UNKNOWN, RefusalKind::Broken(Broken::ChannelUnknown));
        check("not_in_channel", RefusalKind::Broken(Broken::NotInChannel));
        check("missing_scope", RefusalKind::Broken(Broken::MissingScope("files:read".into())));
        for code in ["msg_too_long", "invalid_blocks", "no_text", "name_taken", "message_not_found", "something_new"] {
            check(code, RefusalKind::Rejected);
        }
    }

    #[test]
    fn only_an_answer_of_slack_says_that_nothing_was_done() {
        for code in ["ratelimited", "rate_limited", "is_archived", "channel_not_found", "invalid_blocks"] {
            assert!(Refusal::of_error(code, None, None).is_definite(), "{code}");
        }
        assert!(Refusal::of_status(429, None).is_definite());
        for refusal in [
            Refusal::of_error("fatal_error", None, None),
            Refusal::of_error("internal_error", None, None),
            Refusal::of_status(503, None),
            Refusal::of_status(200, None),
            Refusal::of_status(403, None),
            Refusal::later("no answer", None),
        ] {
            assert!(!refusal.is_definite(), "{refusal:?}");
        }
    }

    #[test]
    fn status_codes_say_what_to_do() {
        let kind = |code| Refusal::of_status(code, Some(Millis(1))).kind;
        for code in [200, 408, 429, 500, 502, 503, 504] {
            assert_eq!(kind(code), RefusalKind::Retry(Some(Millis(1))), "{code}");
        }
        for code in [301, 302, 400, 403, 404, 413] {
            assert_eq!(kind(code), RefusalKind::Rejected, "{code}");
        }
    }
}
