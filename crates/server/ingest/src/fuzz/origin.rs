//! Any `Origin`: a parsed one is a bare web origin, and its canonical form parses to itself.

use crate::Origin;

#[test]
fn origin() {
    knock_fuzz::target("origin", |bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        let Some(origin) = Origin::parse(text) else { return };
        let written = origin.to_text();
        assert!(written.is_ascii() && !written.contains(char::is_whitespace), "{written:?}");
        let (scheme, rest) = written.split_once("://").expect("a scheme");
        assert!(matches!(scheme, "http" | "https"), "{written}");
        assert!(!rest.is_empty() && !rest.contains(['/', '?', '#', '@', '\\']), "{written}");
        let again = Origin::parse(&written).expect("it reads back");
        assert_eq!(again.to_text(), written);
        assert_eq!(again.is_loopback(), origin.is_loopback());
    });
}
