//! State of the Workflows pages: the list, the draft, dry runs, and the leads inside.

pub(crate) mod choices;
pub(crate) mod dry_runs;
pub(crate) mod editing;
pub(crate) mod form;
pub(crate) mod limits;
pub(crate) mod list;
pub(crate) mod runs;
pub(crate) mod saving;
pub(crate) mod switching;
