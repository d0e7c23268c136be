//! The display name of a person.

use crate::{Email, VisitorId};
use alloc::format;
use alloc::string::String;

/// The name of a lead on every page, in every row and on every timeline: their address, else that of the browser in
/// which they were first seen. A lead of whom neither is known is a `Visitor`.
pub fn display_name(email: Option<&Email>, first_seen_in: Option<VisitorId>) -> String {
    match (email, first_seen_in) {
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
    fn an_address_names_a_lead_and_else_their_first_browser() {
        let email = Email::parse("Ann@Globex.test").expect("an address");
        let visitor = VisitorId::new(Millis(0), &[0x3f; 10]);
        assert_eq!(display_name(Some(&email), Some(visitor)), email.to_text());
        assert_eq!(display_name(None, Some(visitor)), "Visitor 3f3f");
        assert_eq!(display_name(None, None), "Visitor");
    }
}
