//! The prefix of the fields that are created in a CRM.

use alloc::borrow::ToOwned;
use alloc::string::String;

/// The longest prefix, in characters.
const LONGEST: usize = 20;

/// The prefix of the names of created properties, and of some labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefix(String);

impl Default for Prefix {
    fn default() -> Prefix {
        Prefix("Knock".to_owned())
    }
}

impl Prefix {
    /// Reads one: a word or several, of letters and digits as property names have them.
    ///
    /// # Errors
    /// What is wrong, for the person who wrote it.
    pub fn parse(text: &str) -> Result<Prefix, &'static str> {
        let text = text.trim();
        if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Err("must begin with a letter from a to z, as names of properties do");
        }
        if !text.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ') || text.contains("  ") {
            return Err("can have letters from a to z, digits and single spaces");
        }
        if text.len() > LONGEST { Err("is longer than 20 characters") } else { Ok(Prefix(text.to_owned())) }
    }

    /// The form in labels.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in names of properties.
    pub fn name(&self) -> String {
        self.0.to_ascii_lowercase().replace(' ', "_")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_fit_into_names_of_properties() {
        for (text, name) in [("Knock", "knock"), (" Acme 2 ", "acme_2"), ("x", "x")] {
            assert_eq!(Prefix::parse(text).map(|prefix| prefix.name()).as_deref(), Ok(name));
        }
        for wrong in ["", " ", "2nd", "Größe", "a  b", "a_b", "a-b", "abcdefghijklmnopqrstu"] {
            assert!(Prefix::parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Prefix::default().name(), "knock");
    }
}
