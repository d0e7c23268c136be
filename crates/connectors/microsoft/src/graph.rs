//! Requests to Microsoft Graph, with the token of the moment.

use crate::identity::Identity;
use crate::outcome::{self, Fault, Kind};
use jiff::Timestamp;
use knock_model::Millis;
use knock_oauth::{NoToken, Tokens};
use knock_outbound::{Outbound, Request};
use knock_ports::{StoreError, TokenStore};
use serde_json::Value as Json;
use std::sync::Arc;
use tokio::sync::Semaphore;
use url::Url;
use url::form_urlencoded::byte_serialize;

/// The most bytes of an answer: a thousand events.
const LIMIT: usize = 8 << 20;
/// The requests that Outlook serves of an app and a mailbox at a time.
const AT_ONCE: usize = 4;
/// The most pages of an answer that are read.
pub(crate) const MOST_PAGES: usize = 200;

/// Ids that stay when an event is moved to another folder.
pub(crate) const IMMUTABLE_IDS: Option<&str> = Some(r#"IdType="ImmutableId""#);
/// The zone of the times in answers.
pub(crate) const IN_UTC: Option<&str> = Some(r#"outlook.timezone="UTC""#);
/// Both.
pub(crate) const IMMUTABLE_IN_UTC: Option<&str> = Some(r#"IdType="ImmutableId", outlook.timezone="UTC""#);

/// Graph, as one account uses it.
pub(crate) struct Graph {
    outbound: Outbound,
    base: Url,
    identity: Identity,
    tokens: Tokens,
    free: Semaphore,
}

pub(crate) struct Call {
    method: &'static str,
    url: Url,
    /// The value of the header `Prefer`.
    prefer: Option<&'static str>,
    body: Option<Json>,
}

/// A page of a list.
pub(crate) struct Page {
    pub(crate) items: Vec<Json>,
    /// The address of the next page; none at the last one.
    pub(crate) next: Option<Url>,
    /// The address of the changes since, where they are followed: on the last page.
    pub(crate) changes: Option<Url>,
}

impl Call {
    pub(crate) fn get(url: Url, prefer: Option<&'static str>) -> Call {
        Call { method: "GET", url, prefer, body: None }
    }

    pub(crate) fn write(method: &'static str, url: Url, body: Option<Json>) -> Call {
        Call { method, url, prefer: IMMUTABLE_IDS, body }
    }
}

impl Graph {
    pub(crate) fn new(outbound: Outbound, base: Url, identity: Identity, tokens: Arc<dyn TokenStore>) -> Graph {
        Graph { outbound, base, identity, tokens: Tokens::new(tokens), free: Semaphore::new(AT_ONCE) }
    }

    /// An address of Graph.
    pub(crate) fn address(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Url, Fault> {
        at(&self.base, path, query)
    }

    /// An address of this account.
    pub(crate) fn me(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Url, Fault> {
        let path: Vec<&str> = ["me"].into_iter().chain(path.iter().copied()).collect();
        self.address(&path, query)
    }

    /// Sends a request and reads the answer. A token that is not accepted is renewed once.
    pub(crate) async fn ask(&self, call: &Call) -> Result<Json, Fault> {
        // It is never closed: without a permit there would be one request too many, which Graph answers.
        let _permit = self.free.acquire().await.ok();
        let token = self.token(None).await?;
        match once(&self.outbound, call, &token).await {
            Err(Fault { kind: Kind::Expired, .. }) => {
                let newer = self.token(Some(&token)).await?;
                once(&self.outbound, call, &newer).await
            }
            answered => answered,
        }
    }

    /// The items of all pages. A page may have fewer than were asked for, or none, and be followed by another.
    pub(crate) async fn pages(&self, first: Url, prefer: Option<&'static str>) -> Result<Vec<Json>, Fault> {
        let (mut items, mut next) = (Vec::new(), Some(first));
        for _ in 0..MOST_PAGES {
            let Some(url) = next else { return Ok(items) };
            let mut page = self.page(url, prefer).await?;
            items.append(&mut page.items);
            next = page.next;
        }
        Err(Fault::new(Kind::Wrong, "the answer of Microsoft 365 has too many pages"))
    }

    /// One page.
    pub(crate) async fn page(&self, url: Url, prefer: Option<&'static str>) -> Result<Page, Fault> {
        let mut page = self.ask(&Call::get(url, prefer)).await?;
        let link = |name: &str| page[name].as_str().map(|link| following(&self.base, link)).transpose();
        let (next, changes) = (link("@odata.nextLink")?, link("@odata.deltaLink")?);
        match page.get_mut("value").map(Json::take) {
            Some(Json::Array(items)) => Ok(Page { items, next, changes }),
            _ => Err(Fault::new(Kind::Wrong, "the answer of Microsoft 365 is no list")),
        }
    }

    async fn token(&self, refused: Option<&str>) -> Result<String, Fault> {
        let renewed = async |refresh: &str| self.identity.refresh(refresh).await;
        let token = self.tokens.token(self.identity.clock.now(), refused, renewed).await;
        token.map_err(|none| match none {
            NoToken::Vendor(fault) => fault,
            NoToken::Store(error) => unstored(&error),
        })
    }
}

/// The address of the next page: of Graph alone, since the token is sent there.
fn following(base: &Url, link: &str) -> Result<Url, Fault> {
    let url = Url::parse(link).ok().filter(|url| url.origin() == base.origin());
    url.ok_or_else(|| Fault::new(Kind::Wrong, "the answer of Microsoft 365 continues at another server"))
}

/// Sends a request with a token and reads the answer.
pub(crate) async fn once(outbound: &Outbound, call: &Call, token: &str) -> Result<Json, Fault> {
    let mut headers = vec![("accept", "application/json".to_owned())];
    headers.extend(call.prefer.map(|prefer| ("prefer", prefer.to_owned())));
    headers.extend(call.body.as_ref().map(|_| ("content-type", "application/json".to_owned())));
    let secret = Some(("authorization".to_owned(), format!("Bearer {token}")));
    let body = call.body.as_ref().map(Json::to_string).unwrap_or_default();
    let request = Request { method: call.method, url: call.url.clone(), headers, secret, body, limit: LIMIT };
    let reply = outbound.send(request).await.map_err(outcome::unanswered)?;
    outcome::of_graph(&reply)
}

/// An address below a base, with a query. Its spaces are `%20`, as OData wants them.
pub(crate) fn at(base: &Url, path: &[&str], query: &[(&str, &str)]) -> Result<Url, Fault> {
    let mut url = base.clone();
    url.path_segments_mut()
        .map_err(|()| Fault::new(Kind::Wrong, "the address of Microsoft 365 is none"))?
        .pop_if_empty()
        .extend(path);
    let encoded = |value: &str| byte_serialize(value.as_bytes()).collect::<String>().replace('+', "%20");
    let pairs: Vec<String> = query.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    url.set_query((!pairs.is_empty()).then(|| pairs.join("&")).as_deref());
    Ok(url)
}

fn unstored(error: &StoreError) -> Fault {
    Fault::new(Kind::Later(None), format!("the access to Microsoft 365 could not be read: {error}"))
}

/// An instant as Graph reads it.
pub(crate) fn utc(at: Millis) -> Result<String, Fault> {
    let instant = Timestamp::from_millisecond(at.0);
    instant.map(|instant| instant.to_string()).map_err(|_| Fault::new(Kind::Wrong, "a time is out of range"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_as_odata_wants_them() {
        let check = |base: &str, path: &[&str], query: &[(&str, &str)], expected: &str| {
            let url = at(&Url::parse(base).expect("a URL"), path, query).expect("an address");
            assert_eq!(url.as_str(), expected);
        };
        check("https://graph.example/v1.0", &["me", "a/b=="], &[], "https://graph.example/v1.0/me/a%2Fb==");
        let expected = "https://graph.example/v1.0/me?$filter=a%20eq%20%27b%2Bc%27";
        check("https://graph.example/v1.0/", &["me"], &[("$filter", "a eq 'b+c'")], expected);
    }

    #[test]
    fn the_token_goes_to_no_other_server() {
        let base = Url::parse("https://graph.example/v1.0").expect("a URL");
        assert!(following(&base, "https://graph.example/v1.0/me/calendars?$skiptoken=2").is_ok());
        for link in
            ["https://other.example/v1.0/me", "http://graph.example/v1.0/me", "https://graph.example:8443/", "/me"]
        {
            assert!(following(&base, link).is_err(), "{link}");
        }
    }
}
