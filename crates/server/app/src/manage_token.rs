//! The token in the address by which a visitor moves or cancels their meeting: signed, without an end, stored nowhere.

use crate::data::server_key::ServerKey;
use crate::secret::hash;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use knock_model::MeetingId;
use knock_wire::RawSecret;

/// The purpose of the proof: no other token of this server can replace it.
const PURPOSE: &str = "meeting-manage";

/// Tokens of meetings.
pub(crate) struct ManageToken;

impl ManageToken {
    pub(crate) fn sign(meeting: MeetingId, key: &ServerKey) -> RawSecret {
        let mut token = meeting.as_bytes().to_vec();
        token.extend(&key.derive(PURPOSE, meeting.as_bytes())[..16]);
        BASE64_URL_SAFE_NO_PAD.encode(token).into()
    }

    /// The meeting that a token names; none when it was not signed here.
    pub(crate) fn open(token: &str, key: &ServerKey) -> Option<MeetingId> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
        let (id, _) = bytes.split_first_chunk::<16>()?;
        let meeting = MeetingId::from_bytes(*id);
        // Hashed, so that the time of the comparison does not depend on the proof.
        (hash(ManageToken::sign(meeting, key).reveal()) == hash(token)).then_some(meeting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemChance;

    fn key() -> ServerKey {
        let dir = tempfile::tempdir().expect("a directory");
        ServerKey::open(dir.path(), &SystemChance, || Ok(())).expect("it opens")
    }

    #[test]
    fn a_token_opens_its_meeting_and_nothing_else_does() {
        let (key, meeting) = (key(), MeetingId::new([7; 16]));
        let token = ManageToken::sign(meeting, &key).reveal().to_owned();
        assert_eq!(ManageToken::open(&token, &key), Some(meeting));
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&token).expect("it was encoded so");
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert_eq!(ManageToken::open(&BASE64_URL_SAFE_NO_PAD.encode(changed), &key), None, "{place}");
        }
        let foreign = ManageToken::sign(meeting, &self::key());
        for other in [foreign.reveal(), "", "x", "!", &token[1..], &format!("{token}AAAA")] {
            assert_eq!(ManageToken::open(other, &key), None, "{other}");
        }
    }
}
