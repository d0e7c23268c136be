//! The server's own secret: its signing keys are derived from it, one for each purpose, and stored nowhere else.

use crate::data::layout::{SERVER_KEY, SERVER_KEY_DRAFT};
use crate::data::names::keep_name;
use anyhow::{Context, ensure};
use hmac::{Hmac, KeyInit, Mac};
use knock_ports::{Chance, Store};
use sha2::Sha256;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// 256 bits that never leave the server.
pub(crate) struct ServerKey([u8; 32]);

impl ServerKey {
    /// The secret of this data directory, created if there is none yet and `may_make` agrees.
    pub(crate) fn open(
        data: &Path,
        chance: &dyn Chance,
        may_make: impl FnOnce() -> anyhow::Result<()>,
    ) -> anyhow::Result<ServerKey> {
        let file = data.join(SERVER_KEY);
        match fs::read_to_string(&file) {
            Ok(text) => parse(&text).with_context(|| format!("in {}", file.display())),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                may_make().with_context(|| format!("{} is missing", file.display()))?;
                let key = chance.bytes32();
                write(&file, &key).with_context(|| format!("making {}", file.display()))?;
                Ok(ServerKey(key))
            }
            Err(error) => Err(error).with_context(|| format!("reading {}", file.display())),
        }
    }

    /// The key for a purpose; `of` distinguishes several of that purpose.
    pub(crate) fn derive(&self, purpose: &str, of: &[u8]) -> [u8; 32] {
        let mut mac = keyed(&self.0);
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(of);
        mac.finalize().into_bytes().into()
    }
}

/// The consequence of a secret that is missing beside a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LostKey {
    /// The server does not start: what was signed with it or sealed by it would end.
    Refuse,
    Replace,
}

impl LostKey {
    /// Whether a secret may be made for this database: one without a workspace is new.
    pub(crate) fn check(self, store: &dyn Store) -> anyhow::Result<()> {
        let mut has_workspace = false;
        store.read(&mut |view| {
            has_workspace = !view.members()?.is_empty();
            Ok(())
        })?;
        ensure!(
            !has_workspace || self == LostKey::Replace,
            "this database has a workspace, whose mailed links, connected accounts and passwords of calendars need \
             that file: copy it from the data directory of another server, or bring a backup back with `knock restore`. \
             If it is lost, `knock serve --new-secret-key` makes another one"
        );
        Ok(())
    }
}

/// An HMAC-SHA256 with this key.
pub(crate) fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of any length")
}

fn parse(text: &str) -> anyhow::Result<ServerKey> {
    let mut key = [0; 32];
    ensure!(hex::decode_to_slice(text.trim(), &mut key).is_ok(), "this is not a secret of 64 hex digits");
    Ok(ServerKey(key))
}

/// Writes atomically: a server killed meanwhile must be able to start. The file is synced before its key is used.
fn write(file: &Path, key: &[u8; 32]) -> std::io::Result<()> {
    let draft = file.with_file_name(SERVER_KEY_DRAFT);
    let mut open = OpenOptions::new();
    let mut written = open.write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    writeln!(written, "{}", hex::encode(key))?;
    written.sync_all()?;
    fs::rename(draft, file)?;
    keep_name(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemChance;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_secret_is_made_once_and_only_its_owner_can_read_it() {
        let dir = tempfile::tempdir().expect("a directory");
        let open = || ServerKey::open(dir.path(), &SystemChance, || Ok(())).expect("it opens");
        let (first, second) = (open(), open());
        assert_eq!(first.0, second.0);
        let mode = fs::metadata(dir.path().join(SERVER_KEY)).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn each_purpose_has_a_key_of_its_own() {
        let key = ServerKey([7; 32]);
        let keys = [key.derive("a", b"b"), key.derive("ab", b""), key.derive("a", b"c"), key.derive("a", b"")];
        for (place, one) in keys.iter().enumerate() {
            assert!(!keys[place + 1..].contains(one));
        }
        assert_eq!(keys[0], ServerKey([7; 32]).derive("a", b"b"));
    }

    #[test]
    fn a_spoilt_secret_is_named_and_not_replaced() {
        let dir = tempfile::tempdir().expect("a directory");
        for text in ["", "abc", &"g".repeat(64), &"a".repeat(66)] {
            fs::write(dir.path().join(SERVER_KEY), text).expect("written");
            let error = ServerKey::open(dir.path(), &SystemChance, || Ok(())).err().expect("refused");
            assert!(format!("{error:#}").contains("secret.key"), "{error:#}");
            assert_eq!(fs::read_to_string(dir.path().join(SERVER_KEY)).expect("it is there"), text);
        }
    }
}
