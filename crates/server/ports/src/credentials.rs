//! Credentials of a vendor that a person enters: a form, and its values.

use std::collections::BTreeMap;
use std::fmt;

/// A field of credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CredentialField {
    /// The name in requests.
    pub name: &'static str,
    /// The display name.
    pub label: &'static str,
    /// A hint for who enters it; empty for none.
    pub hint: &'static str,
    /// Whether it is a secret. The others can be shown, as the public id of an app.
    pub is_secret: bool,
    /// The largest length, in bytes.
    pub longest: usize,
    /// The sentence about a value that cannot be right.
    pub wrong: &'static str,
}

/// Credentials that a person enters: the fields, and the steps by which a person gets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CredentialForm {
    pub fields: &'static [CredentialField],
    /// The steps at the vendor, as sentences.
    pub steps: &'static [&'static str],
}

/// Credentials by the names of their fields. The debug output contains no value.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials(pub BTreeMap<String, String>);

impl Credentials {
    /// The value of a field; empty if it is missing.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Whether no field has a value.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(String::is_empty)
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Credentials {
    fn from(fields: [(&str, &str); N]) -> Credentials {
        Credentials(fields.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.0.keys()).finish()
    }
}
