//! The e-mail address in a message, as it is meant.

use alloc::string::String;
use alloc::vec::Vec;
use knock_model::Email;

/// An address in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeantEmail {
    /// The address as it is probably meant.
    pub email: Email,
    /// Whether it was typed like that. Another one is asked back before it is used.
    pub is_as_typed: bool,
}

/// Words for the at sign, and for the dot.
const AT: [&str; 8] = ["at", "(at)", "[at]", "ät", "arroba", "arobase", "arobas", "klammeraffe"];
const DOT: [&str; 7] = ["dot", "(dot)", "[dot]", "punkt", "punto", "point", "."];

/// The first address, with its slips mended.
pub(super) fn address(text: &str) -> Option<MeantEmail> {
    if let Some(email) = Email::find(text) {
        let meant = email.meant();
        let is_as_typed = meant.is_none();
        return Some(MeantEmail { email: meant.unwrap_or(email), is_as_typed });
    }
    let written = signs_for_words(text);
    let email = Email::find(&written).or_else(|| written.split_whitespace().find_map(Email::without_dot))?;
    Some(MeantEmail { email: email.meant().unwrap_or(email), is_as_typed: false })
}

/// The text with signs for the words that stand for them in an address: `ann at acme dot com`.
fn signs_for_words(text: &str) -> String {
    let lower = text.to_lowercase().replace("(at)", " (at) ").replace("[at]", " (at) ").replace('@', " @ ");
    let lower = lower.replace(",com", ".com").replace("[dot]", " (dot) ").replace("(dot)", " (dot) ");
    let words: Vec<&str> = lower.split_whitespace().collect();
    let has_dot = words.iter().any(|word| DOT.contains(word));
    let mut written = String::new();
    let mut is_joined = true;
    for (at, word) in words.iter().enumerate() {
        let is_between = at > 0 && at + 1 < words.len();
        let is_clear = matches!(*word, "@" | "(at)" | "arroba" | "arobase" | "arobas" | "klammeraffe");
        let sign = match *word {
            word if is_between && (is_clear || has_dot) && (word == "@" || AT.contains(&word)) => Some('@'),
            word if is_between && DOT.contains(&word) && written.contains('@') => Some('.'),
            _ => None,
        };
        match sign {
            Some(sign) => written.push(sign),
            None if is_joined => written.push_str(word),
            None => {
                written.push(' ');
                written.push_str(word);
            }
        }
        is_joined = sign.is_some();
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_is_meant() {
        for (text, expected, is_as_typed) in [
            ("it is Ann@Acme.example", "ann@acme.example", true),
            ("ann@gmial.com", "ann@gmail.com", false),
            ("sorry, ann@gmail.com not gmial", "ann@gmail.com", true),
            ("ann at acme dot com", "ann@acme.com", false),
            ("ann.lee (at) acme.example", "ann.lee@acme.example", false),
            ("ann ät acme punkt de", "ann@acme.de", false),
            ("ana arroba acme punto es", "ana@acme.es", false),
            ("ann @ acme.example", "ann@acme.example", false),
            ("ann@hotmailcom", "ann@hotmail.com", false),
            ("ann@gmail", "ann@gmail.com", false),
            ("ann@acme.comPhone 030", "ann@acme.com", true),
            ("ann@gmail,com", "ann@gmail.com", false),
            ("ann@gmail.fr", "ann@gmail.com", false),
        ] {
            let found = address(text).expect(text);
            assert_eq!((found.email.as_str(), found.is_as_typed), (expected, is_as_typed), "{text}");
        }
        for text in [
            "we meet at 5",
            "are you at home.",
            "@home",
            "the point is at the end",
            "banner@2x.jpg",
            "no-reply@acme.example",
        ] {
            assert_eq!(address(text), None, "{text}");
        }
    }
}
