//! The display name of a person.

use crate::{Email, PersonName, VisitorId};
use alloc::format;
use alloc::string::{String, ToString};

/// The name of a lead on every page, in every row and on every timeline: their own, else their address, else that of
/// the browser in which they were first seen. A lead of whom none is known is a `Visitor`.
pub fn display_name(name: &PersonName, email: Option<&Email>, first_seen_in: Option<VisitorId>) -> String {
    match (email, first_seen_in) {
        _ if !name.is_empty() => name.to_string(),
        (Some(email), _) => email.to_text(),
        (None, Some(visitor)) => visitor.label(),
        (None, None) => "Visitor".into(),
    }
}

impl VisitorId {
    /// A short name for an anonymous browser, such as `Visitor 3f9a`; two of many browsers may share it.
    pub fn label(self) -> String {
        // The front of the id is its time, alike for all visitors of an hour; the end is random.
        let bytes = self.as_bytes();
        format!("Visitor {:02x}{:02x}", bytes[14], bytes[15])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Millis;

    #[test]
    fn a_lead_is_shown_by_name_else_by_address_else_by_their_first_browser() {
        let (name, none) = (PersonName::parse("Ann Lee"), PersonName::default());
        let email = Email::parse("Ann@Globex.test").expect("an address");
        let visitor = VisitorId::new(Millis(0), &[0x3f; 10]);
        assert_eq!(display_name(&name, Some(&email), Some(visitor)), "Ann Lee");
        assert_eq!(display_name(&name, None, Some(visitor)), "Ann Lee");
        assert_eq!(display_name(&none, Some(&email), Some(visitor)), email.to_text());
        assert_eq!(display_name(&none, None, Some(visitor)), "Visitor 3f3f");
        assert_eq!(display_name(&none, None, None), "Visitor");
    }
}
