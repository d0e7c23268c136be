//! Settings of sign-in.

use serde::{Deserialize, Serialize};

/// Sign-in methods besides links.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    /// The condition for sign-in by password.
    pub(crate) password: PasswordPolicy,
}

/// The condition for sign-in by password.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", try_from = "String")]
pub(crate) enum PasswordPolicy {
    /// Only without mail: with mail, a link to the member's address is the only sign-in method.
    #[default]
    WithoutMail,
    /// With or without mail.
    Always,
    Never,
}

impl PasswordPolicy {
    /// Whether passwords are a sign-in method.
    pub(crate) const fn lets_in(self, is_mail_set_up: bool) -> bool {
        match self {
            PasswordPolicy::WithoutMail => !is_mail_set_up,
            PasswordPolicy::Always => true,
            PasswordPolicy::Never => false,
        }
    }
}

impl TryFrom<String> for PasswordPolicy {
    type Error = String;

    fn try_from(text: String) -> Result<PasswordPolicy, String> {
        match text.as_str() {
            "without_mail" => Ok(PasswordPolicy::WithoutMail),
            "always" => Ok(PasswordPolicy::Always),
            "never" => Ok(PasswordPolicy::Never),
            _ => Err(format!("`sign_in.password` is `{text}`, expected `without_mail`, `always` or `never`")),
        }
    }
}
