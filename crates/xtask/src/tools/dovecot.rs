//! Dovecot, the IMAP server of tests: Debian's package. Each test starts one of its own.

use std::path::PathBuf;

use super::{apt, on_path};

/// The variable in which tests find it.
pub(crate) const VARIABLE: &str = "KNOCK_TEST_DOVECOT";

/// Where Debian has it: not on the path of every user.
const DEBIAN: &str = "/usr/sbin/dovecot";

/// Makes sure that it is there; the program.
pub(crate) fn ensure() -> anyhow::Result<PathBuf> {
    if let Some(found) = found() {
        return Ok(found);
    }
    apt::install_without_services(&["dovecot-imapd"], "dovecot")?;
    Ok(found().unwrap_or_else(|| DEBIAN.into()))
}

fn found() -> Option<PathBuf> {
    on_path("dovecot").or_else(|| Some(PathBuf::from(DEBIAN)).filter(|program| program.is_file()))
}
