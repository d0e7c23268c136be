//! The file with the server's own secret.

use crate::data::layout::{SERVER_KEY, SERVER_KEY_DRAFT};
use crate::data::names::keep_name;
use anyhow::{Context, ensure};
use knock_context::ServerKey;
use knock_ports::{Chance, Store};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

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
            Ok(ServerKey::new(key))
        }
        Err(error) => Err(error).with_context(|| format!("reading {}", file.display())),
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

impl LostKey {
    /// Checks that the secret is that of the workspace, by its fingerprint in the database.
    pub(crate) fn compare(self, store: &dyn Store, key: &ServerKey, data: &Path) -> anyhow::Result<()> {
        let mut stored = None;
        store.read(&mut |view| {
            stored = view.key_fingerprint()?;
            Ok(())
        })?;
        let is_own = stored.is_none_or(|stored| stored == fingerprint(key));
        ensure!(is_own || self == LostKey::Replace, "{}", other_key(data));
        Ok(())
    }
}

/// What the database keeps of a secret: it says whether two are equal, and nothing else.
pub(crate) fn fingerprint(key: &ServerKey) -> String {
    hex::encode(&key.derive("fingerprint", b"")[..16])
}

/// The refusal of a secret of another workspace.
pub(crate) fn other_key(data: &Path) -> String {
    format!(
        "{} is not the secret.key of this workspace: mailed links, webhook signatures, connected accounts and identify \
         secrets would differ. Copy the file from the data directory of another server of the workspace, or from where it \
         was kept with the backup of the database. If it is lost, `knock serve --new-secret-key` takes this one",
        data.join(SERVER_KEY).display()
    )
}

fn parse(text: &str) -> anyhow::Result<ServerKey> {
    let mut key = [0; 32];
    ensure!(hex::decode_to_slice(text.trim(), &mut key).is_ok(), "this is not a secret of 64 hex digits");
    Ok(ServerKey::new(key))
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
        let open = || super::open(dir.path(), &SystemChance, || Ok(())).expect("it opens");
        let (first, second) = (open(), open());
        assert_eq!(first.derive("a", b""), second.derive("a", b""));
        let mode = fs::metadata(dir.path().join(SERVER_KEY)).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_spoilt_secret_is_named_and_not_replaced() {
        let dir = tempfile::tempdir().expect("a directory");
        for text in ["", "abc", &"g".repeat(64), &"a".repeat(66)] {
            fs::write(dir.path().join(SERVER_KEY), text).expect("written");
            let error = super::open(dir.path(), &SystemChance, || Ok(())).err().expect("refused");
            assert!(format!("{error:#}").contains("secret.key"), "{error:#}");
            assert_eq!(fs::read_to_string(dir.path().join(SERVER_KEY)).expect("it is there"), text);
        }
    }
}
