//! `knock backup` and `knock restore` by the command line.

use crate::chat::open_as;
use crate::crash::all_ids;
use crate::stored_files::{contents, file_id, store_files};
use crate::support::{Knock, batch, identify, signal};
use knock_ports::Files;
use knock_store::Scratch;
use knock_testing::Binary;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Output;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

fn knock(args: &[&str]) -> Output {
    Binary::built().command(args).env_remove("KNOCK_DATABASE").output().expect("the binary runs")
}

fn restore(file: &Path, data: &Path, more: &[&str]) -> Output {
    let (file, data) = (file.to_str().expect("text"), data.to_str().expect("text"));
    knock(&[&["restore", file, "--data", data], more].concat())
}

fn complaint(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn rebuilt(knock: &Knock) -> String {
    String::from_utf8(knock.command(&["rebuild"]).stdout).expect("text")
}

/// The instant of the server's last backup by its metric, in seconds since 1970.
fn last_backup(knock: &Knock) -> f64 {
    knock.metric("knock_last_backup_timestamp_seconds")
}

/// Posts one batch after the other until `enough` is set.
fn post_until(knock: &Knock, site: &str, posted: &AtomicU64, enough: &AtomicBool) {
    let now = knock.now();
    while !enough.load(Ordering::SeqCst) {
        let n = posted.load(Ordering::SeqCst);
        assert_eq!(
            knock.post_signals(&batch(site, 50, now, &[signal(now, 1_000 + n, "page_view", "/docs")])).code,
            202
        );
        posted.store(n + 1, Ordering::SeqCst);
    }
}

#[test]
fn what_was_acknowledged_before_a_backup_began_is_there_where_it_is_restored() {
    let knock = Knock::start_in(Scratch::sqlite(), &[]);
    let (site, key) = (knock.site(), knock.admin_key());
    knock.set_clock(&json!({"advance_ms": 1_800_000}));
    let now = knock.now();
    let signals = [signal(now, 1, "form_submit", "/pricing"), identify(now, 2, "ann@hollis.example")];
    assert_eq!(knock.post_signals(&batch(&site, 1, now, &signals)).code, 202);
    let chat = open_as(&knock, &site, 2);
    assert_eq!(chat.write(&knock, 3, "We need a quote").code, 201);
    let said = chat.messages(&knock, 0);

    let (posted, enough) = (AtomicU64::new(0), AtomicBool::new(false));
    let file = knock.data().join("copy.db");
    let acknowledged: BTreeSet<String> = std::thread::scope(|scope| {
        scope.spawn(|| post_until(&knock, &site, &posted, &enough));
        while posted.load(Ordering::SeqCst) < 20 {
            std::thread::yield_now();
        }
        let acknowledged = all_ids(&knock, &key).into_iter().collect();
        assert_eq!(last_backup(&knock), 0.0);
        let output = knock.command(&["backup", file.to_str().expect("text")]);
        assert!(output.status.success(), "{output:?}");
        assert!(last_backup(&knock) * 1_000.0 >= now as f64);
        let then = posted.load(Ordering::SeqCst);
        while posted.load(Ordering::SeqCst) < then + 5 {
            std::thread::yield_now();
        }
        enough.store(true, Ordering::SeqCst);
        acknowledged
    });

    let home = Scratch::sqlite();
    let output = restore(&file, home.dir(), &[]);
    assert!(output.status.success(), "{output:?}");
    let token = knock.token.clone();
    let other = Knock::start_in(home, &[]);
    let stored: BTreeSet<String> = all_ids(&other, &key).into_iter().collect();
    assert!(acknowledged.len() > 20 && acknowledged.is_subset(&stored));
    assert!(all_ids(&knock, &key).len() > stored.len(), "posting went on");
    assert_eq!(chat.messages(&other, 0), said);
    assert_eq!(other.get("/api/v1/contacts?named=true", &key).body["contacts"][0]["email"], "ann@hollis.example");
    let start = json!({"token": token}).to_string();
    let headers = [("content-type", "application/json"), ("origin", other.url.as_str())];
    assert_eq!(other.send("POST", "/api/v1/session", &headers, Some(start.as_bytes())).code, 200);
    assert!(other.now() >= now, "a steered clock goes on where it was");
    for line in rebuilt(&other).lines() {
        assert!(line.ends_with(" 0 changed"), "{line}");
    }
    let secret = |of: &Knock| std::fs::read(of.data().join("secret.key")).expect("it is there");
    assert_eq!(secret(&knock), secret(&other));
}

#[test]
fn files_are_in_a_backup_and_lie_where_it_is_restored_for_their_owner_alone() {
    let knock = Knock::start_in(Scratch::sqlite(), &[]);
    let (site, now) = (knock.site(), knock.now());
    let signals = [identify(now, 1, "ann@hollis.example")];
    assert_eq!(knock.post_signals(&batch(&site, 1, now, &signals)).code, 202);
    // More than a page of the database.
    let content = "Forty jars of plum jam. ".repeat(1_000);
    let [stored, lost, left] = [1, 2, 3].map(|n| file_id(now, n));
    let knock = store_files(knock, &[(stored, "ann@hollis.example", &content), (lost, "ann@hollis.example", "lost")]);
    contents(&knock.data()).remove(lost).expect("removed");
    contents(&knock.data()).put(left, b"unclaimed").expect("put");
    let out = tempfile::tempdir().expect("a directory");
    let file = out.path().join("copy.db");
    let made = knock.command(&["backup", file.to_str().expect("text")]);
    assert!(made.status.success(), "{made:?}");
    let home = Scratch::sqlite();
    let restored = restore(&file, home.dir(), &[]);
    assert!(restored.status.success(), "{restored:?}");
    let files = contents(home.dir());
    assert_eq!(files.ids().expect("listed"), [stored]);
    assert_eq!(files.get(stored).expect("read"), Some(content.into_bytes()));
    let mode = |path: &Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    let dir = home.dir().join("files");
    assert_eq!((mode(&dir), mode(&dir.join(stored.to_string()))), (0o700, 0o600));
    let bytes = |dir: &Path| std::fs::metadata(dir.join("knock.db")).expect("it is there").len();
    assert!(bytes(home.dir()) + 20_000 < std::fs::metadata(&file).expect("it is there").len());
    let output = rebuilt(&Knock::start_in(home, &[]));
    let damage = format!("damage: the content of file {lost} is missing, or is not what was stored");
    assert_eq!(output.lines().filter(|line| line.starts_with("damage")).collect::<Vec<_>>(), [damage]);
}

#[test]
fn a_backup_without_a_server_goes_under_a_name_of_its_own_and_never_over_another_file() {
    let mut knock = Knock::start_in(Scratch::sqlite(), &[]);
    knock.kill();
    let dir = tempfile::tempdir().expect("a directory");
    let to = dir.path().to_str().expect("text");
    let output = knock.command(&["backup", to]);
    assert!(output.status.success(), "{output:?}");
    let made: Vec<_> =
        std::fs::read_dir(dir.path()).expect("it is there").map(|entry| entry.expect("one").path()).collect();
    let [file] = &made[..] else { panic!("{made:?}") };
    let name = file.file_name().and_then(|name| name.to_str()).expect("text");
    assert!(name.starts_with("knock-20") && name.ends_with("Z.db"), "{name}");
    let again = knock.command(&["backup", file.to_str().expect("text")]);
    assert!(complaint(&again).contains("is there already"), "{again:?}");
    let empty = tempfile::tempdir().expect("a directory");
    let nothing = self::knock(&["backup", to, "--data", empty.path().to_str().expect("text")]);
    assert!(complaint(&nothing).contains("no workspace in"), "{nothing:?}");
}

#[test]
fn a_restore_touches_nothing_unless_the_backup_is_sound_and_what_is_there_may_go() {
    let mut knock = Knock::start_in(Scratch::sqlite(), &[]);
    let (site, now, out) = (knock.site(), knock.now(), tempfile::tempdir().expect("a directory"));
    // Texts over many pages, so that damage hits one of them.
    let long = json!({"note": "x".repeat(3_000)});
    let noted = |n: u64| -> Value {
        let mut signal = signal(now, n, "track", "/");
        (signal["props"], signal["name"]) = (long.clone(), json!("note"));
        signal
    };
    for visitor in 1..40 {
        assert_eq!(knock.post_signals(&batch(&site, visitor, now, &[noted(visitor), noted(100 + visitor)])).code, 202);
    }
    let good = out.path().join("good.db");
    assert!(knock.command(&["backup", good.to_str().expect("text")]).status.success());
    let beside_a_server = restore(&good, &knock.data(), &["--force"]);
    assert!(complaint(&beside_a_server).contains("another knock is running"), "{beside_a_server:?}");
    knock.kill();

    let (spoilt, none) = (out.path().join("spoilt.db"), out.path().join("none.db"));
    let mut bytes = std::fs::read(&good).expect("it is there");
    let middle = bytes.len() / 2 / 4_096 * 4_096;
    bytes[middle..middle + 4_096].fill(0xa5);
    std::fs::write(&spoilt, &bytes).expect("written");
    std::fs::write(&none, "a letter").expect("written");
    let names = |dir: &Path| -> BTreeSet<_> {
        std::fs::read_dir(dir).expect("it is there").map(|entry| entry.expect("one").file_name()).collect()
    };
    let before = names(&knock.data());
    for file in [&spoilt, &none, &knock.data().join("knock.db"), &out.path().join("missing.db")] {
        let refused = restore(file, &knock.data(), &["--force"]);
        assert!(complaint(&refused).contains("cannot be restored"), "{refused:?}");
    }
    let refused = restore(&good, &knock.data(), &[]);
    assert!(complaint(&refused).contains("is not empty; --force"), "{refused:?}");
    assert_eq!(names(&knock.data()), before);

    let restored = restore(&good, &knock.data(), &["--force"]);
    assert!(restored.status.success(), "{restored:?}");
    let output = String::from_utf8(restored.stdout).expect("text");
    let aside = output.lines().find_map(|line| line.strip_prefix("what was there before is in ")).expect("a place");
    for name in ["knock.db", "secret.key"] {
        assert!(names(Path::new(aside)).contains(OsStr::new(name)), "{name}");
    }
    let knock = knock.kill_and_restart();
    assert_eq!(all_ids(&knock, &knock.admin_key()).len(), 78);
}

#[test]
fn a_workspace_in_postgresql_is_backed_up_with_its_own_tools() {
    let dir = tempfile::tempdir().expect("a directory");
    let data = dir.path().to_str().expect("text");
    let place = ["--data", data, "--database", "postgres://unknown@127.0.0.1:9/knock"];
    for words in [["backup", "copy.db"], ["restore", "copy.db"]] {
        let output = complaint(&knock(&[&words[..], &place].concat()));
        assert!(
            output.contains("pg_dump") && output.contains("pg_restore") && output.contains("secret.key"),
            "{output}"
        );
    }
}
