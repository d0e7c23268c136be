//! The folder of `knock export --parquet`: what is written anew, what stays, and what a cut-off leaves.

use super::{ANN, MONDAY, TABLES, TUESDAY, exported, file, lived, rows, tables, visits};
use crate::meetings::{HOUR, Office};
use knock_testing::eventually;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// All files below a folder, by their paths in it.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below it").to_owned();
                found.insert(name, fs::read(&path).expect("read"));
            }
        }
    }
    found
}

/// The line of a table.
fn line<'p>(printed: &'p str, table: &str) -> &'p str {
    let found = printed.lines().find(|line| line.starts_with(&format!("{table}: ")));
    found.unwrap_or_else(|| panic!("no {table}: {printed}"))
}

fn is_append_only(office: &Office, table: &str) -> bool {
    let tables = tables(office);
    let found = tables.iter().find(|one| one["name"] == table).expect("a table");
    found["is_append_only"].as_bool().expect("a flag")
}

#[test]
fn there_is_a_file_for_each_table_and_day_with_rows() {
    let office = lived();
    let home = tempfile::tempdir().expect("a folder");
    let printed = exported(&office, home.path(), &[]);
    for table in TABLES {
        let all = rows(&office, table, "").len();
        let of_days = [MONDAY, TUESDAY].map(|day| (day, rows(&office, table, &format!("day={day}")).len()));
        let written = of_days.iter().filter(|(_, count)| *count > 0).count();
        let expected = format!("{table}: {all} rows in {written} files; 0 files kept, 0 removed");
        assert_eq!(line(&printed, table), expected);
        for (day, count) in of_days {
            assert_eq!(file(home.path(), table, day).is_file(), count > 0, "{table} {day}");
        }
    }
    assert!(files(home.path()).keys().all(|path| path.ends_with("part-0.parquet")));

    let one = tempfile::tempdir().expect("a folder");
    let printed = exported(&office, one.path(), &["--table", "signals", "--from", TUESDAY, "--to", TUESDAY]);
    assert_eq!(printed.lines().count(), 1, "{printed}");
    let signals = Path::new("signals/day=2026-06-02/part-0.parquet");
    let written = files(one.path());
    assert_eq!(written.keys().collect::<Vec<_>>(), [signals]);
    assert_eq!(written.get(signals), files(home.path()).get(signals));
}

#[test]
fn the_file_of_a_day_comes_over_http_too() {
    let office = lived();
    let home = tempfile::tempdir().expect("a folder");
    exported(&office, home.path(), &["--from", TUESDAY]);
    for table in ["signals", "statuses"] {
        let url = format!("{}/api/v1/export/{table}?day={TUESDAY}&format=parquet", office.knock.url);
        let request = ureq::get(&url).header("authorization", format!("Bearer {}", office.key));
        let mut response = request.call().expect("it answers");
        let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok().map(ToOwned::to_owned));
        assert_eq!(kind.as_deref(), Some("application/vnd.apache.parquet"));
        let bytes = response.body_mut().read_to_vec().expect("a file");
        // The day goes on: neither of them says that it is complete.
        assert_eq!(bytes, fs::read(file(home.path(), table, TUESDAY)).expect("a file"), "{table}");
    }
}

#[test]
fn what_cannot_change_stays_and_a_day_that_went_on_is_written_anew() {
    let office = lived();
    let home = tempfile::tempdir().expect("a folder");
    exported(&office, home.path(), &[]);
    let before = files(home.path());
    // Tuesday goes on after it was exported, and is over then.
    visits(&office.knock, 3, &["/pricing", "/docs"]);
    office.knock.advance(48 * HOUR);
    let printed = exported(&office, home.path(), &[]);
    let after = files(home.path());
    assert!(is_append_only(&office, "signals") && !is_append_only(&office, "chats"));
    let on_tuesday = rows(&office, "signals", &format!("from={TUESDAY}")).len();
    assert!(rows(&office, "signals", "from=2026-06-03").is_empty());
    let expected = format!("signals: {on_tuesday} rows in 1 files; 1 files kept, 0 removed");
    assert_eq!(line(&printed, "signals"), expected);
    let of = |day: &str| PathBuf::from(format!("signals/day={day}/part-0.parquet"));
    assert_eq!(before.get(&of(MONDAY)), after.get(&of(MONDAY)));
    assert_ne!(before.get(&of(TUESDAY)), after.get(&of(TUESDAY)));
    assert!(line(&printed, "chats").ends_with("0 files kept, 0 removed"), "{printed}");

    // A file that is damaged is written anew, and so are all of them where that is asked for.
    fs::write(home.path().join(of(MONDAY)), b"PAR1").expect("written");
    let printed = exported(&office, home.path(), &["--table", "signals"]);
    assert!(line(&printed, "signals").ends_with("in 1 files; 1 files kept, 0 removed"), "{printed}");
    let printed = exported(&office, home.path(), &["--again", "--table", "signals"]);
    assert!(line(&printed, "signals").ends_with("in 2 files; 0 files kept, 0 removed"), "{printed}");
    assert_eq!(files(home.path()), after);
}

#[test]
fn an_erased_person_is_in_no_file_after_all_are_written_again() {
    let office = lived();
    office.knock.advance(48 * HOUR);
    let home = tempfile::tempdir().expect("a folder");
    exported(&office, home.path(), &[]);
    assert!(file(home.path(), "messages", TUESDAY).is_file());
    let erased = office.knock.ask("POST", "/api/v1/persons/erase", &office.key, &json!({"email": ANN}));
    assert_eq!(erased.code, 200, "{}", erased.body);
    let printed = exported(&office, home.path(), &["--again"]);
    // All messages were of her chat.
    assert!(line(&printed, "messages").starts_with("messages: 0 rows in 0 files"), "{printed}");
    assert!(!home.path().join("messages/day=2026-06-02").exists());
    let is_named = |bytes: &[u8]| bytes.windows(ANN.len()).any(|part| part == ANN.as_bytes());
    assert!(!files(home.path()).values().any(|bytes| is_named(bytes)));
}

#[test]
fn an_export_that_is_cut_off_goes_on_with_the_same_bytes() {
    let mut office = lived();
    office.knock.advance(48 * HOUR);
    let home = tempfile::tempdir().expect("a folder");
    let [cut, whole] = ["cut", "whole"].map(|name| home.path().join(name));
    exported(&office, &whole, &[]);
    std::thread::scope(|scope| {
        let folder = cut.to_str().expect("text");
        let knock = &office.knock;
        // It fails unless it was done before the server died.
        let export = scope.spawn(move || drop(knock.command(&["export", "--parquet", folder])));
        eventually("a file is begun", || cut.join("signals").is_dir());
        knock.kill_now();
        export.join().expect("the command ends");
    });
    let is_whole =
        |(path, bytes): &(PathBuf, Vec<u8>)| path.extension().is_none_or(|end| end != "part") && bytes.len() > 8;
    let reference = files(&whole);
    for (path, bytes) in files(&cut).into_iter().filter(is_whole) {
        assert_eq!(Some(&bytes), reference.get(&path), "{}", path.display());
    }
    // What another cut-off could leave.
    let draft = cut.join("meetings/day=2026-06-01/part-0.parquet.part");
    fs::create_dir_all(draft.parent().expect("a folder")).expect("made");
    fs::write(draft, b"PAR1 and no more").expect("written");
    office.knock.kill();
    exported(&office, &cut, &[]);
    assert_eq!(files(&cut), reference);
}
