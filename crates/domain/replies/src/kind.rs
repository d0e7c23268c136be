//! What kind of mail it is: written by a person, or by a program.
//!
//! Sources: RFC 3834 (`Auto-Submitted`), RFC 2919 (`List-Id`), RFC 3462 (`multipart/report`), and what common programs
//! send instead.

use alloc::string::String;
use alloc::vec::Vec;

/// The headers of a mail: names in small letters, values decoded.
#[derive(Clone, Debug, Default)]
pub struct Headers(pub Vec<(String, String)>);

impl Headers {
    /// The first header of a name; empty without one.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Every header of a name, in order.
    pub fn all<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }
}

/// The kind of a mail as far as its headers and the types of its parts say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Message,
    AutoReply,
    CalendarReply,
    /// A report about a delivery, to be read.
    DeliveryReport,
    /// A read receipt, or a report about spam.
    OtherReport,
}

/// Subjects of automatic replies, in small letters, as their programs begin them.
const SUBJECTS: [&str; 12] = [
    "automatic reply",
    "auto reply:",
    "autoreply:",
    "out of office",
    "out of the office",
    "automatische antwort",
    "abwesenheitsnotiz",
    "abwesend:",
    "réponse automatique",
    "absence du bureau",
    "respuesta automática",
    "fuera de la oficina",
];

const PRECEDENCES: [&str; 4] = ["bulk", "junk", "list", "auto_reply"];

const AUTOMATIC: [&str; 4] = ["x-autoreply", "x-autorespond", "x-auto-reply", "list-id"];

/// Sorts a mail. `report` is the type of a `multipart/report`, in small letters, else empty; `is_calendar_reply` says
/// whether it has a `text/calendar` with `method=REPLY`.
pub fn sort(headers: &Headers, subject: &str, report: &str, is_calendar_reply: bool) -> Sort {
    match report {
        "delivery-status" => return Sort::DeliveryReport,
        "disposition-notification" | "feedback-report" => return Sort::OtherReport,
        _ => {}
    }
    if is_calendar_reply {
        Sort::CalendarReply
    } else if is_automatic(headers, subject) {
        Sort::AutoReply
    } else {
        Sort::Message
    }
}

fn is_automatic(headers: &Headers, subject: &str) -> bool {
    let submitted = headers.get("auto-submitted").split(';').next().unwrap_or_default().trim();
    let is_submitted = !submitted.is_empty() && !submitted.eq_ignore_ascii_case("no");
    let precedence = headers.get("precedence").trim().to_ascii_lowercase();
    let subject = subject.trim_start().to_lowercase();
    let is_returned_nowhere = headers.has("return-path") && headers.get("return-path").trim() == "<>";
    is_submitted
        || PRECEDENCES.contains(&precedence.as_str())
        || AUTOMATIC.iter().any(|name| headers.has(name))
        || is_returned_nowhere
        || SUBJECTS.iter().any(|known| subject.starts_with(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::borrow::ToOwned;

    fn check(headers: &[(&str, &str)], subject: &str, expected: Sort) {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        assert_eq!(sort(&Headers(headers.collect()), subject, "", false), expected, "{subject}");
    }

    #[test]
    fn an_automatic_reply_is_recognised_by_header_or_subject() {
        check(&[], "Re: Prices", Sort::Message);
        check(&[("auto-submitted", "no")], "Re: Prices", Sort::Message);
        check(&[("return-path", "<ann@acme.example>")], "Re: Prices", Sort::Message);
        check(&[("precedence", "normal")], "Out of coffee", Sort::Message);
        check(&[("auto-submitted", "auto-replied; owner=x")], "Re: Prices", Sort::AutoReply);
        check(&[("auto-submitted", "Auto-Generated")], "Re: Prices", Sort::AutoReply);
        for name in AUTOMATIC {
            check(&[(name, "yes")], "Re: Prices", Sort::AutoReply);
        }
        for precedence in PRECEDENCES {
            check(&[("precedence", precedence)], "Re: Prices", Sort::AutoReply);
        }
        check(&[("return-path", "<>")], "Re: Prices", Sort::AutoReply);
        for subject in
            ["Automatic reply: Prices", "Abwesenheitsnotiz: x", "Réponse automatique : x", "Fuera de la oficina"]
        {
            check(&[], subject, Sort::AutoReply);
        }
    }

    #[test]
    fn reports_and_calendar_replies_are_sorted_by_their_types() {
        let automatic = Headers(alloc::vec![("auto-submitted".to_owned(), "auto-replied".to_owned())]);
        assert_eq!(sort(&automatic, "", "delivery-status", false), Sort::DeliveryReport);
        assert_eq!(sort(&automatic, "", "disposition-notification", false), Sort::OtherReport);
        assert_eq!(sort(&automatic, "", "feedback-report", false), Sort::OtherReport);
        assert_eq!(sort(&automatic, "", "", true), Sort::CalendarReply);
        assert_eq!(sort(&automatic, "", "", false), Sort::AutoReply);
    }
}
