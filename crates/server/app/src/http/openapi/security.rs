//! Security schemes of the OpenAPI document.

use super::operations::Access;
use crate::http::auth::COOKIE;
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};

const SESSION: &str = "session";
const API_KEY: &str = "apiKey";
const CHAT_TOKEN: &str = "chatToken";

/// Declares the ways to sign in.
pub(super) fn declare(document: &mut OpenApi) {
    let cookie = "The cookie of a signed-in browser, set by `POST /api/v1/session`.";
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(COOKIE, cookie)));
    let components = document.components.get_or_insert_default();
    components.add_security_scheme(SESSION, cookie);
    components.add_security_scheme(API_KEY, bearer("An API key, made by `knock api-key create`."));
    components.add_security_scheme(
        CHAT_TOKEN,
        bearer("The token of one conversation, answered by `POST /v1/chat`; to read a mailed one, that of the link."),
    );
}

fn bearer(description: &str) -> SecurityScheme {
    SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(description)).build())
}

/// The security requirements of an operation: one of these must be met.
pub(super) fn of(access: Access) -> Vec<SecurityRequirement> {
    let by = |scheme: &str| SecurityRequirement::new(scheme, Vec::<String>::new());
    let nothing = SecurityRequirement::default;
    match access {
        Access::Public => Vec::new(),
        Access::Site => vec![nothing(), by(API_KEY)],
        Access::Chat => vec![by(CHAT_TOKEN)],
        Access::ChatLive => vec![nothing(), by(CHAT_TOKEN)],
        Access::Team => vec![by(SESSION), by(API_KEY)],
        Access::Member => vec![by(SESSION)],
    }
}
