//! The return of a browser from a vendor after an installation: it is redirected to the page where it began.

use crate::http::auth::{Allowed, Caller};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use knock_context::{Installer, Stopped, take};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::form_urlencoded::Serializer;

/// The longest error code of a vendor that is shown.
const LONGEST: usize = 60;

/// The parameters that a vendor adds to the address. It has no `Debug`, so that the code is in no log.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Back {
    state: String,
    code: String,
    error: String,
}

/// The result of an installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    Done,
    /// The browser is not signed in.
    SignedOut,
    /// The member may not install apps.
    NotPermitted,
    /// The installation was denied on the vendor's page.
    Denied,
    Stopped(Stopped),
    /// The vendor refused, with its error code if it has one.
    Refused(String),
    /// The vendor did not answer.
    Unreachable,
    /// An error of the store.
    Failed,
}

impl Ended {
    const fn word(&self) -> &'static str {
        match self {
            Ended::Done => "done",
            Ended::SignedOut => "signed-out",
            Ended::NotPermitted => "not-permitted",
            Ended::Denied => "denied",
            Ended::Stopped(Stopped::Expired) => "expired",
            Ended::Stopped(Stopped::Unknown) => "unknown",
            Ended::Stopped(Stopped::Foreign) => "foreign",
            Ended::Refused(_) => "refused",
            Ended::Unreachable => "unreachable",
            Ended::Failed => "failed",
        }
    }
}

/// An installation that continues: its caller, the app, and the code to exchange for a token.
pub(super) struct Begun<A> {
    pub(super) caller: Caller,
    pub(super) app: A,
    pub(super) code: String,
}

/// Claims the installation from which the browser returns.
pub(super) async fn begun<A: DeserializeOwned, P, K>(
    state: &AppState,
    installer: Installer,
    allowed: Result<Allowed<P, K>, Problem>,
    back: Back,
) -> Result<Begun<A>, Ended> {
    let Allowed { caller, .. } = allowed.map_err(|problem| match problem.into_document().status_code {
        401 => Ended::SignedOut,
        403 => Ended::NotPermitted,
        _ => Ended::Failed,
    })?;
    let taken =
        take(&state.core, installer, caller.secret, &back.state).await.map_err(|error| failed(installer, &error))?;
    let app = taken.map_err(Ended::Stopped)?;
    match (back.error.as_str(), back.code) {
        ("", code) if !code.is_empty() => Ok(Begun { caller, app, code }),
        ("access_denied", _) => Err(Ended::Denied),
        (error, _) => Err(Ended::Refused(error.to_owned())),
    }
}

/// Logs an error of the store: the page only shows that the installation failed.
pub(super) fn failed(installer: Installer, error: &dyn std::fmt::Display) -> Ended {
    tracing::warn!(vendor = installer.vendor, %error, "an installation could not be stored");
    Ended::Failed
}

/// Redirects the browser to the page of the vendor, which shows the outcome.
pub(super) fn to_page(installer: Installer, ended: &Ended) -> Response {
    let mut query = Serializer::new(String::new());
    if let Some(name) = installer.parameter {
        query.append_pair(name, installer.vendor);
    }
    query.append_pair("install", ended.word());
    if let Ended::Refused(code) = ended
        && is_word(code)
    {
        query.append_pair("why", code);
    }
    let address = format!("{}?{}", installer.page, query.finish());
    let Ok(address) = HeaderValue::from_str(&address) else { return StatusCode::BAD_GATEWAY.into_response() };
    let headers = [(header::LOCATION, address), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// Whether a text is an error code of a vendor: no sentence from an address is shown on a page of this server.
fn is_word(text: &str) -> bool {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    !text.is_empty() && text.len() <= LONGEST && is_plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_slack_workspace::Slack;

    fn location(ended: &Ended) -> String {
        let response = to_page(Slack::INSTALLER, ended);
        response.headers()[header::LOCATION].to_str().expect("an address").to_owned()
    }

    #[test]
    fn the_page_is_led_to_with_words_of_ours_and_of_the_vendor_only() {
        assert_eq!(location(&Ended::Done), "/app/settings/slack?install=done");
        let refused = |code: &str| location(&Ended::Refused(code.to_owned()));
        assert_eq!(refused("bad_client_secret"), "/app/settings/slack?install=refused&why=bad_client_secret");
        for code in ["", "Call +1 555 0100", "a\r\nb", &"a".repeat(61)] {
            assert_eq!(refused(code), "/app/settings/slack?install=refused", "{code}");
        }
    }
}
