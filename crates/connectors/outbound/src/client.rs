//! One client for all that leaves the house.

use crate::guard::Guard;
use crate::retry_after;
use knock_model::Millis;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, ClientBuilder, Method, RequestBuilder, Response, redirect};
use rustls::{ClientConfig, RootCertStore};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// The timeout of a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// Connections that are kept open for an address, and for how long.
const KEPT: (usize, Duration) = (2, Duration::from_secs(60));

/// Asks addresses that others chose.
#[derive(Clone)]
pub struct Outbound {
    client: Client,
    guard: Arc<Guard>,
    /// The time for which each answer is held back.
    delay: Option<fn() -> Duration>,
}

/// An answer, as far as anybody here wants to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    pub code: u16,
    /// The delay that it asks for before the next request.
    pub retry_after: Option<Millis>,
}

/// A page as it was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub code: u16,
    /// The content type of the response; empty if there is none.
    pub content_type: String,
    /// The target of a redirect.
    pub location: Option<String>,
    /// The content, uncompressed, as far as it is within the limit.
    pub body: Vec<u8>,
    pub is_whole: bool,
}

#[derive(Debug)]
pub struct Request {
    /// The method, such as `PROPFIND`.
    pub method: &'static str,
    pub url: Url,
    pub headers: Vec<(&'static str, String)>,
    /// The header that lets in there, by name and value; what logs of the client show of it is that it is there.
    pub secret: Option<(String, String)>,
    /// The content; empty for none.
    pub body: String,
    /// The most bytes of the answer that are read.
    pub limit: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub code: u16,
    /// The version of what was asked for.
    pub etag: Option<String>,
    /// The target of a redirect, or the address of the created resource.
    pub location: Option<String>,
    /// The delay that it asks for before the next request.
    pub retry_after: Option<Millis>,
    /// The ways to sign in that it names (`WWW-Authenticate`), where it refuses.
    pub challenges: Vec<String>,
    /// The vendor's own headers, those that begin with `x-`, in lower case.
    pub vendor: Vec<(String, String)>,
    /// The content, as far as it is within the limit.
    pub body: Vec<u8>,
    pub is_whole: bool,
}

/// The reason for which there was no response.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The address is not permitted.
    #[error("{0}")]
    Refused(&'static str),
    /// The server could not be reached, or did not respond in time.
    #[error("{0}")]
    Unreached(String),
}

impl Outbound {
    /// A client that waits so long for an answer, all in all.
    ///
    /// # Errors
    /// When the system's TLS roots cannot be used.
    pub fn new(guard: Guard, patience: Duration) -> Result<Outbound, String> {
        // Answers are not read: none needs to be compressed.
        Outbound::build(guard, |client| client.timeout(patience).no_gzip())
    }

    /// A client that reads pages, compressed where the server can.
    ///
    /// # Errors
    /// When the system's TLS roots cannot be used.
    pub fn for_pages(guard: Guard, patience: Duration) -> Result<Outbound, String> {
        Outbound::build(guard, |client| client.timeout(patience).gzip(true))
    }

    fn build(guard: Guard, set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Result<Outbound, String> {
        let guard = Arc::new(guard);
        let client = Client::builder()
            .tls_backend_preconfigured(tls()?)
            .user_agent(concat!("Knock/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            // The environment's proxy would resolve names by itself.
            .no_proxy()
            .connect_timeout(CONNECT)
            .pool_max_idle_per_host(KEPT.0)
            .pool_idle_timeout(KEPT.1)
            .dns_resolver(Arc::new(Guarded(Arc::clone(&guard))));
        let client = set(client).build().map_err(|error| with_sources(&error))?;
        Ok(Outbound { client, guard, delay: None })
    }

    /// A client that holds each answer back for a time, for tests of what is late.
    #[must_use]
    pub fn with_delay(self, delay: fn() -> Duration) -> Outbound {
        Outbound { delay: Some(delay), ..self }
    }

    async fn answer(&self, request: RequestBuilder) -> reqwest::Result<Response> {
        let answer = request.send().await;
        if let Some(delay) = self.delay {
            tokio::time::sleep(delay()).await;
        }
        answer
    }

    /// Judges addresses as requests do.
    pub fn guard(&self) -> &Guard {
        &self.guard
    }

    /// Posts JSON. The body of the answer is not read.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn post(&self, url: Url, headers: &[(&'static str, String)], body: String) -> Result<Answer, Failure> {
        let json = ("content-type", "application/json".to_owned());
        let headers: Vec<_> = headers.iter().cloned().chain([json]).collect();
        self.post_bytes(url, &headers, body.into_bytes()).await
    }

    /// Posts any bytes; their type is one of the headers. The body of the answer is not read.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn post_bytes(
        &self,
        url: Url,
        headers: &[(&'static str, String)],
        body: Vec<u8>,
    ) -> Result<Answer, Failure> {
        self.guard.check(&url).map_err(Failure::Refused)?;
        let all = headers_of(headers)?;
        let answer = self.answer(self.client.post(url).headers(all).body(body)).await;
        let answer = answer.map_err(|error| Failure::Unreached(with_sources(&error.without_url())))?;
        Ok(Answer { code: answer.status().as_u16(), retry_after: retry_after::asked(answer.headers()) })
    }

    /// Gets a page, of which at most `limit` bytes are read. Redirects are answers too.
    ///
    /// # Errors
    /// When there is no answer, or it breaks off.
    pub async fn get(&self, url: Url, accept: &'static str, limit: usize) -> Result<Page, Failure> {
        self.guard.check(&url).map_err(Failure::Refused)?;
        let answer = self.answer(self.client.get(url).header(reqwest::header::ACCEPT, accept)).await;
        let mut answer = answer.map_err(unread)?;
        let text = |name: HeaderName| Some(answer.headers().get(name)?.to_str().ok()?.to_owned());
        let content_type = text(reqwest::header::CONTENT_TYPE).unwrap_or_default();
        let location = text(reqwest::header::LOCATION);
        let code = answer.status().as_u16();
        let (body, is_whole) = read(&mut answer, limit).await?;
        Ok(Page { code, content_type, location, body, is_whole })
    }

    /// Sends a request and reads its answer. Redirects are answers too.
    ///
    /// # Errors
    /// When there is no answer, or it breaks off.
    pub async fn send(&self, request: Request) -> Result<Reply, Failure> {
        let Request { method, url, headers, secret, body, limit } = request;
        self.guard.check(&url).map_err(Failure::Refused)?;
        let method = Method::from_bytes(method.as_bytes()).map_err(|_| Failure::Refused("the method is none"))?;
        let mut headers = headers_of(&headers)?;
        headers.extend(secret.map(secret_header).transpose()?);
        let answer = self.answer(self.client.request(method, url).headers(headers).body(body)).await;
        let mut answer = answer.map_err(unread)?;
        let text = |name: HeaderName| Some(answer.headers().get(name)?.to_str().ok()?.to_owned());
        let (etag, location) = (text(reqwest::header::ETAG), text(reqwest::header::LOCATION));
        let (code, retry_after) = (answer.status().as_u16(), retry_after::asked(answer.headers()));
        let (vendor, challenges) = (vendor(answer.headers()), challenges(answer.headers()));
        let (body, is_whole) = read(&mut answer, limit).await?;
        Ok(Reply { code, etag, location, retry_after, challenges, vendor, body, is_whole })
    }
}

impl Reply {
    /// A header of the vendor, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.vendor.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

fn challenges(headers: &HeaderMap) -> Vec<String> {
    let all = headers.get_all(reqwest::header::WWW_AUTHENTICATE).iter();
    all.filter_map(|challenge| challenge.to_str().ok().map(str::to_owned)).collect()
}

fn vendor(headers: &HeaderMap) -> Vec<(String, String)> {
    let own = headers.iter().filter(|(name, _)| name.as_str().starts_with("x-"));
    own.filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))).collect()
}

fn headers_of(headers: &[(&'static str, String)]) -> Result<HeaderMap, Failure> {
    let header = |(name, value): &(&'static str, String)| {
        let value = HeaderValue::from_str(value).map_err(|_| Failure::Refused("a header has a line break"))?;
        Ok((HeaderName::from_static(name), value))
    };
    headers.iter().map(header).collect()
}

fn secret_header((name, value): (String, String)) -> Result<(HeaderName, HeaderValue), Failure> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| Failure::Refused("a header has no name"))?;
    let mut value = HeaderValue::from_str(&value).map_err(|_| Failure::Refused("a header has a line break"))?;
    value.set_sensitive(true);
    Ok((name, value))
}

/// The content of an answer up to a limit, and whether that is all of it.
async fn read(answer: &mut Response, limit: usize) -> Result<(Vec<u8>, bool), Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(unread)? {
        let room = limit - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            return Ok((body, false));
        }
    }
    Ok((body, true))
}

/// Resolves names, and hides what may not be asked: what was judged is what is connected to.
struct Guarded(Arc<Guard>);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = Arc::clone(&self.0);
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            if guard.has_host(name.as_str()) {
                return Ok(Box::new(found.collect::<Vec<_>>().into_iter()) as Addrs);
            }
            let allowed = guard.allowed(found);
            if allowed.is_empty() {
                return Err("the name leads into a private network".into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// TLS by the system's roots, with the one provider that the server has.
fn tls() -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// The reason for which a page was not read, in plain words for the frequent ones.
fn unread(error: reqwest::Error) -> Failure {
    let error = error.without_url();
    Failure::Unreached(if error.is_timeout() {
        "the server did not answer in time".to_owned()
    } else if error.is_connect() {
        format!("the server could not be reached: {}", cause(&error))
    } else {
        format!("the answer could not be read: {}", cause(&error))
    })
}

/// The root cause of an error.
fn cause(error: &dyn Error) -> String {
    let mut last = error;
    while let Some(inner) = last.source() {
        last = inner;
    }
    last.to_string()
}

/// The text of an error with those of its sources: the outer ones only say that there was an error.
fn with_sources(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        let said = inner.to_string();
        if !text.contains(&said) {
            text = format!("{text}: {said}");
        }
        source = inner.source();
    }
    text
}
