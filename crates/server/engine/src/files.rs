//! Comparison of file contents with their rows.

use knock_model::{FileId, Millis};
use knock_ports::{Files, Store, StoreError, StoredFile, View};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The time for which a content may be without its row: it is stored first.
const UNDER_WAY: Millis = Millis(60 * Millis::MINUTE.0);

/// The result of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilesChecked {
    /// The number of removed contents without a row.
    pub leftovers: u64,
    /// Files whose content is missing, or is not what was stored.
    pub damaged: Vec<FileId>,
}

/// Removes contents that have had no row for an hour, and finds rows without their content.
///
/// # Errors
/// When the database or the directory of the contents fails.
pub fn check_files(store: &dyn Store, files: &dyn Files, now: Millis) -> Result<FilesChecked, StoreError> {
    let mut checked = FilesChecked::default();
    // Listed first: what is stored meanwhile is in the rows.
    let ids = files.ids()?;
    let rows = read(store, |view| view.all_files())?;
    let known: BTreeSet<FileId> = rows.iter().map(|file| file.id).collect();
    for id in ids.into_iter().filter(|id| !known.contains(id) && id.at() + UNDER_WAY <= now) {
        files.remove(id)?;
        checked.leftovers += 1;
    }
    for file in &rows {
        // A file that is gone by now was erased meanwhile.
        if !is_whole(file, files)? && read(store, |view| view.find_file(file.id))?.is_some() {
            tracing::error!(file = %file.id, "the content of a file is missing, or is not what was stored");
            checked.damaged.push(file.id);
        }
    }
    Ok(checked)
}

fn is_whole(file: &StoredFile, files: &dyn Files) -> Result<bool, StoreError> {
    Ok(files.get(file.id)?.is_some_and(|content| Sha256::digest(content)[..] == file.sha256))
}

fn read<T: Default>(store: &dyn Store, query: impl Fn(&dyn View) -> Result<T, StoreError>) -> Result<T, StoreError> {
    let mut found = T::default();
    store.read(&mut |view| {
        found = query(view)?;
        Ok(())
    })?;
    Ok(found)
}
