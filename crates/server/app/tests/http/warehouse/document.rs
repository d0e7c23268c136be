//! `docs/warehouse.md` agrees with the code: its tables of columns are generated here.

use crate::support::Knock;
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The line of the document before the tables.
const MARK: &str =
    "<!-- What follows is made by a test of the server: crates/server/app/tests/http/warehouse/document.rs. -->\n";

#[test]
fn the_document_has_the_columns_of_the_code() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/warehouse.md");
    let text = fs::read_to_string(&file).unwrap_or_default();
    let (before, tables) = text.split_once(MARK).unwrap_or((&text, ""));
    let made = made();
    if tables != made {
        let fresh = Path::new(env!("CARGO_TARGET_TMPDIR")).join("warehouse.md");
        fs::write(&fresh, format!("{before}{MARK}{made}")).expect("it is written");
        panic!("docs/warehouse.md is stale; look at {} and put it in its place", fresh.display());
    }
}

fn made() -> String {
    let knock = Knock::start();
    let list = knock.get("/api/v1/export", &knock.admin_key()).body;
    let mut text = String::new();
    for table in list["tables"].as_array().expect("a list") {
        let word = |of: &Value, field: &str| of[field].as_str().expect("text").to_owned();
        writeln!(text, "\n## {}\n\n{}", word(table, "name"), word(table, "about")).expect("a text");
        let stays = match table["is_append_only"].as_bool() {
            Some(true) => "A file of a day that is over stays as it is.",
            Some(false) | None => "Rows change, so each export writes all of its files anew.",
        };
        writeln!(text, "{stays}\n\n| column | kind | holds |\n|---|---|---|").expect("a text");
        for column in table["columns"].as_array().expect("a list") {
            let [name, kind, about] = ["name", "kind", "about"].map(|field| word(column, field));
            writeln!(text, "| `{name}` | {kind} | {} |", about.replace('|', "\\|")).expect("a text");
        }
    }
    text
}
