//! Browsers, PostgreSQL, Python, dovecot and npm packages of the later stages, installed while crates are compiled.

use crate::tools::browser::Browser;
use crate::tools::{dovecot, npm, other_browsers, postgres, python};

/// Installs what is missing; a stage that needs something else says so itself.
pub(super) fn install() -> anyhow::Result<()> {
    Browser::ensure()?.for_scripts();
    other_browsers::firefox()?;
    postgres::programs()?;
    python::ensure()?;
    dovecot::ensure()?;
    npm::ensure()?;
    npm::ensure_in("tests/openapi")
}
