//! The file that says where addresses are.

use anyhow::Context;
use knock_ingest::Locations;
use std::path::Path;

/// Reads it, if there is to be one. All of it is kept in memory; a newer file is read at the next start.
pub(crate) fn read(file: &Path) -> anyhow::Result<Option<Locations>> {
    if file.as_os_str().is_empty() {
        return Ok(None);
    }
    let named = || format!("`location_database`: {} cannot be read", file.display());
    let bytes = std::fs::read(file).with_context(named)?;
    Locations::read(bytes).map(Some).with_context(named)
}
