//! Any token of a handoff: what is taken was sealed here and says the same when it is sealed again.

use super::Handoff;
use crate::clock::SystemChance;
use crate::data::layout::SERVER_KEY;
use knock_model::Millis;

const NOW: Millis = Millis(1_780_000_000_000);

#[test]
fn handoff() {
    let dir = tempfile::tempdir().expect("a directory");
    std::fs::write(dir.path().join(SERVER_KEY), "07".repeat(32)).expect("it is written");
    let key = crate::data::server_key::open(dir.path(), &SystemChance, || Ok(())).expect("it opens");
    knock_fuzz::target("handoff", |bytes| {
        let Ok(token) = std::str::from_utf8(bytes) else { return };
        let Ok(handoff) = Handoff::open(token, &key, NOW) else { return };
        assert_eq!(Handoff::open(handoff.seal(&key, &SystemChance).reveal(), &key, NOW), Ok(handoff));
        assert!(NOW < handoff.expires_at);
        assert!(Handoff::open(token, &key, handoff.expires_at).is_err());
    });
}
