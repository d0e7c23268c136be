//! `docs/operations.md` agrees with the code: it lists every action of the audit log, and every part of an export.

use super::persons::{EMAIL, known};
use crate::support::Knock;
use knock_model::AuditAction;
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The rows of the table below a heading of the document.
fn table(heading: &str) -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/operations.md");
    let text = fs::read_to_string(file).expect("the document");
    let (_, section) = text.split_once(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no {heading}"));
    let rows = section.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    rows.map(str::to_owned).collect()
}

/// The words in backticks.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn the_document_lists_every_action_of_the_audit_log() {
    let rows = table("## Audit log");
    let listed: BTreeSet<&str> = rows.iter().flat_map(|row| words(row)).filter(|word| word.contains('.')).collect();
    let known: BTreeSet<&str> = AuditAction::ALL.iter().map(|action| action.as_str()).collect();
    assert_eq!(listed, known);
}

#[test]
fn the_document_lists_every_part_of_an_export() {
    let knock = Knock::start();
    let key = knock.admin_key();
    known(&knock, &key);
    let exported = knock.ask("POST", "/api/v1/persons/export", &key, &json!({"email": EMAIL}));
    assert_eq!(exported.code, 200, "{}", exported.body);
    let parts: BTreeSet<&str> = exported.body.as_object().expect("a document").keys().map(String::as_str).collect();
    let rows = table("### Export");
    // The first column names one part, or several.
    let first = |row: &String| row.trim_start_matches('|').split('|').next().unwrap_or_default().to_owned();
    let named: Vec<String> = rows.iter().map(first).collect();
    let listed: BTreeSet<&str> = named.iter().flat_map(|cell| words(cell)).collect();
    assert_eq!(listed, parts);
}
