//! Links to contents: signed, valid for one to two days, the same all day, and invalid once the file is erased.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use knock_context::ServerKey;
use knock_context::hash;
use knock_model::{FileId, Millis};
use knock_wire::Message;

/// The form of a file in a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The file, for download.
    Whole = 0,
    /// A small picture made by the server, for display.
    Preview = 1,
}

/// The target of a link, and its expiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) file: FileId,
    pub(super) form: Form,
    expires_at: Millis,
}

impl Link {
    /// A link that expires at the end of the next day.
    pub(super) fn new(file: FileId, form: Form, now: Millis) -> Link {
        let day = Millis::DAY.0;
        Link { file, form, expires_at: Millis((now.0.div_euclid(day) + 2) * day) }
    }

    /// The token at the end of its address.
    pub(super) fn sign(self, key: &ServerKey) -> String {
        let mut token = self.file.as_bytes().to_vec();
        token.extend(self.expires_at.0.to_be_bytes());
        token.push(self.form as u8);
        let proof = key.derive("file", &token);
        token.extend(&proof[..16]);
        BASE64_URL_SAFE_NO_PAD.encode(token)
    }

    /// The link of a token at the instant `now`; none if it was not signed here, or has expired.
    pub(super) fn open(token: &str, key: &ServerKey, now: Millis) -> Option<Link> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
        let (file, rest) = bytes.split_first_chunk::<16>()?;
        let (expires_at, rest) = rest.split_first_chunk::<8>()?;
        let form = match rest.first()? {
            0 => Form::Whole,
            1 => Form::Preview,
            _ => return None,
        };
        let link = Link { file: FileId::from_bytes(*file), form, expires_at: Millis(i64::from_be_bytes(*expires_at)) };
        // Hashed, so that the time of the comparison does not depend on the proof.
        let is_signed = hash(&link.sign(key)) == hash(token);
        (is_signed && now < link.expires_at).then_some(link)
    }
}

/// Adds the addresses of contents to messages for a response.
pub(in crate::http) fn link(messages: &mut [Message], key: &ServerKey, now: Millis) {
    let url = |file, form| format!("/v1/files/{}", Link::new(file, form, now).sign(key));
    for file in messages.iter_mut().flat_map(|message| &mut message.files) {
        file.url = url(file.file, Form::Whole);
        if let Some(preview) = &mut file.preview {
            preview.url = url(preview.file, Form::Preview);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemChance;

    const NOW: Millis = Millis(1_780_000_000_000);

    fn key() -> ServerKey {
        let dir = tempfile::tempdir().expect("a directory");
        crate::data::server_key::open(dir.path(), &SystemChance, || Ok(())).expect("it opens")
    }

    fn a_link() -> Link {
        Link::new(FileId::new(NOW, &[7; 10]), Form::Whole, NOW)
    }

    #[test]
    fn a_link_is_the_same_all_day_and_ends_with_the_next() {
        let (key, link) = (key(), a_link());
        let midnight = Millis(NOW.0.div_euclid(Millis::DAY.0) * Millis::DAY.0);
        let later = Link::new(link.file, Form::Whole, midnight + Millis::DAY - Millis(1));
        assert_eq!(link.sign(&key), later.sign(&key));
        let open = |now| Link::open(&link.sign(&key), &key, now);
        assert_eq!(open(NOW), Some(link));
        assert_eq!(open(midnight + Millis::days(2) - Millis(1)), Some(link));
        assert_eq!(open(midnight + Millis::days(2)), None);
    }

    #[test]
    fn whatever_else_opens_nothing() {
        let (key, link) = (key(), a_link());
        let token = link.sign(&key);
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(&token).expect("it was encoded so");
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert_eq!(Link::open(&BASE64_URL_SAFE_NO_PAD.encode(changed), &key, NOW), None, "{place}");
        }
        for other in [link.sign(&self::key()), String::new(), "!".into(), token[1..].into(), format!("{token}AAAA")] {
            assert_eq!(Link::open(&other, &key, NOW), None, "{other}");
        }
    }
}
