//! The team in words.

use knock_model::{Millis, Permission, Role};
use knock_wire::{ApiKeyAuthorKind, ApiKeyRow};

use super::instant::exact;
use crate::kit::civil::Civil;

pub(crate) const fn role_label(role: Role) -> &'static str {
    match role {
        Role::Admin => "Admin",
        Role::Manager => "Manager",
        Role::Rep => "Rep",
        Role::Ingest => "Ingest",
    }
}

/// `ann@acme.test is a manager now.`
pub(crate) fn changed_role(email: &str, role: Role) -> String {
    format!("{email} is {} now.", with_article(role))
}

/// `Make ann@acme.test a manager?`
pub(crate) fn role_question(email: &str, role: Role) -> String {
    format!("Make {email} {}?", with_article(role))
}

/// What a member of this role may do, as docs/permissions.md has it.
pub(crate) const fn role_may(role: Role) -> &'static str {
    match role {
        Role::Admin => "An admin runs the workspace and may do everything, also change the team.",
        Role::Manager => {
            "A manager runs a team of reps: their chats and records, the team's saved replies, routing rules and links, and reports."
        }
        Role::Rep => "A rep talks to leads: the inbox, contacts, accounts and live signals.",
        Role::Ingest => "It is for servers that send signals.",
    }
}

fn with_article(role: Role) -> String {
    let article = if matches!(role, Role::Admin | Role::Ingest) { "an" } else { "a" };
    format!("{article} {}", role.as_str())
}

/// The advice for a created invitation.
pub(crate) fn invited_words(email: &str, is_mailed: bool) -> String {
    let mailed = if is_mailed { "It was mailed to them too." } else { "It is shown only once: copy it now." };
    format!("Send this link to {email}. It signs them in once, within 7 days. {mailed}")
}

/// The advice for a sign-in link created for a member.
pub(crate) fn link_words(email: &str) -> String {
    format!(
        "Send this link to {email} only. It signs them in once, within an hour. It is shown only once: copy it now."
    )
}

/// An API key in words: `Rep, writes as Zapier (integration), by ann@us.test, used 3 June 2026, 14:05, ends never`.
pub(crate) fn key_words(key: &ApiKeyRow, local: fn(Millis) -> Civil) -> String {
    let at = |instant: Option<Millis>| instant.map_or_else(|| "never".to_owned(), |at| exact(local(at)));
    let role = key.role.known().map_or_else(|| key.role.spelling().into_owned(), |role| role_label(*role).to_owned());
    let by = if key.created_by.is_empty() { "the command line" } else { &key.created_by };
    let author = key.author.as_ref().map_or_else(String::new, |author| match author.kind {
        ApiKeyAuthorKind::Member => format!(", writes as {}", author.name),
        ApiKeyAuthorKind::Integration => format!(", writes as {} (integration)", author.name),
    });
    format!("{role}{author}, by {by}, used {}, ends {}", at(key.used_at), at(key.ends_at))
}

/// The reason for which a page is not shown.
pub(crate) fn not_permitted(role: &str, permission: Permission) -> String {
    format!("Your role, {role}, may not {}. An admin can give you another one.", permission.description())
}

/// The advice for full or nearly full storage.
pub(crate) fn storage_words(level: &str) -> &'static str {
    match level {
        "" => "",
        "full" => {
            "The storage of this server is full: signals are refused, chats go on. Make room on its disk or raise max_database_mb."
        }
        _ => {
            "The storage of this server is nearly full. Soon signals will be refused: make room on its disk or raise max_database_mb."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn another_role_is_described_in_a_sentence() {
        assert_eq!(changed_role("bo@us.test", Role::Admin), "bo@us.test is an admin now.");
        assert_eq!(changed_role("bo@us.test", Role::Rep), "bo@us.test is a rep now.");
        assert_eq!(role_question("bo@us.test", Role::Manager), "Make bo@us.test a manager?");
        assert!(Role::ALL.iter().all(|role| role_may(*role).ends_with('.')));
    }

    #[wasm_bindgen_test]
    fn a_page_that_is_not_shown_says_which_permission_lacks() {
        assert_eq!(
            not_permitted("rep", Permission::ManageSites),
            "Your role, rep, may not see and change sites. An admin can give you another one."
        );
    }
}
