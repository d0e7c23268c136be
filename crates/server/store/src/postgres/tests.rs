//! Faults that only this store can have.

use crate::PostgresStore;
use crate::postgres::Schema;
use crate::postgres::driver::{Driver, Patience};
use knock_intent::strength;
use knock_model::{Category, Millis, SessionId, SignalId, SignalType, SiteId, VisitorId};
use knock_ports::{Batch, Detail, Ledger, NewSignal, PrefetchHint, Store, StoreError};
use std::sync::Barrier;
use std::time::Duration;

fn schema() -> Option<Schema> {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
    std::env::var("KNOCK_TEST_POSTGRES").ok().map(|url| Schema::new(&url))
}

/// Appends as many signals as are sent before the group ends.
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
    ledger.expect(&[PrefetchHint::Signals(Batch { site, visitor, signals: &signals })]);
    signals.iter().try_for_each(|signal| ledger.append_signal(site, visitor, signal).map(drop))
}

#[test]
fn a_server_that_freezes_while_it_sends_holds_up_the_others_no_longer_than_they_bear() {
    let Some(schema) = schema() else { return };
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
        let [first, second] = [(); 2].map(|()| other.write(&mut |ledger| ledger.drop_knowledge(SiteId(1))));
        thawed.wait();
        assert!(matches!(first, Err(StoreError::Busy)), "held up for as long as a lock is waited for");
        second.expect("the other one was ended");
        frozen.join().expect("no panic").expect("written, at the second time");
    });
    assert_eq!((tries, schema.rows("SELECT COUNT(*) FROM signals")), (2, vec!["Int(64)".to_owned()]));
}
#[test]
fn signals_that_could_not_be_sent_leave_no_answer_to_be_taken_for_another_ones() {
    let Some(schema) = schema() else { return };
    let store = PostgresStore::open(&schema.url).expect("it opens");
    let append = || store.write(&mut |ledger| append_some(ledger));
    store.write(&mut |ledger| ledger.drop_knowledge(SiteId(1))).expect("it is connected");
    schema.execute("BEGIN; LOCK TABLE signals IN SHARE MODE");
    for _ in 0..2 {
        assert!(matches!(append(), Err(StoreError::Busy)));
    }
    schema.execute("COMMIT");
    append().expect("written");
    assert_eq!(schema.rows("SELECT COUNT(*) FROM signals"), ["Int(64)"]);
}

#[test]
fn a_role_without_rights_in_the_schema_is_named_with_what_to_grant() {
    let Some(schema) = schema() else { return };
    let name = schema.read("SELECT CAST(current_schema() AS TEXT)", |row| row.get::<String>(0)).remove(0);
    let role = format!("{name}_guest");
    schema.execute(&format!("CREATE ROLE {role}"));
    let url = format!("{}%20-crole%3D{role}", schema.url);
    let opened = PostgresStore::open(&url).map(drop);
    schema.execute(&format!("GRANT USAGE, CREATE ON SCHEMA {name} TO {role}"));
    let granted = PostgresStore::open(&url).map(drop);
    schema.execute(&format!("DROP OWNED BY {role} CASCADE; DROP ROLE {role}"));
    let Err(StoreError::Broken(said)) = opened else { panic!("it opens without rights") };
    let grant = format!("GRANT USAGE, CREATE ON SCHEMA \"{name}\" TO \"{role}\"");
    assert!(said.contains(&grant) && !said.contains("db error"), "{said}");
    assert!(granted.is_ok(), "{granted:?}");
}

#[test]
fn the_tables_of_another_role_are_named_with_what_to_grant() {
    let Some(schema) = schema() else { return };
    drop(PostgresStore::open(&schema.url).expect("the tables are made"));
    let name = schema.read("SELECT CAST(current_schema() AS TEXT)", |row| row.get::<String>(0)).remove(0);
    let owner = schema.read("SELECT CAST(current_user AS TEXT)", |row| row.get::<String>(0)).remove(0);
    let role = format!("{name}_guest");
    schema.execute(&format!("CREATE ROLE {role}; GRANT USAGE, CREATE ON SCHEMA {name} TO {role}"));
    let opened = PostgresStore::open(&format!("{}%20-crole%3D{role}", schema.url)).map(drop);
    schema.execute(&format!("DROP OWNED BY {role} CASCADE; DROP ROLE {role}"));
    let Err(StoreError::Broken(said)) = opened else { panic!("it opens with the tables of another role") };
    assert!(said.contains(&format!("GRANT \"{owner}\" TO \"{role}\"")), "{said}");
}

#[test]
fn a_role_that_only_reads_is_named_with_what_to_set() {
    let Some(schema) = schema() else { return };
    let opened = PostgresStore::open(&format!("{}%20-cdefault_transaction_read_only%3Don", schema.url)).map(drop);
    let Err(StoreError::Broken(said)) = opened else { panic!("it opens without writing") };
    assert!(said.contains("SET default_transaction_read_only = off"), "{said}");
}

#[test]
fn a_role_that_may_not_connect_is_named_with_what_to_grant() {
    let Some(schema) = schema() else { return };
    let name = schema.read("SELECT CAST(current_schema() AS TEXT)", |row| row.get::<String>(0)).remove(0);
    let role = format!("{name}_guest");
    schema.execute(&format!("CREATE DATABASE {name}"));
    schema.execute(&format!("REVOKE CONNECT ON DATABASE {name} FROM public; CREATE ROLE {role} LOGIN"));
    let (_, server) = schema.url.split_once('@').expect("an address with a role");
    let (host, _) = server.split_once('/').expect("an address with a database");
    let opened = PostgresStore::open(&format!("postgres://{role}@{host}/{name}?sslmode=disable")).map(drop);
    schema.execute(&format!("DROP DATABASE {name}"));
    schema.execute(&format!("DROP ROLE {role}"));
    let Err(StoreError::Broken(said)) = opened else { panic!("it opens without the right to connect") };
    let grant = format!("GRANT CONNECT ON DATABASE \"{name}\" TO \"{role}\"");
    assert!(said.contains(&grant) && !said.contains("db error"), "{said}");
}
