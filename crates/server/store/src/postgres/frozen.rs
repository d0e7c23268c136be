//! A server that freezes while it sends signals. PostgreSQL waits for the rest of a COPY as long as the connection lasts,
//! whatever its limits for statements and idle transactions, and with it wait all who want to write: so they end it.

use super::session::Session;
use crate::sql::{Db, params};
use std::time::Duration;

/// Whoever holds the lock of this schema and has not said anything for so many seconds in the middle of a statement.
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
        Err(error) => tracing::warn!(%error, "who holds up all writing cannot be looked for"),
    }
}

#[cfg(test)]
mod tests {
    use crate::PostgresStore;
    use crate::postgres::Schema;
    use crate::postgres::driver::{Driver, Patience};
    use knock_intent::strength;
    use knock_model::{Category, Millis, SessionId, SignalId, SignalType, SiteId, VisitorId};
    use knock_ports::{Coming, Detail, Ledger, NewSignal, Store, StoreError};
    use std::sync::Barrier;
    use std::time::Duration;

    /// As many as are sent before the group is done.
    fn append_some(ledger: &mut dyn Ledger) -> Result<(), StoreError> {
        let (now, kind) = (Millis(1_780_315_200_000), SignalType::PageView);
        let (site, visitor) = (SiteId(1), VisitorId::new(now, &[1; 10]));
        let signal = |number| NewSignal {
            id: SignalId::new(now, &[number; 10]),
            session: SessionId::new(now, &[1; 10]),
            kind,
            at: now,
            received_at: now,
            clamped: false,
            category: Category::Pricing,
            strength: strength(kind),
            seq: None,
            view: None,
            detail: Detail::default().into(),
        };
        let signals: Vec<NewSignal> = (0..64).map(signal).collect();
        ledger.expect(&[Coming { site, visitor, signals: &signals }]);
        signals.iter().try_for_each(|signal| ledger.append_signal(site, visitor, signal).map(drop))
    }

    #[test]
    fn a_server_that_freezes_while_it_sends_holds_up_the_others_no_longer_than_they_bear() {
        #[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
        let Some(url) = std::env::var("KNOCK_TEST_POSTGRES").ok() else { return };
        let schema = Schema::new(&url);
        let patience = Patience {
            connecting: Duration::from_secs(10),
            asking: Duration::from_secs(35),
            sending: Duration::from_millis(1),
        };
        let open = || PostgresStore::open_with(Driver::start_with(&schema.url, patience)?);
        let (freezing, other) = (open().expect("it opens"), open().expect("it opens"));
        let (sent, thawed) = (Barrier::new(2), Barrier::new(2));
        let mut tries = 0;
        std::thread::scope(|scope| {
            let frozen = scope.spawn(|| {
                freezing.write(&mut |ledger| {
                    append_some(ledger)?;
                    tries += 1;
                    if tries == 1 {
                        sent.wait();
                        thawed.wait();
                    }
                    Ok(())
                })
            });
            sent.wait();
            let [first, second] = [(); 2].map(|()| other.write(&mut |ledger| ledger.save_answers(&[])));
            thawed.wait();
            assert!(matches!(first, Err(StoreError::Busy)), "held up for as long as a lock is waited for");
            second.expect("the other one was ended");
            frozen.join().expect("no panic").expect("written, at the second time");
        });
        assert_eq!((tries, schema.rows("SELECT COUNT(*) FROM signals")), (2, vec!["Int(64)".to_owned()]));
    }
}
