//! Classifies failures of PostgreSQL.

use knock_ports::StoreError;
use std::error::Error as _;
use tokio_postgres::Error;
use tokio_postgres::error::{DbError, Severity, SqlState};

/// The meaning of a failed statement.
pub(super) fn broken(error: &Error) -> StoreError {
    match error.as_db_error() {
        Some(refused) => refusal(refused.code(), &words(refused.code(), refused.message())),
        None if is_cut(error) => StoreError::Busy,
        None => StoreError::Broken(error.to_string()),
    }
}

/// A refusal in the words of the server. Those about values (class 22) repeat them, so that only their code is shown; the
/// values of a row are in its details, which are not.
fn words(code: &SqlState, message: &str) -> String {
    let is_about_values = code.code().starts_with("22");
    let message = if is_about_values { "a value was refused" } else { message };
    format!("{message} (SQLSTATE {})", code.code())
}

fn refusal(code: &SqlState, text: &str) -> StoreError {
    const AGAIN: [SqlState; 9] = [
        SqlState::LOCK_NOT_AVAILABLE,
        SqlState::QUERY_CANCELED,
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::TOO_MANY_CONNECTIONS,
        SqlState::OUT_OF_MEMORY,
        // What follows a fail-over or an upgrade that another server ran.
        SqlState::READ_ONLY_SQL_TRANSACTION,
        SqlState::FEATURE_NOT_SUPPORTED,
        SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
    ];
    if *code == SqlState::DISK_FULL {
        StoreError::Full
    } else if AGAIN.contains(code) || code.code().starts_with("57P") || code.code().starts_with("08") {
        StoreError::Busy
    } else {
        StoreError::Broken(text.to_owned())
    }
}

/// Whether the connection is of no more use after this.
pub(super) fn ends_connection(error: &Error) -> bool {
    error.as_db_error().map_or_else(|| is_cut(error), ends)
}

fn ends(refused: &DbError) -> bool {
    let is_fatal = matches!(refused.parsed_severity(), Some(Severity::Fatal | Severity::Panic));
    // Another connection may lead to the server that now writes, and has no plans for tables that have changed.
    let is_stale = [SqlState::READ_ONLY_SQL_TRANSACTION, SqlState::FEATURE_NOT_SUPPORTED].contains(refused.code());
    is_fatal || is_stale
}

/// Whether the network failed, not a statement.
fn is_cut(error: &Error) -> bool {
    error.is_closed() || error.source().is_some_and(|source| source.is::<std::io::Error>())
}

/// The error of the first connection.
pub(super) fn connecting(reason: &str) -> StoreError {
    StoreError::Broken(format!("the PostgreSQL database cannot be opened: {reason}"))
}

/// The reason of a failed connection, with its cause. Later errors may contain data of people.
pub(super) fn unreached(error: &Error) -> String {
    if let Some(refused) = error.as_db_error() {
        return words(refused.code(), refused.message());
    }
    let mut said = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        said = format!("{said}: {cause}");
        next = cause.source();
    }
    said
}

/// The error of a missing thread for connections.
#[expect(clippy::needless_pass_by_value, reason = "the shape map_err wants")]
pub(super) fn started(error: std::io::Error) -> StoreError {
    StoreError::Broken(format!("connections cannot be made: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_is_busy_a_full_disk_is_full_and_a_bug_is_broken() {
        let kind = |code: &SqlState| match refusal(code, "") {
            StoreError::Full => "full",
            StoreError::Busy => "busy",
            StoreError::ReadOnly(_) | StoreError::Unsynced(_) | StoreError::Damaged(_) | StoreError::Broken(_) => {
                "broken"
            }
        };
        for code in [SqlState::ADMIN_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW, SqlState::CONNECTION_FAILURE] {
            assert_eq!(kind(&code), "busy", "{code:?}");
        }
        assert_eq!(kind(&SqlState::LOCK_NOT_AVAILABLE), "busy");
        assert_eq!(kind(&SqlState::DISK_FULL), "full");
        assert_eq!(kind(&SqlState::UNDEFINED_TABLE), "broken");
    }

    #[test]
    fn a_refusal_says_what_the_server_says_but_no_values() {
        let denied = words(&SqlState::INSUFFICIENT_PRIVILEGE, "permission denied for schema public");
        assert_eq!(denied, "permission denied for schema public (SQLSTATE 42501)");
        let value = words(&SqlState::INVALID_TEXT_REPRESENTATION, "invalid input syntax for type bigint: \"ann\"");
        assert_eq!(value, "a value was refused (SQLSTATE 22P02)");
    }
}
