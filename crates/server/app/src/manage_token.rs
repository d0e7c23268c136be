//! The tokens in the addresses by which a visitor changes a meeting or confirms a booking: signed, stored nowhere.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use knock_context::ServerKey;
use knock_context::hash;
use knock_model::MeetingId;
use knock_wire::RawSecret;

/// Tokens to move or cancel a meeting, without an end.
pub(crate) struct ManageToken;

impl ManageToken {
    /// The purpose of the proof: no other token of this server can replace it.
    const PURPOSE: &str = "meeting-manage";

    pub(crate) fn sign(meeting: MeetingId, key: &ServerKey) -> RawSecret {
        sign(ManageToken::PURPOSE, meeting, key)
    }

    /// The meeting that a token names; none when it was not signed here.
    pub(crate) fn open(token: &str, key: &ServerKey) -> Option<MeetingId> {
        open(ManageToken::PURPOSE, token, key)
    }
}

/// Tokens to confirm a booking, which ends with its hold.
pub(crate) struct ConfirmToken;

impl ConfirmToken {
    /// The purpose of the proof: no other token of this server can replace it.
    const PURPOSE: &str = "booking-confirm";

    pub(crate) fn sign(booking: MeetingId, key: &ServerKey) -> RawSecret {
        sign(ConfirmToken::PURPOSE, booking, key)
    }

    /// The unconfirmed booking that a token names; none when it was not signed here.
    pub(crate) fn open(token: &str, key: &ServerKey) -> Option<MeetingId> {
        open(ConfirmToken::PURPOSE, token, key)
    }
}

fn sign(purpose: &str, id: MeetingId, key: &ServerKey) -> RawSecret {
    let mut token = id.as_bytes().to_vec();
    token.extend(&key.derive(purpose, id.as_bytes())[..16]);
    BASE64_URL_SAFE_NO_PAD.encode(token).into()
}

fn open(purpose: &str, token: &str, key: &ServerKey) -> Option<MeetingId> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
    let (id, _) = bytes.split_first_chunk::<16>()?;
    let id = MeetingId::from_bytes(*id);
    // Hashed, so that the time of the comparison does not depend on the proof.
    (hash(sign(purpose, id, key).reveal()) == hash(token)).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemChance;

    fn key() -> ServerKey {
        let dir = tempfile::tempdir().expect("a directory");
        crate::data::server_key::open(dir.path(), &SystemChance, || Ok(())).expect("it opens")
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
        let confirming = ConfirmToken::sign(meeting, &key);
        assert_eq!(ConfirmToken::open(confirming.reveal(), &key), Some(meeting));
        assert_eq!(ConfirmToken::open(&token, &key), None, "a token of another purpose");
        for other in [foreign.reveal(), confirming.reveal(), "", "x", "!", &token[1..], &format!("{token}AAAA")] {
            assert_eq!(ManageToken::open(other, &key), None, "{other}");
        }
    }
}
