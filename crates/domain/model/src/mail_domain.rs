//! The kind of an e-mail address by its domain: a company's, a free provider's, a disposable one.

use crate::Email;
use crate::email::{is_of_country, meant_domain};

static DISPOSABLE: &str = include_str!("../data/disposable.txt");
static FREE: &str = include_str!("../data/free.txt");

/// The owner of an address by its domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailKind {
    /// Neither free nor throw-away: most likely the owner's company.
    Company,
    /// A free provider: says nothing about a company.
    Free,
    /// Made to be thrown away.
    Disposable,
}

impl MailKind {
    /// The kind of a mail domain in lower case; a subdomain counts as its parent. A mistyped domain of a great provider is
    /// a slip, not a company and not made to be thrown away.
    pub fn of(domain: &str) -> MailKind {
        if let Some(meant) = meant_domain(domain) {
            return if contains_line(FREE, &meant) { MailKind::Free } else { MailKind::Company };
        }
        if is_of_country(domain) {
            return MailKind::Free;
        }
        let mut rest = domain;
        loop {
            if contains_line(DISPOSABLE, rest) {
                return MailKind::Disposable;
            }
            if contains_line(FREE, rest) {
                return MailKind::Free;
            }
            match rest.split_once('.') {
                Some((_, parent)) if parent.contains('.') => rest = parent,
                _ => return MailKind::Company,
            }
        }
    }
}

/// Top-level domains that no mail is ever sent to (RFC 2606, RFC 6761); `example` stands in documents, and is let through.
const UNREACHABLE: [&str; 4] = ["invalid", "localhost", "test", "local"];
/// Texts that are typed to get past a form.
const TYPED: [&str; 14] =
    ["abc", "aaa", "asd", "asdf", "asdfasdf", "fake", "foo", "nomail", "none", "qwe", "qwerty", "spam", "test", "xxx"];

/// Whether an address was made up, as far as its text tells: nothing is asked of the network.
pub fn is_fake(email: &Email) -> bool {
    let (local, domain) = (email.as_str().split('@').next().unwrap_or_default(), email.domain());
    let Some((name, top)) = domain.rsplit_once('.') else { return true };
    let is_typed = |part: &str| TYPED.contains(&part) || is_one_letter(part);
    UNREACHABLE.contains(&top) || (is_typed(name) && (is_typed(local) || local == name))
}

/// Whether it is one letter over and over.
fn is_one_letter(part: &str) -> bool {
    let mut letters = part.chars();
    part.len() > 2 && letters.next().is_some_and(|first| letters.all(|letter| letter == first))
}

/// Binary search over sorted lines, without building an index.
fn contains_line(lines: &str, wanted: &str) -> bool {
    let (mut low, mut high) = (0, lines.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = lines[..middle].rfind('\n').map_or(0, |at| at + 1);
        let end = lines[start..].find('\n').map_or(lines.len(), |at| start + at);
        match lines[start..end].cmp(wanted) {
            core::cmp::Ordering::Equal => return true,
            core::cmp::Ordering::Less => low = end + 1,
            core::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_domains_are_told_apart() {
        let cases = [
            ("gmail.com", MailKind::Free),
            ("gmx.de", MailKind::Free),
            ("mailinator.com", MailKind::Disposable),
            ("x.mailinator.com", MailKind::Disposable),
            ("siemens.com", MailKind::Company),
            ("mail.acme.co.uk", MailKind::Company),
            ("gmial.com", MailKind::Free),
            ("hotmail.con", MailKind::Free),
            ("acme.con", MailKind::Company),
            ("tutanota.com", MailKind::Free),
            ("hey.com", MailKind::Free),
            ("mailbox.org", MailKind::Free),
            ("sfr.fr", MailKind::Free),
            ("privaterelay.appleid.com", MailKind::Free),
            ("users.noreply.github.com", MailKind::Free),
            ("mozmail.com", MailKind::Free),
            ("opayq.com", MailKind::Free),
            ("riseup.net", MailKind::Free),
            ("neuf.fr", MailKind::Free),
            ("netcologne.de", MailKind::Free),
            ("hotmail.be", MailKind::Free),
            ("yahoo.ae", MailKind::Free),
            ("outlook.com.ar", MailKind::Free),
            ("live.co.kr", MailKind::Free),
            ("gmx.co.uk", MailKind::Free),
            ("zohomail.in", MailKind::Free),
            ("movistar.es", MailKind::Free),
            ("saunalahti.fi", MailKind::Free),
            ("siol.net", MailKind::Free),
            ("pec.it", MailKind::Free),
            ("21cn.com", MailKind::Free),
            ("burnermail.io", MailKind::Free),
            ("users.noreply.gitlab.com", MailKind::Free),
            ("microsoft.com", MailKind::Company),
            ("github.com", MailKind::Company),
            ("gitlab.com", MailKind::Company),
            ("telefonica.com", MailKind::Company),
            ("vodafone.com", MailKind::Company),
            ("swisscom.com", MailKind::Company),
            ("live-nation.de", MailKind::Company),
            ("yahooinc.com", MailKind::Company),
            ("outlook-studio.de", MailKind::Company),
            ("yandex-team.ru", MailKind::Company),
            ("live.tools", MailKind::Company),
        ];
        for (domain, expected) in cases {
            assert_eq!(MailKind::of(domain), expected, "{domain}");
        }
    }

    #[test]
    fn every_line_of_both_lists_is_found() {
        for list in [DISPOSABLE, FREE] {
            assert!(list.lines().all(|line| contains_line(list, line)));
        }
    }

    #[test]
    fn what_is_typed_to_get_past_a_form_is_fake() {
        let cases = [
            ("test@test.com", true),
            ("asdf@asdf.de", true),
            ("aaa@aaaa.com", true),
            ("ann@nowhere.invalid", true),
            ("ann@intranet.local", true),
            ("test@siemens.com", false),
            ("ann@test.com", false),
            ("foo@bar.com", false),
            ("ann@first.example", false),
            ("ann@example.com", false),
        ];
        for (address, expected) in cases {
            let email = Email::parse(address).expect("an address");
            assert_eq!(is_fake(&email), expected, "{address}");
        }
    }
}
