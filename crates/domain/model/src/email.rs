//! E-mail addresses as people type them.

mod file_endings;
mod found;
mod meant;
mod sign;

pub use meant::is_near;
#[cfg(feature = "mail-domains")]
pub(crate) use meant::{is_of_country, meant_domain};

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;
use sign::{is_invisible, is_joiner, is_letter, narrow};

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
    /// Reads an address: one `@`, a dotted domain, the lengths of RFC 5321. Marks without a shape are left out, and wide
    /// letters are read as the narrow ones that are meant.
    ///
    /// # Errors
    /// [`InvalidEmail`] for anything else.
    pub fn parse(text: &str) -> Result<Email, InvalidEmail> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
        // The sign for a letter that could not be read stands for one: without it the address would be another person's.
        let is_seen = |c: &char| !is_invisible(*c) || is_joiner(*c) || *c == UNREADABLE;
        let text = text.replace(IDEOGRAPHIC_STOPS, ".");
        // What is kept is what is checked: in lower case a letter may be longer, or become two.
        let text = text.chars().filter(is_seen).map(narrow).collect::<String>().to_lowercase();
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidEmail)?;
        if is_local_part(local) && is_domain(domain) && text.len() <= 254 { Ok(Email(text)) } else { Err(InvalidEmail) }
    }

    /// The first address in a text, where people write it: signs of another script, marks, brackets and paths end it, and the
    /// name of a file is none, nor the user in a web address, nor an address whose mail no person reads.
    pub fn find(text: &str) -> Option<Email> {
        found::find(text)
    }

    /// Whether mail to this address is read by no person: those from which systems only send.
    pub fn is_unread(&self) -> bool {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or_default();
        let name: String = local.chars().filter(|c| !"-_.".contains(*c)).collect();
        let name = name.split('+').next().unwrap_or_default();
        let is_of_system = UNREAD.iter().any(|word| name.starts_with(word) || name.ends_with(word)) || is_bounce(name);
        is_of_system || domain.split('.').any(|label| matches!(label, "noreply" | "no-reply"))
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

/// Names of addresses from which systems only send, without their marks, in languages of great senders.
const UNREAD: [&str; 11] = [
    "noreply",
    "donotreply",
    "dontreply",
    "mailerdaemon",
    "nichtantworten",
    "keineantwort",
    "nepasrepondre",
    "noresponder",
    "naoresponda",
    "naoresponder",
    "nonrispondere",
];
/// The sign that programs show for a letter that they could not read.
const UNREADABLE: char = '\u{fffd}';
/// The full stops of East Asian keyboards, which separate the labels of a domain (RFC 3490, 3.1).
const IDEOGRAPHIC_STOPS: [char; 2] = ['\u{3002}', '\u{ff61}'];

/// A small letter with the dot that a capital `İ` leaves: another letter than was typed.
const DOTTED: &str = "i\u{307}";

/// The sender of what could not be delivered: `bounces+12`.
fn is_bounce(name: &str) -> bool {
    matches!(name, "bounce" | "bounces")
}

fn is_local_part(local: &str) -> bool {
    !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && !local.contains(DOTTED)
        && local.chars().all(|c| is_letter(c) || "!#$%&'*+-/=?^_`{|}~.".contains(c))
}

fn is_domain(domain: &str) -> bool {
    let label_is_good = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.contains(DOTTED)
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
            ("សួស្តី@ឧទាហរណ៍.ខ្មែរ", "សួស្តី@ឧទាហរណ៍.ខ្មែរ"),
            ("info@မြန်မာ.example", "info@မြန်မာ.example"),
            ("བོད@example.net", "བོད@example.net"),
            ("مُحَمَّد@مثال.السعودية", "مُحَمَّد@مثال.السعودية"),
            ("z\u{307}aba@acme.example", "z\u{307}aba@acme.example"),
            ("می\u{200c}خواهم@مثال.ایران", "می\u{200c}خواهم@مثال.ایران"),
            ("\u{2066}ann@\u{200b}acme.example\u{2069}\u{fffc}", "ann@acme.example"),
            ("ａｎｎ＠ａｃｍｅ．ｅｘａｍｐｌｅ", "ann@acme.example"),
            ("\u{0}ann@acme.example\r\n", "ann@acme.example"),
            ("\u{202a}ann@acme.example\u{202c}", "ann@acme.example"),
            ("ann@acme.example\u{fe0f}\u{17b4}", "ann@acme.example"),
            ("ann@acme.example\u{1d173}\u{e0020}", "ann@acme.example"),
            ("\u{fffd}ann@acme.example", "ann@acme.example"),
            ("ann@acme。example", "ann@acme.example"),
            ("ann﹫acme｡example", "ann@acme.example"),
            ("𝗮𝗻𝗻@𝑎𝑐𝑚𝑒.𝚎𝚡𝚊𝚖𝚙𝚕𝚎", "ann@acme.example"),
            ("𝐴𝑛𝑛𝟙@acme.example", "ann1@acme.example"),
            ("o’hara@acme.example", "o'hara@acme.example"),
            ("o´hara@acme.example", "o'hara@acme.example"),
            ("ann‑lee@acme‐corp.example", "ann-lee@acme-corp.example"),
            ("தமிழ்@உதாரணம்.இந்தியா", "தமிழ்@உதாரணம்.இந்தியா"),
            ("മലയാളം@ഉദാഹരണം.ഭാരതം", "മലയാളം@ഉദാഹരണം.ഭാരതം"),
            ("සිංහල@උදාහරණ.ලංකා", "සිංහල@උදාහරණ.ලංකා"),
            ("ދިވެހި@މިސާލު.example", "ދިވެހި@މިސާލު.example"),
            ("שָׁלוֹם@דוגמה.example", "שָׁלוֹם@דוגמה.example"),
            ("አማርኛ@ምሳሌ.ኢትዮጵያ", "አማርኛ@ምሳሌ.ኢትዮጵያ"),
            ("ann٣@مثال.example", "ann٣@مثال.example"),
            ("r&d/ann=x@acme.example", "r&d/ann=x@acme.example"),
            ("ann@xn--mller-kva.example", "ann@xn--mller-kva.example"),
        ];
        for (text, expected) in good {
            assert_eq!(Email::parse(text).map(|e| e.to_text()).as_deref(), Ok(expected));
        }
        for text in [
            "",
            "ann",
            "ann@",
            "@x.de",
            "a b@x.de",
            "a@x",
            "a@-x.de",
            "a@x..de",
            "a@x.1",
            "a@@x.de",
            "<a@x.de>",
            "İ@x.de",
            "ann@acme।example",
            "ann@x.de،",
            "\u{3164}@x.de",
            "☎@x.de",
            "m\u{fffd}ller@x.de",
            "ann@x–y.de",
            "ann\u{a0}lee@x.de",
            "ann@1.2.3.4",
            "ann@a_b.de",
            "ann@☃.de",
        ] {
            assert_eq!(Email::parse(text), Err(InvalidEmail), "{text}");
        }
    }

    #[test]
    fn systems_read_no_mail() {
        for (text, expected) in [
            ("12345+ann@users.noreply.github.com", true),
            ("no-reply@acme.example", true),
            ("do_not_reply@acme.example", true),
            ("noreply+ab12@acme.example", true),
            ("calendar-noreply@acme.example", true),
            ("noreply-ab12@acme.example", true),
            ("nicht-antworten@acme.example", true),
            ("ne.pas.repondre@acme.example", true),
            ("no-responder@acme.example", true),
            ("nao_responda@acme.example", true),
            ("bounces+12@acme.example", true),
            ("reply@acme.example", false),
            ("norah.reply@acme.example", false),
            ("bouncer@acme.example", false),
            ("postmaster@acme.example", false),
            ("nora@acme.example", false),
            ("x7k@privaterelay.appleid.com", false),
        ] {
            assert_eq!(Email::parse(text).map(|email| email.is_unread()), Ok(expected), "{text}");
        }
    }
}
