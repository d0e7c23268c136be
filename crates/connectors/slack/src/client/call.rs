//! A call, and what its answer means.

use super::{Client, Page};
use crate::{Refusal, Token};
use knock_outbound::{Reply, Request};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::form_urlencoded;

/// The most bytes of an answer: a page of 500 members takes about half of it.
const LIMIT: usize = 4 << 20;

/// Arguments by name, each as it stands in a form; lists and objects as JSON.
pub(super) struct Arguments(Vec<(&'static str, String)>);

/// The common part of all responses.
#[derive(Deserialize)]
struct Said {
    ok: bool,
    error: Option<String>,
    needed: Option<String>,
}

/// The cursor of the next page.
#[derive(Default, Deserialize)]
struct Cursor {
    #[serde(default)]
    next_cursor: String,
}

impl Arguments {
    pub(super) fn new(arguments: impl IntoIterator<Item = (&'static str, String)>) -> Arguments {
        Arguments(arguments.into_iter().collect())
    }

    /// With one more, where there is a value.
    pub(super) fn and(mut self, name: &'static str, value: Option<impl ToString>) -> Arguments {
        self.0.extend(value.map(|value| (name, value.to_string())));
        self
    }
}

impl Client {
    /// Calls a method, whose answer has this shape.
    pub(super) async fn call<A: DeserializeOwned>(
        &self,
        token: &Token,
        method: &str,
        arguments: Arguments,
    ) -> Result<A, Refusal> {
        self.call_with(Some(bearer(token)), method, arguments).await
    }

    /// The same with another header that lets in, or none.
    pub(super) async fn call_with<A: DeserializeOwned>(
        &self,
        secret: Option<(String, String)>,
        method: &str,
        arguments: Arguments,
    ) -> Result<A, Refusal> {
        read(&self.reply(secret, method, arguments).await?)
    }

    /// The answer with its headers.
    pub(super) async fn reply(
        &self,
        secret: Option<(String, String)>,
        method: &str,
        arguments: Arguments,
    ) -> Result<Reply, Refusal> {
        let url = self.base.join(method).map_err(|_| Refusal::rejected("the address of Slack cannot be used"))?;
        // Every method takes a form; only some take JSON.
        let headers = vec![
            ("content-type", "application/x-www-form-urlencoded; charset=utf-8".to_owned()),
            ("accept", "application/json".to_owned()),
        ];
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(arguments.0).finish();
        let request = Request { method: "POST", url, headers, secret, body, limit: LIMIT };
        self.outbound.send(request).await.map_err(|failure| Refusal::of_failure(&failure))
    }
}

/// The header with the token.
pub(super) fn bearer(token: &Token) -> (String, String) {
    ("authorization".to_owned(), format!("Bearer {}", token.as_str()))
}

/// Slack says in the body how it went: most refusals have the status code 200.
pub(super) fn read<A: DeserializeOwned>(reply: &Reply) -> Result<A, Refusal> {
    if !reply.is_whole {
        return Err(Refusal::rejected("the answer of Slack is larger than 4 MB"));
    }
    let Ok(said) = serde_json::from_slice::<Said>(&reply.body) else {
        return Err(Refusal::of_status(reply.code, reply.retry_after));
    };
    if !said.ok {
        let code = said.error.unwrap_or_else(|| "unknown_error".to_owned());
        return Err(Refusal::of_error(&code, said.needed.as_deref(), reply.retry_after));
    }
    if !(200..=299).contains(&reply.code) {
        return Err(Refusal::of_status(reply.code, reply.retry_after));
    }
    // What was asked may have been done: asking again is for who knows how to look for it.
    serde_json::from_slice(&reply.body).map_err(|error| Refusal::later(&format!("unexpected answer: {error}"), None))
}

/// A page of a response, with the cursor of the next one.
pub(super) fn page<T>(items: Vec<T>, metadata: Option<&Value>) -> Page<T> {
    let cursor: Cursor = metadata.and_then(|json| serde_json::from_value(json.clone()).ok()).unwrap_or_default();
    Page { items, next: Some(cursor.next_cursor).filter(|cursor| !cursor.is_empty()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Broken, RefusalKind};
    use knock_model::Millis;

    fn check(code: u16, body: &str, expected: Result<(), RefusalKind>) {
        let retry_after = Some(Millis(30_000));
        let body = body.as_bytes().to_vec();
        let reply = Reply {
            code,
            etag: None,
            location: None,
            retry_after,
            challenges: Vec::new(),
            vendor: Vec::new(),
            body,
            is_whole: true,
        };
        let read = read::<Value>(&reply).map(|_| ()).map_err(|refusal| refusal.kind);
        assert_eq!(read, expected, "{code} {:?}", String::from_utf8_lossy(&reply.body));
    }

    #[test]
    fn answers_say_how_it_went() {
        let later = RefusalKind::Retry(Some(Millis(30_000)));
        check(200, r#"{"ok":true,"ts":"1.000000"}"#, Ok(()));
        check(200, r#"{"ok":false,"error":"invalid_auth"}"#, Err(RefusalKind::Broken(Broken::Token)));
        check(200, r#"{"ok":false}"#, Err(RefusalKind::Rejected));
        check(429, r#"{"ok":false,"error":"ratelimited"}"#, Err(later.clone()));
        check(429, "", Err(later.clone()));
        check(503, "<html>", Err(later.clone()));
        check(200, "<html>Sign in to the hotel's network", Err(later.clone()));
        check(500, r#"{"ok":true}"#, Err(later));
        check(302, "", Err(RefusalKind::Rejected));
        check(404, "Not found", Err(RefusalKind::Rejected));
        let needed = r#"{"ok":false,"error":"missing_scope","needed":"groups:read","provided":"chat:write"}"#;
        check(200, needed, Err(RefusalKind::Broken(Broken::MissingScope("groups:read".into()))));
    }

    #[test]
    fn the_last_page_has_no_next_one() {
        let next = |json: Value| page::<()>(Vec::new(), Some(&json)).next;
        assert_eq!(next(serde_json::json!({"next_cursor": "dXNlcjo="})), Some("dXNlcjo=".to_owned()));
        assert_eq!(next(serde_json::json!({"next_cursor": ""})), None);
        assert_eq!(next(serde_json::json!({"messages": []})), None);
        assert_eq!(page::<()>(Vec::new(), None).next, None);
    }
}
