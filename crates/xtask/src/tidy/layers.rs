//! The folder is the layer: who may depend on whom, and who alone may use a foreign crate.

use super::Finding;
use crate::metadata::{Kind, Package, Workspace};
use crate::run;
use crate::tools::rust;

/// A layer and the layers it may use. The first row that fits decides.
const EDGES: [(&str, &[&str]); 29] = [
    ("domain/*", &["domain/*"]),
    ("wire", &["domain/*"]),
    ("cases", &["domain/*"]),
    ("browser/dom", &["domain/*", "wire"]),
    // What it is tested against; it knows none of the shapes it reads.
    ("browser/json", &["wire"]),
    ("browser/*", &["browser/dom", "browser/json", "wire", "cases", "domain/*"]),
    ("server/ports", &["domain/*", "wire"]),
    (
        "server/app",
        &[
            "server/attachments",
            "server/calendars",
            "server/context",
            "server/crm",
            "server/engine",
            "server/enrichment",
            "server/inbound",
            "server/ingest",
            "server/knowledge",
            "server/reader",
            "server/slack",
            "server/store",
            "server/warehouse",
            "server/ports",
            "connectors/*",
            "wire",
            "cases",
            "domain/*",
        ],
    ),
    // The databases of tests are the store's.
    ("server/testing", &["server/store", "server/ports", "domain/*"]),
    // It calls every parser of hostile formats, in a process of its own.
    (
        "server/reader",
        &[
            "server/attachments",
            "server/knowledge",
            "server/mime",
            "server/ports",
            "connectors/caldav",
            "connectors/pages",
            "domain/*",
        ],
    ),
    // What the rooms of the server beside the app share.
    ("server/context", &["server/attachments", "server/engine", "server/reader", "server/ports", "wire", "domain/*"]),
    // Everything about a CRM is said in terms of the port: no vendor's connector.
    ("server/crm", &["server/context", "server/engine", "server/ports", "wire", "domain/*"]),
    // The same of calendars.
    ("server/calendars", &["server/context", "server/engine", "server/ports", "wire", "domain/*"]),
    // A mailbox alone.
    (
        "server/inbound",
        &[
            "server/context",
            "server/engine",
            "server/mime",
            "server/reader",
            "server/ports",
            "connectors/imap",
            "connectors/outbound",
            "wire",
            "domain/*",
        ],
    ),
    // Their vendor alone.
    ("server/slack", &["server/context", "server/engine", "server/ports", "connectors/slack", "wire", "domain/*"]),
    (
        "server/enrichment",
        &[
            "server/context",
            "server/engine",
            "server/ports",
            "connectors/enrich",
            "connectors/outbound",
            "wire",
            "domain/*",
        ],
    ),
    // Rows as the engine has them, in formats of others.
    ("server/warehouse", &["server/engine", "domain/*"]),
    ("server/*", &["server/ports", "wire", "domain/*"]),
    ("connectors/outbound", &["server/ports", "wire", "domain/*"]),
    ("connectors/ical", &["domain/*"]),
    ("connectors/xml", &[]),
    ("connectors/oauth", &["server/ports", "domain/*"]),
    (
        "connectors/*",
        &[
            "connectors/oauth",
            "connectors/outbound",
            "connectors/ical",
            "connectors/xml",
            "server/ports",
            "wire",
            "domain/*",
        ],
    ),
    // It trains and measures a model of the domain with the domain's own code.
    // It measures the search as it is.
    ("tools/agent-eval", &["server/knowledge", "server/ports", "domain/*"]),
    ("tools/*", &["domain/*"]),
    // What every CRM and every calendar must do is said in terms of the port.
    ("tests/crm", &["server/ports", "domain/*"]),
    ("tests/calendar", &["server/ports", "domain/*"]),
    // What behaves as a vendor does knows nothing of ours: it would repeat our mistakes.
    ("tests/*", &[]),
    ("*", &[]),
];

/// Foreign crates and the only layers that may name them.
const OWNERS: [(&str, &[&str]); 15] = [
    ("axum", &["server/app", "server/testing", "tests/*"]),
    ("js-sys", &["browser/*"]),
    ("leptos", &["browser/widget", "browser/dashboard"]),
    ("leptos_router", &["browser/widget", "browser/dashboard"]),
    ("lettre", &["connectors/mail"]),
    ("libfuzzer-sys", &["fuzz"]),
    ("parquet", &["server/warehouse"]),
    ("reqwest", &["connectors/outbound"]),
    ("rusqlite", &["server/store"]),
    ("rustls", &["server/store", "connectors/outbound"]),
    ("tantivy", &["server/knowledge"]),
    ("tokio-postgres", &["server/store"]),
    ("wasm-bindgen", &["browser/*"]),
    ("wasm-bindgen-futures", &["browser/*"]),
    ("web-sys", &["browser/dom"]),
];

/// The crates that the tracker must not depend on, also indirectly.
const NOT_IN_TRACKER: [&str; 3] = ["serde", "serde_json", "leptos"];

pub(super) fn check(workspace: &Workspace) -> anyhow::Result<Vec<Finding>> {
    let mut findings: Vec<Finding> = workspace.packages.iter().flat_map(|package| edges(package, workspace)).collect();
    findings.extend(tracker()?);
    Ok(findings)
}

fn edges(package: &Package, workspace: &Workspace) -> Vec<Finding> {
    let from = package.folder();
    let parent = if fits(&from, "tests/*") { "" } else { "crates/" };
    let place = format!("{parent}{from}/Cargo.toml");
    let mut findings = Vec::new();
    for dependency in &package.dependencies {
        let name = &dependency.name;
        let ours = workspace.packages.iter().find(|other| other.name == *name);
        if let Some(other) = ours {
            let to = other.folder();
            if !allows(&from, &to, dependency.kind) {
                findings.push(Finding::new(&place, format!("{from} must not depend on {to}")));
            }
        } else if let Some(owners) = owners(name)
            && !fits_any(&from, owners)
            && !looks_into_the_store(&from, name, dependency.kind)
        {
            let owners = owners.join(", ");
            findings.push(Finding::new(&place, format!("{name} belongs to {owners}")));
        }
    }
    findings
}

fn allows(from: &str, to: &str, kind: Option<Kind>) -> bool {
    let row = EDGES.iter().find(|(layer, _)| fits(from, layer));
    let allowed = row.is_some_and(|(_, targets)| fits_any(to, targets));
    // The tests of the server run against the real store, and a `Core` has a reader.
    let is_real = to == "server/store" || to == "server/reader";
    let tested = kind == Some(Kind::Dev) && fits(from, "server/*") && is_real;
    // Who starts a real server is a test or a bench.
    let started = kind == Some(Kind::Dev) && fits_any(from, &["server/*", "connectors/*"]) && to == "server/testing";
    let met = kind == Some(Kind::Dev) && fits_any(from, &["server/*", "connectors/*"]) && fits(to, "tests/*");
    // A target for hostile input is a test.
    let fuzzed = kind == Some(Kind::Dev) && to == "fuzz";
    // Every shape is read as browsers do.
    let read = kind == Some(Kind::Dev) && from == "wire" && to == "browser/json";
    allowed || tested || started || met || fuzzed || read
}

/// The tests of the server may look at the tables themselves.
fn looks_into_the_store(from: &str, name: &str, kind: Option<Kind>) -> bool {
    kind == Some(Kind::Dev) && fits(from, "server/*") && name == "rusqlite"
}

fn owners(name: &str) -> Option<&'static [&'static str]> {
    let row = OWNERS.iter().find(|(owned, _)| *owned == name);
    row.map(|(_, owners)| *owners)
}

fn fits_any(folder: &str, patterns: &[&str]) -> bool {
    patterns.iter().any(|pattern| fits(folder, pattern))
}

fn fits(folder: &str, pattern: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => folder.starts_with(start),
        None => folder == pattern,
    }
}

/// Asks `cargo tree`, which counts only the features that a build of the tracker alone turns on.
fn tracker() -> anyhow::Result<Vec<Finding>> {
    let tree = run::output(&mut run::cargo([
        "tree",
        "--package",
        "knock-tracker",
        "--edges",
        "normal,no-proc-macro",
        "--target",
        rust::WASM,
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]))?;
    Ok(forbidden_in(&tree))
}

fn forbidden_in(tree: &str) -> Vec<Finding> {
    NOT_IN_TRACKER
        .iter()
        .filter(|name| tree.lines().any(|line| line.split(' ').next() == Some(name)))
        .map(|name| {
            let what = format!(
                "{name} is among its dependencies; see: cargo tree -p knock-tracker --target {} -i {name}",
                rust::WASM
            );
            Finding::new("crates/browser/tracker", what)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, to: &str, kind: Option<Kind>, expected: bool) {
        assert_eq!(allows(from, to, kind), expected, "{from} -> {to}");
    }

    #[test]
    fn edges_point_down() {
        check("domain/intent", "domain/model", None, true);
        check("domain/model", "wire", None, false);
        check("wire", "domain/model", None, true);
        check("wire", "cases", None, false);
        check("cases", "wire", None, false);
        check("browser/dom", "browser/tracker", None, false);
        check("browser/tracker", "browser/dom", None, true);
        check("browser/dashboard", "browser/tracker", None, false);
        check("browser/tracker", "server/ports", None, false);
        check("server/engine", "server/ports", None, true);
        check("server/engine", "server/store", None, false);
        check("server/app", "server/knowledge", None, true);
        check("server/engine", "server/knowledge", None, false);
        check("server/app", "server/store", None, true);
        check("server/app", "connectors/slack", None, true);
        check("server/store", "server/app", None, false);
        check("server/app", "server/crm", None, true);
        check("server/crm", "server/context", None, true);
        check("server/crm", "connectors/hubspot", None, false);
        check("server/crm", "server/slack", None, false);
        check("server/slack", "connectors/hubspot", None, false);
        check("server/context", "server/crm", None, false);
        check("server/engine", "server/context", None, false);
        check("server/warehouse", "server/engine", None, true);
        check("server/warehouse", "server/store", None, false);
        check("connectors/slack", "connectors/outbound", None, true);
        check("connectors/slack", "connectors/hubspot", None, false);
        check("tools/messages", "domain/intent", None, true);
        check("tools/messages", "server/app", None, false);
        check("xtask", "domain/intent", None, false);
        check("xtask", "tools/messages", None, false);
        check("tests/slack", "connectors/slack", None, false);
        check("tests/crm", "server/ports", None, true);
        check("tests/crm", "connectors/hubspot", None, false);
        check("elsewhere", "domain/model", None, false);
    }

    #[test]
    fn tests_may_meet_a_vendor() {
        check("connectors/slack", "tests/slack", Some(Kind::Dev), true);
        check("server/app", "tests/slack", Some(Kind::Dev), true);
        check("server/app", "tests/slack", None, false);
        check("wire", "tests/slack", Some(Kind::Dev), false);
    }

    #[test]
    fn server_tests_may_use_the_store() {
        check("server/engine", "server/store", Some(Kind::Dev), true);
        check("wire", "server/store", Some(Kind::Dev), false);
        assert!(looks_into_the_store("server/engine", "rusqlite", Some(Kind::Dev)));
        assert!(!looks_into_the_store("server/engine", "rusqlite", None));
    }

    #[test]
    fn only_tests_start_a_real_server() {
        check("server/app", "server/testing", Some(Kind::Dev), true);
        check("connectors/mail", "server/testing", Some(Kind::Dev), true);
        check("server/app", "server/testing", None, false);
        check("domain/model", "server/testing", Some(Kind::Dev), false);
        check("server/testing", "server/engine", None, false);
    }

    #[test]
    fn only_tests_are_fuzzed() {
        check("domain/model", "fuzz", Some(Kind::Dev), true);
        check("browser/widget", "fuzz", Some(Kind::Dev), true);
        check("server/ingest", "fuzz", None, false);
    }

    #[test]
    fn foreign_crates_have_owners() {
        let may = |folder, name| owners(name).is_none_or(|owners| fits_any(folder, owners));
        assert!(may("browser/dom", "web-sys"));
        assert!(!may("browser/tracker", "web-sys"));
        assert!(may("browser/tracker", "js-sys"));
        assert!(!may("server/engine", "axum"));
        assert!(may("server/engine", "thiserror"));
    }

    #[test]
    fn tracker_is_searched_by_whole_names() {
        assert_eq!(forbidden_in("knock-tracker v0.1.0 (/x)\nserde_core v1.0.0\n"), []);
        assert_eq!(forbidden_in("knock-tracker v0.1.0 (/x)\nserde v1.0.0 (*)\n").len(), 1);
    }
}
