//! Rows for a warehouse: over HTTP, as files, and in the engines that read them.

mod document;
mod engines;
mod export;
mod files;
mod refused;

use crate::chat::{open_as, rep_writes};
use crate::meetings::{HOUR, Office, TUESDAY_TEN};
use crate::support::{Knock, batch, identify, signal};
use serde_json::Value;
use std::path::{Path, PathBuf};

const TABLES: [&str; 6] = ["signals", "messages", "chats", "meetings", "decisions", "statuses"];
/// The days that have rows.
const MONDAY: &str = "2026-06-01";
const TUESDAY: &str = "2026-06-02";
const ANN: &str = "ann@initech.example";
const BO: &str = "bo@globex.example";

/// Monday, 2026-06-01, from noon by UTC, and the morning after: visits, a chat with Ann, a meeting that Bo books.
fn lived() -> Office {
    let office = Office::open();
    let knock = &office.knock;
    let site = knock.site();
    visits(knock, 1, &["/pricing", "/docs", "/about"]);
    let now = knock.now();
    assert_eq!(knock.post_signals(&batch(&site, 1, now, &[identify(now, 90, ANN)])).code, 202);
    let ann = open_as(knock, &site, 1);
    assert_eq!(ann.write(knock, 1, "We are 200 people and need a \"quote\",\nplease").code, 201);
    knock.advance(180_000);
    assert_eq!(rep_writes(knock, &ann, 50, "Hello, happy to help!"), 201);
    assert_eq!(office.gives(5, BO).body["verdict"], "ok");
    let booked = office.books(5, BO, TUESDAY_TEN);
    assert_eq!(booked.code, 201, "{}", booked.body);
    knock.advance(15 * HOUR);
    visits(knock, 1, &["/pricing"]);
    visits(knock, 2, &["/docs"]);
    assert_eq!(ann.write(knock, 2, "Are you there?").code, 201);
    office
}

/// Page views of a visitor.
fn visits(knock: &Knock, visitor: u64, paths: &[&str]) {
    let now = knock.now();
    let seen = |(number, path): (u64, &&str)| signal(now, visitor * 100 + number, "page_view", path);
    let seen: Vec<Value> = (0..).zip(paths).map(seen).collect();
    assert_eq!(knock.post_signals(&batch(&knock.site(), visitor, now, &seen)).code, 202);
}

/// The rows of a table that a query asks for.
fn rows(office: &Office, table: &str, query: &str) -> Vec<Value> {
    let reply = office.knock.get(&format!("/api/v1/export/{table}?{query}"), &office.key);
    assert_eq!((reply.code, reply.header("content-type")), (200, Some("application/x-ndjson")), "{}", reply.body);
    match &reply.body {
        Value::String(lines) => lines.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect(),
        // One line is a document.
        one => vec![one.clone()],
    }
}

/// All tables, with their columns.
fn tables(office: &Office) -> Vec<Value> {
    let list = office.knock.get("/api/v1/export", &office.key);
    assert_eq!(list.code, 200, "{}", list.body);
    list.body["tables"].as_array().expect("a list").clone()
}

/// What `knock export --parquet` prints for a folder, with more arguments.
fn exported(office: &Office, folder: &Path, more: &[&str]) -> String {
    let folder = folder.to_str().expect("text");
    let output = office.knock.command(&[&["export", "--parquet", folder][..], more].concat());
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

fn file(folder: &Path, table: &str, day: &str) -> PathBuf {
    folder.join(table).join(format!("day={day}")).join("part-0.parquet")
}
