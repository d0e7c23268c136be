//! OAuth 2.0 as Google does it for web servers ([`crate::pages::WEB_SERVER`]).

mod consent;
mod grants;
mod html;
mod tokens;

pub(crate) use consent::{consent, page};
pub(crate) use grants::Grants;
pub(crate) use tokens::{revoke, token, token_info, user_info};

/// The id of the app.
pub const CLIENT_ID: &str = "1234-contract.apps.googleusercontent.com";
/// The secret of the app.
pub const CLIENT_SECRET: &str = "GOCSPX-contract";
