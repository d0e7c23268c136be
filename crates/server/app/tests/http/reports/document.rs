//! `docs/reports.md` agrees with the code: what it says of each metric is generated here.

use std::fs;
use std::path::Path;

/// The line of the document before the definitions.
const MARK: &str =
    "<!-- What follows is made by a test of the server: crates/server/app/tests/http/reports/document.rs. -->\n";

#[test]
fn the_document_has_the_definitions_of_the_code() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/reports.md");
    let text = fs::read_to_string(&file).unwrap_or_default();
    let (before, definitions) = text.split_once(MARK).unwrap_or((&text, ""));
    let made = format!("\n{}\n", knock_report::reference().trim());
    if definitions != made {
        let fresh = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reports.md");
        fs::write(&fresh, format!("{before}{MARK}{made}")).expect("it is written");
        panic!("docs/reports.md is stale; look at {} and put it in its place", fresh.display());
    }
}
