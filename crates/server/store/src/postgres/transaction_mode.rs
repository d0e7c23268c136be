//! The purpose of a transaction, which decides how it begins.

/// The beginning of a transaction that writes. Each statement sees what was committed before the lock was had. All rows
/// are looked up by their keys: a plan made while a table was small would go on reading all of it until somebody
/// analyses it.
macro_rules! writing {
    ($setting:literal) => {
        concat!(
            "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL plan_cache_mode = force_generic_plan; ",
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; ",
            $setting,
            "SELECT pg_advisory_xact_lock(1802401643, hashtext(current_schema()))"
        )
    };
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TransactionMode {
    /// Changing something: after everybody else who does, in this schema.
    Write,
    /// The same, and the commit does not wait for the disk.
    WriteAhead,
    /// Reading: all statements see the same.
    Read,
}

impl TransactionMode {
    pub(super) const fn beginning(self) -> &'static str {
        match self {
            TransactionMode::Write => writing!(""),
            TransactionMode::WriteAhead => writing!("SET LOCAL synchronous_commit = off; "),
            TransactionMode::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }
}
