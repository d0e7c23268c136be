//! The typed client of the team API.

pub(crate) mod audit;
pub(crate) mod availability;
pub(crate) mod calendar;
pub(crate) mod conversations;
pub(crate) mod crm;
pub(crate) mod enrichment;
pub(crate) mod home;
pub(crate) mod knowledge;
pub(crate) mod links;
pub(crate) mod look;
pub(crate) mod mail;
pub(crate) mod meeting_settings;
pub(crate) mod meetings;
pub(crate) mod notifications;
pub(crate) mod playbooks;
pub(crate) mod records;
pub(crate) mod reminders;
pub(crate) mod replies;
pub(crate) mod reports;
pub(crate) mod rules;
pub(crate) mod session;
pub(crate) mod sites;
pub(crate) mod slack;
pub(crate) mod tags;
pub(crate) mod team;
pub(crate) mod visits;
pub(crate) mod webhooks;
pub(crate) mod workflows;

use futures_util::future::LocalBoxFuture;
use knock_json::parse_with_fractions;
use knock_wire::Problem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Write;
use std::sync::Arc;

/// The number of lines per page.
pub(crate) const PAGE: usize = 50;

/// The methods of the team API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
    Put,
    /// Changes a part of a resource.
    Patch,
    Delete,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) method: Method,
    /// The path and the query.
    pub(crate) path: String,
    /// The JSON body.
    pub(crate) body: Option<String>,
    /// A file in place of JSON: posted as a form, put as it is.
    pub(crate) file: Option<Upload>,
}

/// A file that a person chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upload {
    /// The id of the message with the file; empty for none.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) content: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status_code: u16,
    /// JSON, or empty.
    pub(crate) body: String,
}

/// The reason for which a response is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The server could not be reached.
    Unreachable,
    /// The session is missing or has ended.
    SignedOut,
    NotFound,
    /// Refused, with the server's problem document.
    Refused(Problem),
    /// The response has an unknown shape.
    Unreadable,
}

/// Sends one request; tests replace it by their own.
pub(crate) type Transport = Arc<dyn Fn(Call) -> LocalBoxFuture<'static, Result<Reply, Failure>> + Send + Sync>;

/// The API client. A 401 of any request sets `signed_out`.
#[derive(Clone)]
pub(crate) struct Client {
    send: Transport,
    signed_out: Arc<dyn Fn() + Send + Sync>,
}

impl Client {
    pub(crate) fn new(send: Transport, signed_out: impl Fn() + Send + Sync + 'static) -> Client {
        Client { send, signed_out: Arc::new(signed_out) }
    }

    async fn get<T: DeserializeOwned>(&self, path: String) -> Result<T, Failure> {
        self.ask(Method::Get, path, None).await
    }

    async fn ask<T: DeserializeOwned>(&self, method: Method, path: String, body: Option<String>) -> Result<T, Failure> {
        self.checked(read(&self.send(method, path, body).await?))
    }

    /// Posts a request without a response body.
    async fn post(&self, path: String, body: String) -> Result<(), Failure> {
        self.done(Method::Post, path, Some(body)).await
    }

    /// Sends a request without a response body.
    async fn done(&self, method: Method, path: String, body: Option<String>) -> Result<(), Failure> {
        let reply = self.send(method, path, body).await?;
        self.checked(if reply.status_code < 400 { Ok(()) } else { Err(refusal(&reply)) })
    }

    async fn upload<T: DeserializeOwned>(&self, path: String, file: Upload) -> Result<T, Failure> {
        let reply = (self.send)(Call { method: Method::Post, path, body: None, file: Some(file) }).await?;
        self.checked(read(&reply))
    }

    /// Puts a file, without a form around it.
    async fn put_file<T: DeserializeOwned>(&self, path: String, file: Upload) -> Result<T, Failure> {
        let reply = (self.send)(Call { method: Method::Put, path, body: None, file: Some(file) }).await?;
        self.checked(read(&reply))
    }

    fn checked<T>(&self, answer: Result<T, Failure>) -> Result<T, Failure> {
        if matches!(answer, Err(Failure::SignedOut)) {
            (self.signed_out)();
        }
        answer
    }

    async fn send(&self, method: Method, path: String, body: Option<String>) -> Result<Reply, Failure> {
        (self.send)(Call { method, path, body, file: None }).await
    }
}

fn read<T: DeserializeOwned>(reply: &Reply) -> Result<T, Failure> {
    if reply.status_code >= 400 {
        return Err(refusal(reply));
    }
    parse_with_fractions(&reply.body).ok_or(Failure::Unreadable)
}

fn refusal(reply: &Reply) -> Failure {
    match reply.status_code {
        401 => Failure::SignedOut,
        404 => Failure::NotFound,
        _ => Failure::Refused(problem(reply)),
    }
}

/// The problem document of a response; a proxy in between may have sent anything.
fn problem(reply: &Reply) -> Problem {
    parse_with_fractions(&reply.body).unwrap_or_else(|| Problem {
        title: format!("The server answered {}", reply.status_code),
        status_code: reply.status_code,
        ..Problem::default()
    })
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|_| Failure::Unreadable)
}

fn push(path: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        path.push('&');
        path.push_str(name);
        path.push('=');
        path.push_str(&encode(value));
    }
}

/// A text as a part of an address.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use knock_wire::SiteList;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use wasm_bindgen_test::wasm_bindgen_test;

    /// A client whose every response has this status code, and its count of lost sessions.
    pub(super) fn client_answering(status_code: u16) -> (Client, Arc<AtomicUsize>) {
        let lost = Arc::new(AtomicUsize::new(0));
        let count = lost.clone();
        let reply = Reply { status_code, body: "{}".to_owned() };
        let send: Transport = Arc::new(move |_| std::future::ready(Ok(reply.clone())).boxed_local());
        let client = Client::new(send, move || {
            count.fetch_add(1, Ordering::Relaxed);
        });
        (client, lost)
    }

    #[wasm_bindgen_test]
    fn a_lost_session_is_reported_to_the_app() {
        let (client, lost) = client_answering(401);
        assert_eq!(client.sites().now_or_never(), Some(Err(Failure::SignedOut)));
        assert_eq!(lost.load(Ordering::Relaxed), 1);
    }

    #[wasm_bindgen_test]
    fn status_codes_become_failures() {
        let check = |status_code, body: &str, expected: Failure| {
            let found = read::<SiteList>(&Reply { status_code, body: body.to_owned() });
            assert_eq!(found.err(), Some(expected), "{status_code}");
        };
        check(401, "", Failure::SignedOut);
        check(404, "", Failure::NotFound);
        check(200, "<html>", Failure::Unreadable);
        let title = "The server answered 502".to_owned();
        check(502, "<html>", Failure::Refused(Problem { title, status_code: 502, ..Problem::default() }));
    }
}
