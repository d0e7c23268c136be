//! Stalled COPY: another server froze while it was sending signals. PostgreSQL waits for the rest of a COPY as long as the connection lasts,
//! whatever its limits for statements and idle transactions, and with it wait all who want to write: so they end it.

use super::session::Session;
use crate::sql::Db;
use crate::statement::params;
use std::time::Duration;

/// Ends the holder of this schema's lock that has been silent for so many seconds in the middle of a statement.
const END: &str = "SELECT CAST(a.pid AS BIGINT), pg_terminate_backend(a.pid) \
    FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid \
    WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 \
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) \
    AND CAST(l.classid AS BIGINT) = 1802401643 \
    AND CAST(l.objid AS BIGINT) = (CAST(hashtext(current_schema()) AS BIGINT) & 4294967295) \
    AND a.state = 'active' AND a.wait_event = 'ClientRead' \
    AND a.query_start < clock_timestamp() - make_interval(secs => ?1)";

/// Ends the connection of a server that has been in the middle of sending for longer than that.
pub(super) fn end(session: &Session, longest: Duration) {
    match Db(session).rows(END, params![longest.as_secs_f64()], |row| row.get::<i64>(0)) {
        Ok(ended) => ended.into_iter().for_each(|process| {
            tracing::warn!(process, "another server has frozen while it was writing: its connection was ended");
        }),
        Err(error) => tracing::warn!(%error, "the session that blocks all writes could not be determined"),
    }
}
