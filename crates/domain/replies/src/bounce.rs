//! Reports of mail servers that a mail could not be delivered (RFC 3464), and those that only say so in words.

use crate::Bounce;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::{Email, text::one_line};

/// The longest reason, in characters.
const LONGEST: usize = 300;

/// What a report says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// The mail was not delivered, for good.
    Failed(Bounce),
    /// Anything else: it was delivered, or its server still tries.
    Other,
}

/// Reads the content of a `message/delivery-status`: groups of `Name: value` lines, one for each recipient after that of
/// the message.
pub fn report(content: &str) -> Report {
    let failed = groups(content).into_iter().find(|group| group.get("action").eq_ignore_ascii_case("failed"));
    let Some(group) = failed else { return Report::Other };
    let (status, diagnostic) = (group.get("status"), after_type(group.get("diagnostic-code")));
    let mut recipient = ["final-recipient", "original-recipient"].into_iter();
    let recipient =
        recipient.find_map(|name| Email::parse(after_type(group.get(name))).ok()).map(|email| email.to_text());
    let mut words = String::from(status);
    words.push(' ');
    words.push_str(diagnostic);
    let reason = if diagnostic.is_empty() { status } else { diagnostic };
    Report::Failed(Bounce { recipient, reason: reason_of(reason), is_dead: is_address_fault(&words) })
}

/// Reads a report in words, such as that of qmail: one of the server's own mailboxes, with a permanent error in it. None
/// for another mail.
pub fn plain_bounce(from: &str, text: &str) -> Option<Bounce> {
    let local = from.split('@').next().unwrap_or_default();
    if !["mailer-daemon", "postmaster"].iter().any(|known| local.eq_ignore_ascii_case(known)) {
        return None;
    }
    let line = text.lines().find(|line| enhanced(line).is_some())?;
    Some(Bounce { recipient: None, reason: reason_of(line), is_dead: is_address_fault(line) })
}

/// Whether the words of a server say that the address itself is at fault, for good: it does not exist, takes no mail, or
/// has no server (the codes of RFC 3463). Without such a code, a reply of 550, 551 or 553 (RFC 5321) says so.
pub fn is_address_fault(words: &str) -> bool {
    let mut codes = words.split_whitespace().filter_map(enhanced_word);
    // 5.0.0 says nothing.
    match codes.find(|code| *code != (0, 0)) {
        // 5.1.7 and 5.1.8 blame the sender.
        Some((1, detail)) => !matches!(detail, 7 | 8),
        Some((subject, detail)) => subject == 4 || (subject, detail) == (2, 1),
        None => words.split(|c: char| !c.is_ascii_digit()).any(|code| matches!(code, "550" | "551" | "553")),
    }
}

fn enhanced(line: &str) -> Option<(u16, u16)> {
    line.split_whitespace().find_map(enhanced_word)
}

/// The subject and the detail of a permanent enhanced status code, such as `5.1.1` or `#5.1.1`.
fn enhanced_word(word: &str) -> Option<(u16, u16)> {
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let word = word.rsplit(['-', '(', '#']).next().unwrap_or(word);
    let mut numbers = word.split('.').map(|number| number.parse::<u16>().ok());
    let (Some(Some(5)), Some(Some(subject)), Some(Some(detail)), None) =
        (numbers.next(), numbers.next(), numbers.next(), numbers.next())
    else {
        return None;
    };
    (subject < 1_000 && detail < 1_000).then_some((subject, detail))
}

fn reason_of(words: &str) -> String {
    one_line(words).chars().take(LONGEST).collect()
}

/// A value without its type: `rfc822; ann@example.com`.
fn after_type(value: &str) -> &str {
    value.split_once(';').map_or(value, |(_, value)| value).trim().trim_matches(['<', '>'])
}

#[derive(Default)]
struct Group(Vec<(String, String)>);

impl Group {
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

fn groups(content: &str) -> Vec<Group> {
    let mut groups = alloc::vec![Group::default()];
    for line in content.lines() {
        let Some(group) = groups.last_mut() else { break };
        if line.trim().is_empty() {
            if !group.0.is_empty() {
                groups.push(Group::default());
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = group.0.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            group.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "Reporting-MTA: dns; mail.example.com\nArrival-Date: Mon, 3 Feb 2025 10:11:12 +0100\n\n";

    fn check(group: &str, expected: Option<(Option<&str>, &str, bool)>) {
        let expected = expected.map_or(Report::Other, |(recipient, reason, is_dead)| {
            let recipient = recipient.map(ToOwned::to_owned);
            Report::Failed(Bounce { recipient, reason: reason.to_owned(), is_dead })
        });
        assert_eq!(report(&alloc::format!("{HEAD}{group}")), expected, "{group}");
    }

    #[test]
    fn a_report_names_the_address_and_the_reason() {
        check(
            "Final-Recipient: rfc822; ann@acme.example\nAction: failed\nStatus: 5.1.1\n\
             Diagnostic-Code: smtp; 550 5.1.1 <ann@acme.example>:\n    User unknown\n",
            Some((Some("ann@acme.example"), "550 5.1.1 <ann@acme.example>: User unknown", true)),
        );
        check(
            "Original-Recipient: rfc822;ann@acme.example\nAction: Failed\nStatus: 5.7.1\nDiagnostic-Code: smtp;550 5.7.1 refused",
            Some((Some("ann@acme.example"), "550 5.7.1 refused", false)),
        );
        check("Action: failed\nStatus: 5.0.0\n", Some((None, "5.0.0", false)));
        check("Final-Recipient: rfc822; ann@acme.example\nAction: delayed\nStatus: 4.4.1\n", None);
        check("Action: delivered\nStatus: 2.0.0\n", None);
        assert_eq!(report("no report at all"), Report::Other);
    }

    #[test]
    fn an_address_is_at_fault_by_its_code() {
        let table = [
            ("5.1.1", true),
            ("5.1.10 Recipient not found", true),
            ("550-5.1.1 The email account does not exist", true),
            ("permanent error (550): 5.2.1 disabled", true),
            ("5.4.4 no route to host", true),
            ("550 mailbox unavailable", true),
            ("553 sorry", true),
            ("550 5.7.1 refused by policy", false),
            ("552 5.2.2 mailbox full", false),
            ("5.1.8 bad sender", false),
            ("554 transaction failed", false),
            ("4.2.2 mailbox full", false),
            ("10.5.1.1 is listed", false),
            ("", false),
        ];
        for (words, expected) in table {
            assert_eq!(is_address_fault(words), expected, "{words}");
        }
    }

    #[test]
    fn a_plain_report_is_one_of_a_mail_server_only() {
        let text = "Hi. This is the qmail-send program.\n\n<ann@acme.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n";
        let bounce = plain_bounce("MAILER-DAEMON@acme.example", text).expect("a bounce");
        assert_eq!((bounce.reason.as_str(), bounce.is_dead), ("Sorry, no mailbox here by that name. (#5.1.1)", true));
        assert_eq!(plain_bounce("ann@acme.example", text), None);
        assert_eq!(plain_bounce("postmaster@acme.example", "Hello, can we meet?"), None);
    }
}
