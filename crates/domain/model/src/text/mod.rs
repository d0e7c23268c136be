//! Texts of strangers by kind, cleaned once where they come in.

mod clean;
#[cfg(feature = "serde")]
mod json;
mod secret;
mod web_address;

pub(crate) use web_address::{is_common_top, is_country};

pub use clean::{many_lines, one_line};
pub use secret::{MASK, is_secret_name, without_cards};

use alloc::string::String;
use clean::cut;
use core::fmt;
use core::ops::Deref;

/// Declares a kind of text: whatever text it is parsed from, it has no control characters, no bidirectional controls and
/// at most `MAX` characters.
macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident, $max:literal, $read:expr;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The maximum length, in characters; a longer text keeps its beginning.
            pub const MAX: usize = $max;

            /// Cleans a text; nothing may be left of it.
            pub fn parse(text: &str) -> $name {
                let read: fn(&str, usize) -> String = $read;
                $name(read(text, Self::MAX))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The owned text.
            pub fn into_text(self) -> String {
                self.0
            }
        }

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> $name {
                $name::parse(text)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> $name {
                $name::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }
    )+};
}

kinds! {
    /// The name of a person: one line, without words that are web or e-mail addresses.
    PersonName, 200, |text, max| cut(&web_address::without_addresses(&cut(&one_line(text), max)), max);
    /// The subject of a mail, the title of a meeting: one line.
    Subject, 300, |text, max| cut(&one_line(text), max);
    /// A short text on one line: a question, the name of a company, a form or a link, a value of a field.
    Label, 500, |text, max| cut(&one_line(text), max);
    /// The location of a meeting, often an address of the web: one line.
    Location, 1_000, |text, max| cut(&one_line(text), max);
    /// An answer to a question of a link: at most 50 lines.
    Answer, 500, |text, max| cut(&many_lines(text, 50), max);
    /// The reason of a cancellation or a change: at most 50 lines.
    Reason, 1_000, |text, max| cut(&many_lines(text, 50), max);
    /// The description of a meeting: at most 1,000 lines.
    Description, 16_000, |text, max| cut(&many_lines(text, 1_000), max);
}

#[cfg(test)]
mod laws;
