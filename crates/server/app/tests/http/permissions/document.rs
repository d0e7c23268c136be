//! `docs/permissions.md` agrees with the code: its tables are generated here.

use knock::permissions::{Gate, KeyNeeds, ROUTES};
use knock_model::{Permission, Role};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The line of the document before the tables.
const MARK: &str =
    "<!-- What follows is made by a test of the server: crates/server/app/tests/http/permissions/document.rs. -->\n";

#[test]
fn the_document_has_the_tables_of_the_code() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/permissions.md");
    let text = fs::read_to_string(&file).unwrap_or_default();
    let (before, tables) = text.split_once(MARK).unwrap_or((&text, ""));
    if tables != made() {
        let fresh = Path::new(env!("CARGO_TARGET_TMPDIR")).join("permissions.md");
        fs::write(&fresh, format!("{before}{MARK}{}", made())).expect("it is written");
        panic!("docs/permissions.md is stale; look at {} and put it in its place", fresh.display());
    }
}

fn made() -> String {
    let mut text = format!("\n## Permissions\n\n{}", head("A role may"));
    for permission in Permission::ALL {
        line(&mut text, permission.description(), |role| role.may(*permission));
    }
    text += &format!("\n## Routes of the team\n\n{KEYS}\n{}", head_with_keys("Route"));
    let mut open = String::from("\n## Routes without a role\n\n| Route | Who comes in |\n|---|---|\n");
    for route in ROUTES {
        let place = format!("`{} {}`", route.method, route.path);
        match route.gate {
            Gate::Needs(permission) => {
                line(&mut text, &place, |role| role.may(permission));
                // The last column, in the line that was just written.
                text.pop();
                writeln!(text, " {} |", key(route.key)).expect("a text");
            }
            Gate::Open(by) => writeln!(open, "| {place} | {by} |").expect("a text"),
            Gate::OpenOrKey(by, permission) => {
                let description = permission.description();
                writeln!(open, "| {place} | {by}; or an API key whose role may {description} |").expect("a text");
            }
        }
    }
    text + &open
}

/// The legend of the last column.
const KEYS: &str = "API keys: *yes* by their role; *author* if they are bound to a member or to an integration; *member* \
    if they are bound to a member; empty where only a signed-in member may.\n";

const fn key(needs: KeyNeeds) -> &'static str {
    match needs {
        KeyNeeds::Role => "yes",
        KeyNeeds::Author => "author",
        KeyNeeds::Member => "member",
        KeyNeeds::SignIn => "",
    }
}

fn head_with_keys(first: &str) -> String {
    let head = head(first);
    let (names, rule) = head.split_once('\n').expect("two lines");
    format!("{names} API keys |\n{}---|\n", rule.trim_end())
}

fn head(first: &str) -> String {
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
    format!("| {first} | {} |\n|---|{}\n", roles.join(" | "), "---|".repeat(roles.len()))
}

fn line(text: &mut String, first: &str, may: impl Fn(Role) -> bool) {
    let cells: Vec<&str> = Role::ALL.iter().map(|role| if may(*role) { "yes" } else { "" }).collect();
    writeln!(text, "| {first} | {} |", cells.join(" | ")).expect("a text");
}
