//! One request to the Calendar API, with a token.

use crate::outcome::{self, Fault, Kind};
use crate::settings::Settings;
use knock_outbound::{Outbound, Request};
use knock_ports::Clock;
use serde_json::Value as Json;
use std::sync::Arc;
use url::Url;

/// The most bytes of an answer: 2,500 events with their guests.
const LIMIT: usize = 32 << 20;

/// Google, for any account.
pub(crate) struct Google {
    pub(crate) outbound: Outbound,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) settings: Settings,
}

/// A request to the Calendar API.
#[derive(Default)]
pub(crate) struct Call<'c> {
    pub(crate) method: &'static str,
    /// The parts of the path below `/calendar/v3`, not encoded.
    pub(crate) path: Vec<&'c str>,
    pub(crate) query: Vec<(&'static str, String)>,
    /// The version that is to be changed; empty for any.
    pub(crate) if_match: String,
    pub(crate) body: Option<Json>,
}

impl<'c> Call<'c> {
    pub(crate) fn get(path: Vec<&'c str>, query: Vec<(&'static str, String)>) -> Call<'c> {
        Call { method: "GET", path, query, ..Call::default() }
    }
}

impl Google {
    /// Sends a request once; the content of its answer.
    pub(crate) async fn call(&self, call: &Call<'_>, token: &str) -> Result<Vec<u8>, Fault> {
        let mut headers = vec![("accept", "application/json".to_owned())];
        let body = call.body.as_ref().map(Json::to_string).unwrap_or_default();
        if call.body.is_some() {
            headers.push(("content-type", "application/json".to_owned()));
        }
        if !call.if_match.is_empty() {
            headers.push(("if-match", call.if_match.clone()));
        }
        let secret = Some(("authorization".to_owned(), format!("Bearer {token}")));
        let request = Request { method: call.method, url: self.url(call)?, headers, secret, body, limit: LIMIT };
        outcome::body(self.outbound.send(request).await.map_err(outcome::unanswered)?)
    }

    fn url(&self, call: &Call<'_>) -> Result<Url, Fault> {
        let mut url = self.settings.api_url.clone();
        let parts = ["calendar", "v3"].iter().chain(&call.path);
        let wrong = |()| Fault::new(Kind::Wrong, "the address of Google in the configuration has no path");
        url.path_segments_mut().map_err(wrong)?.pop_if_empty().extend(parts);
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&call.query);
        }
        Ok(url)
    }
}
