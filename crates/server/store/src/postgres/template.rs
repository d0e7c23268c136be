//! A database with all tables and no rows, which tests copy: running the steps takes longer than many a test.

use super::driver::Driver;
use super::migrate::{STEPS, up};
use super::session::Session;
use crate::sql::Db;
use crate::statement::params;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The lock of the test that makes the template; the others wait for it.
const MAKING: &str = "SELECT pg_advisory_lock(1802401644)";

/// Makes the database `name` beside the one at `url`, with all tables.
pub(super) fn copy(url: &str, name: &str) {
    let (_driver, session) = connected(url);
    let template = template();
    if !is_there(&session, &template) {
        make(url, &session, &template);
    }
    session.batch(&format!("CREATE DATABASE {name} TEMPLATE {template}")).expect("it is copied");
}

/// Removes such a database under those who are still connected to it.
pub(super) fn remove(url: &str, name: &str) {
    let (_driver, session) = connected(url);
    drop(session.batch(&format!("DROP DATABASE {name} WITH (FORCE)")));
}

/// The address of another database of the same server.
pub(super) fn beside(url: &str, name: &str) -> String {
    let (place, options) = url.split_once('?').map_or((url, None), |(place, options)| (place, Some(options)));
    let (server, _) = place.rsplit_once('/').expect("it names a database");
    options.map_or_else(|| format!("{server}/{name}"), |options| format!("{server}/{name}?{options}"))
}

/// Named after the steps, so that another version on the same server has its own.
fn template() -> String {
    let mut hasher = DefaultHasher::new();
    STEPS.hash(&mut hasher);
    format!("tables_{:016x}", hasher.finish())
}

/// It gets its name when it is complete: a test that dies before leaves none that is half made.
fn make(url: &str, session: &Session, template: &str) {
    session.be_patient(true);
    session.batch(MAKING).expect("one after the other");
    if !is_there(session, template) {
        let half = format!("{template}_half");
        session.batch(&format!("DROP DATABASE IF EXISTS {half} WITH (FORCE)")).expect("it is gone");
        session.batch(&format!("CREATE DATABASE {half}")).expect("it is made");
        let (driver, mut inside) = connected(&beside(url, &half));
        up(&mut inside).expect("the steps run");
        drop((inside, driver));
        session.batch(&format!("ALTER DATABASE {half} RENAME TO {template}")).expect("nobody else is in it");
    }
    session.batch("SELECT pg_advisory_unlock_all()").expect("it is let go");
    session.be_patient(false);
}

fn is_there(session: &Session, name: &str) -> bool {
    let sql = "SELECT CAST(datname AS TEXT) FROM pg_database WHERE CAST(datname AS TEXT) = ?1";
    Db(session).one(sql, params![name], |row| row.get::<String>(0)).expect("it answers").is_some()
}

fn connected(url: &str) -> (Driver, Session) {
    let driver = Driver::start(url).expect("an address");
    let session = driver.first().expect("it is there");
    session.be_patient(true);
    session.batch("SET lock_timeout = 0; SET statement_timeout = 0").expect("they are set");
    (driver, session)
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn another_database_is_reached_with_the_same_options() {
        let check = |url, expected: &str| assert_eq!(beside(url, "other"), expected, "{url}");
        check("postgres://k@127.0.0.1:5432/postgres", "postgres://k@127.0.0.1:5432/other");
        check("postgres://k@h/postgres?sslmode=disable", "postgres://k@h/other?sslmode=disable");
    }
}
