//! Any token of a handoff: what is taken was signed here, to the letter.

use super::Handoff;
use crate::clock::SystemChance;
use crate::data::server_key::{FILE, ServerKey};
use knock_model::Millis;

const NOW: Millis = Millis(1_780_000_000_000);

#[test]
fn handoff() {
    let dir = tempfile::tempdir().expect("a directory");
    std::fs::write(dir.path().join(FILE), "07".repeat(32)).expect("it is written");
    let key = ServerKey::open(dir.path(), &SystemChance).expect("it opens");
    knock_fuzz::target("handoff", |bytes| {
        let Ok(token) = std::str::from_utf8(bytes) else { return };
        let Ok(handoff) = Handoff::read(token, &key, NOW) else { return };
        assert_eq!(handoff.sign(&key).reveal(), token);
        assert!(NOW < handoff.expires_at);
        assert!(Handoff::read(token, &key, handoff.expires_at).is_err());
    });
}
