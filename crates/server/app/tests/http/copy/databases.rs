//! What counts as a copy of a PostgreSQL database. Skipped on SQLite.

use super::{is_held, outbound, release};
use crate::support::Knock;
use knock_store::Scratch;
use knock_testing::{Place, Setup, eventually};
use serde_json::json;
use std::path::Path;

/// The address of another database of the server of a scratch database.
fn beside(scratch: &Scratch, name: &str) -> String {
    let (url, _) = scratch.database().split_once("application_name=").expect("a test's own");
    let (place, options) = url.trim_end_matches(['?', '&']).split_once('?').unwrap_or((url.trim_end_matches('?'), ""));
    let (server, _) = place.rsplit_once('/').expect("it names a database");
    let mark = if options.is_empty() { "" } else { "?" };
    format!("{server}/{name}{mark}{options}")
}

#[test]
fn a_database_made_from_another_is_a_copy_and_a_second_server_is_none() {
    let scratch = Scratch::new();
    if !scratch.is_postgres() {
        return;
    }
    let name = format!("knock_copy_{}", std::process::id());
    let (one, two) = (format!("{name}_one"), format!("{name}_two"));
    let (home, other) = (tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
    let on = |dir: &Path, database: &str| Setup::on(Place::kept(dir, &beside(&scratch, database))).start();
    scratch.execute(&format!("CREATE DATABASE {one}"));
    let knock = on(home.path(), &one);
    assert!(!is_held(&knock), "a new one");
    std::fs::copy(home.path().join("secret.key"), other.path().join("secret.key")).expect("copied");
    let second = on(other.path(), &one);
    assert!(!is_held(&second), "a second server");
    second.stop();
    let knock = knock.stop_and_restart();
    assert!(!is_held(&knock), "after a restart");
    knock.stop();
    scratch.execute(&format!("CREATE DATABASE {two} TEMPLATE {one}"));
    let copy = on(other.path(), &two);
    assert!(is_held(&copy));
    assert_eq!(release(&copy, false).body["is_held"], json!(false));
    let copy = copy.stop_and_restart();
    assert!(!is_held(&copy));
    copy.stop();
    for database in [one, two] {
        scratch.execute(&format!("DROP DATABASE {database} WITH (FORCE)"));
    }
}

#[test]
fn a_release_by_one_server_releases_all_servers_on_the_database() {
    let knock = Knock::start();
    if knock.database().is_empty() {
        return;
    }
    let other_place = r#"{"database":"cluster 1 database elsewhere"}"#;
    knock.execute(&format!("UPDATE settings SET value = '{other_place}' WHERE name = 'place'"));
    let one = knock.stop_and_restart();
    let two = one.start_beside().expect("PostgreSQL");
    assert!(is_held(&one) && is_held(&two));
    assert_eq!(release(&one, false).code, 200);
    let key = one.admin_key();
    eventually("the other server sends too", || two.get("/api/v1/outbound", &key).body["is_held"] == json!(false));
    assert_eq!(outbound(&one)["is_held"], json!(false));
}
