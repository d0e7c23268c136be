//! What cannot be asked for, and by whom.

use super::{TABLES, exported};
use crate::meetings::Office;
use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use serde_json::json;
use std::fs::File;

#[test]
fn a_wrong_parameter_is_named() {
    let knock = Knock::start();
    let key = knock.admin_key();
    for (query, pointer) in [
        ("day=yesterday", "query/day"),
        ("day=2026-02-29", "query/day"),
        ("day=2026-06-01&to=2026-06-02", "query/day"),
        ("from=noon", "query/from"),
        ("to=2026-06-01T25:00:00Z", "query/to"),
        ("from=2026-06-02&to=2026-06-01", "query/to"),
        ("limit=0", "query/limit"),
        ("limit=10001", "query/limit"),
        ("limit=10&cursor=elsewhere", "query/cursor"),
        ("format=xlsx", "query/format"),
        ("format=parquet&limit=10", "query/limit"),
        ("format=parquet&cursor=1", "query/cursor"),
    ] {
        for table in TABLES {
            let reply = knock.get(&format!("/api/v1/export/{table}?{query}"), &key);
            let wrong = &reply.body["errors"][0]["pointer"];
            assert_eq!((reply.code, wrong), (400, &json!(pointer)), "{table}?{query}: {}", reply.body);
        }
    }
}

#[test]
fn an_unknown_table_is_answered_with_those_that_there_are() {
    let knock = Knock::start();
    let reply = knock.get("/api/v1/export/secrets", &knock.admin_key());
    let detail = reply.body["detail"].as_str().unwrap_or_default();
    assert!(reply.code == 404 && detail.contains("signals, messages, chats"), "{}", reply.body);
}

#[test]
fn only_admins_export() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    let manager = Browser::member(&knock, &admin, "cy@us.example", Role::Manager);
    for path in ["/api/v1/export", "/api/v1/export/signals", "/api/v1/export/chats?format=parquet"] {
        assert_eq!(admin.get(&knock, path).code, 200, "{path}");
        assert_eq!(manager.get(&knock, path).code, 403, "{path}");
        assert_eq!(knock.get(path, &knock.key("manager")).code, 403, "{path}");
        assert_eq!(knock.send("GET", path, &[], None).code, 401, "{path}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let office = Office::open();
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("warehouse");
    let refused = |args: &[&str]| {
        let output = office.knock.command(&[&["export"][..], args].concat());
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        String::from_utf8(output.stderr).expect("text")
    };
    let [missing, there] =
        [home.path().join("a/b"), folder.clone()].map(|path| path.to_str().expect("text").to_owned());
    assert!(refused(&["--parquet", &missing]).contains(&format!("making {missing}")));
    assert!(refused(&["--parquet", &there, "--table", "secrets"]).contains("no table `secrets`"));
    assert!(refused(&["--parquet", &there, "--from", "yesterday"]).contains("`from` is not a day"));
    assert!(refused(&["--parquet", &there, "--from", "2026-06-02", "--to", "2026-06-01"]).contains("`to` lies before"));
    for wrong in [&["--again"][..], &["--person", "ann@initech.example", "--parquet", &there], &[]] {
        assert!(refused(wrong).contains("--p"), "{wrong:?}");
    }
    assert!(!folder.exists());

    exported(&office, &folder, &[]);
    let lock = File::open(&folder).expect("opened");
    lock.lock().expect("locked");
    assert!(refused(&["--parquet", &there]).contains("another export writes"));
    drop(lock);

    std::fs::remove_dir_all(folder.join("signals")).unwrap_or_default();
    super::visits(&office.knock, 1, &["/pricing"]);
    File::create(folder.join("signals")).expect("a file in the place of a folder");
    assert!(refused(&["--parquet", &there, "--table", "signals"]).contains("warehouse/signals"));
}
