//! E-mail addresses as people type them.

mod meant;

pub use meant::is_near;
#[cfg(feature = "mail-domains")]
pub(crate) use meant::meant_domain;

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;

/// An address in its stored form: trimmed, the domain in lower case, the local part
/// in lower case too (no provider in use tells `Ann@` from `ann@`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

/// The text is no e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidEmail;

impl fmt::Display for InvalidEmail {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("is not an e-mail address")
    }
}

impl core::error::Error for InvalidEmail {}

impl Email {
    /// Reads an address: one `@`, a dotted domain, the lengths of RFC 5321.
    ///
    /// # Errors
    /// [`InvalidEmail`] for anything else.
    pub fn parse(text: &str) -> Result<Email, InvalidEmail> {
        // What is kept is what is checked: in lower case a letter may be longer, or become two.
        let text = text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c)).to_lowercase();
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidEmail)?;
        if is_local_part(local) && is_domain(domain) && text.len() <= 254 { Ok(Email(text)) } else { Err(InvalidEmail) }
    }

    /// The first address in a text, where people write it: signs of another script, brackets and paths end it, and the
    /// name of a file is none.
    pub fn find(text: &str) -> Option<Email> {
        text.match_indices('@').find_map(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + 1..]);
            let start = before.char_indices().rev().take_while(|(_, c)| is_beside(before.chars().next_back(), *c));
            let start = start.last().map_or(at, |(start, _)| start);
            let is_of_domain = |c: &char| is_beside(after.chars().next(), *c) && (is_letter(*c) || "-.".contains(*c));
            let length: usize = after.chars().take_while(is_of_domain).map(char::len_utf8).sum();
            let local = before[start..].trim_start_matches(['\'', '.', '-']);
            let domain = after[..length].trim_end_matches(['.', '-']);
            let is_file = domain.rsplit('.').next().is_some_and(|end| FILES.contains(&end.to_lowercase().as_str()));
            let email = Email::parse(&alloc::format!("{local}@{domain}")).ok()?;
            (!is_file && !after[length..].starts_with('@')).then_some(email)
        })
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The address as an owned text.
    pub fn to_text(&self) -> String {
        self.0.to_owned()
    }
}

/// Endings of files, in which people mark sizes with `@`: `logo@2x.png`.
const FILES: [&str; 20] = [
    "jpg", "jpeg", "png", "gif", "webp", "svg", "bmp", "heic", "pdf", "doc", "docx", "xls", "xlsx", "csv", "txt",
    "zip", "mp4", "css", "js", "html",
];

/// Marks without a shape that come along with copied text.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Letters and digits of all scripts, with the marks that belong to them (RFC 6531, 6532); but for the dot that a capital
/// `İ` leaves in small letters.
fn is_letter(c: char) -> bool {
    let is_mark = matches!(c, '\u{300}'..='\u{306}' | '\u{308}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{900}'..='\u{963}' | '\u{966}'..='\u{df3}' | '\u{e31}'..='\u{e4e}' | '\u{eb1}'..='\u{ecd}'
        | '\u{102b}'..='\u{103e}' | '\u{17b4}'..='\u{17d3}' | '\u{200c}' | '\u{200d}');
    c.is_alphanumeric() || is_mark
}

/// Whether a sign belongs to an address beside the sign at its `@`: of the same kind of script, or one of an address.
fn is_beside(near: Option<char>, c: char) -> bool {
    let is_latin = |c: char| u32::from(c) < 0x250;
    let is_same = near.is_some_and(|near| is_latin(near) == is_latin(c));
    is_letter(c) && is_same || "!#$%+-^_{|}~.'*".contains(c)
}

fn is_local_part(local: &str) -> bool {
    !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| is_letter(c) || "!#$%&'*+-/=?^_`{|}~.".contains(c))
}

fn is_domain(domain: &str) -> bool {
    let label_is_good = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| is_letter(c) || c == '-')
    };
    let Some((_, last)) = domain.rsplit_once('.') else { return false };
    domain.split('.').all(label_is_good) && last.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_people_type_are_read_and_others_refused() {
        let good = [
            (" Ann.Lee+demo@Example.COM ", "ann.lee+demo@example.com"),
            ("o'neil@müller.de", "o'neil@müller.de"),
            ("a@b.co", "a@b.co"),
            ("ann@acme.example\u{200e}", "ann@acme.example"),
            ("\u{feff}ann@acme.example", "ann@acme.example"),
            ("केन्द्र@उदाहरण.भारत", "केन्द्र@उदाहरण.भारत"),
            ("ศูนย์@ตัวอย่าง.ไทย", "ศูนย์@ตัวอย่าง.ไทย"),
        ];
        for (text, expected) in good {
            assert_eq!(Email::parse(text).map(|e| e.to_text()).as_deref(), Ok(expected));
        }
        for text in [
            "", "ann", "ann@", "@x.de", "a b@x.de", "a@x", "a@-x.de", "a@x..de", "a@x.1", "a@@x.de", "<a@x.de>",
            "İ@x.de",
        ] {
            assert_eq!(Email::parse(text), Err(InvalidEmail), "{text}");
        }
    }

    #[test]
    fn an_address_is_found_where_people_write_it() {
        let cases = [
            ("Mail me at Ann@Acme.example.", Some("ann@acme.example")),
            ("(ann@acme.example)!", Some("ann@acme.example")),
            ("ann@acme.example, bob@acme.example", Some("ann@acme.example")),
            ("we are @home, call me", None),
            ("o'hara@acme.example", Some("o'hara@acme.example")),
            ("'ann@acme.example'", Some("ann@acme.example")),
            ("写信到ann@acme.example谢谢", Some("ann@acme.example")),
            ("Mail：ann@müller.example", Some("ann@müller.example")),
            ("https://acme.example/login?email=ann@acme.example", Some("ann@acme.example")),
            ("mailto:ann@acme.example?subject=x", Some("ann@acme.example")),
            ("logo@2x.png is blurred, ann@acme.example", Some("ann@acme.example")),
            ("photo@large.gif", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Email::find(text).map(|email| email.to_text()).as_deref(), expected, "{text}");
        }
    }
}
