//! Requests to the calendar server of one account.

use crate::answers::Answers;
use crate::failure::{Failure, checked};
use crate::multistatus::Found;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use core::fmt;
use knock_outbound::{Outbound, Reply, Request};
use std::sync::Arc;
use url::Url;

/// The most bytes of an answer: 5,000 events with long descriptions are about 10 MB.
const LIMIT: usize = 32 << 20;
const XML: &str = "application/xml; charset=utf-8";

/// The address of a rep's calendars, and the credentials.
#[derive(Clone)]
pub struct Account {
    /// The address of the server, of the account or of a calendar.
    pub url: Url,
    pub user: String,
    /// The password, or one that was made for this app.
    pub password: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Account({} at {})", self.user, self.url)
    }
}

/// The calendars of an account.
#[derive(Clone)]
pub struct CalDav {
    outbound: Outbound,
    pub(crate) answers: Arc<dyn Answers>,
    account: Account,
}

impl CalDav {
    /// A client; no request is made yet.
    pub fn new(outbound: Outbound, answers: Arc<dyn Answers>, account: Account) -> CalDav {
        CalDav { outbound, answers, account }
    }

    pub(crate) fn account(&self) -> &Account {
        &self.account
    }

    /// Asks for properties, of the address alone or of what is directly in it too.
    pub(crate) async fn propfind(&self, url: &Url, depth: &str, body: &str) -> Result<Vec<Found>, Failure> {
        self.answers.found(self.ask("PROPFIND", url, depth, body).await?).await
    }

    /// Asks a calendar for some of its objects.
    pub(crate) async fn report(&self, url: &Url, body: &str) -> Result<Vec<u8>, Failure> {
        self.ask("REPORT", url, "1", body).await
    }

    async fn ask(&self, method: &'static str, url: &Url, depth: &str, body: &str) -> Result<Vec<u8>, Failure> {
        let headers = vec![("content-type", XML.to_owned()), ("depth", depth.to_owned())];
        Ok(checked(self.send(method, url, headers, body).await?)?.body)
    }

    /// Sends a request; any answer is one.
    pub(crate) async fn send(
        &self,
        method: &'static str,
        url: &Url,
        mut headers: Vec<(&'static str, String)>,
        body: &str,
    ) -> Result<Reply, Failure> {
        let Account { user, password, url: home } = &self.account;
        // A server that leads elsewhere gets no password for there.
        if url.origin() != home.origin() {
            return Err(Failure::Unreadable(format!("the calendar server leads to another one: {url}")));
        }
        headers.push(("authorization", format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}")))));
        let request = Request { method, url: url.clone(), headers, secret: None, body: body.to_owned(), limit: LIMIT };
        Ok(self.outbound.send(request).await?)
    }
}
