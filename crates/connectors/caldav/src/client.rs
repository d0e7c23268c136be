//! Requests to the calendar server of one account.

use crate::answers::Answers;
use crate::failure::{Failure, checked};
use crate::multistatus::Found;
use crate::sign_in::{Account, SignIn, is_trusted};
use knock_outbound::{Outbound, Reply, Request};
use std::sync::Arc;
use url::Url;

/// The most bytes of an answer: 5,000 events with long descriptions are about 10 MB.
const LIMIT: usize = 32 << 20;
const XML: &str = "application/xml; charset=utf-8";

/// The calendars of an account.
#[derive(Clone)]
pub struct CalDav {
    outbound: Outbound,
    pub(crate) answers: Arc<dyn Answers>,
    account: Account,
    sign_in: SignIn,
}

impl CalDav {
    /// A client; no request is made yet.
    pub fn new(outbound: Outbound, answers: Arc<dyn Answers>, account: Account) -> CalDav {
        CalDav { outbound, answers, account, sign_in: SignIn::default() }
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
        headers: Vec<(&'static str, String)>,
        body: &str,
    ) -> Result<Reply, Failure> {
        // A server that leads elsewhere gets no password for there.
        if !is_trusted(&self.account.url, url) {
            return Err(Failure::Unreadable(format!("the calendar server leads to another one: {url}")));
        }
        let request = || {
            let mut headers = headers.clone();
            headers.push(("authorization", self.sign_in.authorization(&self.account, method, url, body)));
            Request { method, url: url.clone(), headers, secret: None, body: body.to_owned(), limit: LIMIT }
        };
        let reply = self.outbound.send(request()).await?;
        if reply.code == 401 && self.sign_in.takes(&reply.challenges) {
            return Ok(self.outbound.send(request()).await?);
        }
        Ok(reply)
    }
}
