//! The page on which an administrator of the account installs the app.

use crate::token::{APP, CODE};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Html;
use std::collections::BTreeMap;
use url::Url;

/// `GET /oauth/authorize`: leads back with a code, or with `access_denied`.
pub(crate) async fn page(
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Html<String>, (StatusCode, &'static str)> {
    let given = |name: &str| query.get(name).map_or("", String::as_str);
    let wrong = |why| Err((StatusCode::BAD_REQUEST, why));
    if given("client_id") != APP.0 {
        return wrong("The client id is not known");
    }
    if given("scope").is_empty() {
        return wrong("The scopes are missing");
    }
    let Ok(back) = Url::parse(given("redirect_uri")) else { return wrong("The redirect URL is not valid") };
    let lead = |name: &str, value: &str| {
        let mut back = back.clone();
        back.query_pairs_mut().append_pair(name, value).append_pair("state", given("state"));
        back.as_str().replace('&', "&amp;")
    };
    let (connect, cancel) = (lead("code", CODE), lead("error", "access_denied"));
    Ok(Html(format!(
        r#"<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Connect Knock to HubSpot</title><h1>Connect Knock to HubSpot</h1>
<a href="{connect}">Connect app</a> <a href="{cancel}">Cancel</a></html>"#
    )))
}
