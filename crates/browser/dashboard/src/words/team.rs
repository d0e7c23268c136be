//! The team in words.

use knock_model::{Permission, Role};

/// How a role is called.
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
    let article = if role == Role::Admin { "an" } else { "a" };
    format!("{email} is {article} {} now.", role.as_str())
}

/// What to do with an invitation that was made.
pub(crate) fn invited_words(email: &str, is_mailed: bool) -> String {
    let mailed = if is_mailed { "It was mailed to them too." } else { "It is shown this once: copy it now." };
    format!("Send this link to {email}. It signs them in once, within 7 days. {mailed}")
}

/// Why a page is not shown.
pub(crate) fn not_permitted(role: &str, permission: Permission) -> String {
    format!("Your role, {role}, may not {}. An admin can give you another one.", permission.deed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_role_is_told_in_a_sentence() {
        assert_eq!(changed_role("bo@us.test", Role::Admin), "bo@us.test is an admin now.");
        assert_eq!(changed_role("bo@us.test", Role::Rep), "bo@us.test is a rep now.");
    }

    #[test]
    fn a_page_that_is_not_shown_says_which_permission_lacks() {
        assert_eq!(
            not_permitted("rep", Permission::ManageSites),
            "Your role, rep, may not see and change sites. An admin can give you another one."
        );
    }
}
