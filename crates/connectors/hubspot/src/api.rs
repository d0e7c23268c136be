//! One request after the other, within the limits, with the token of the moment.

use crate::access::{Access, Tokens};
use crate::limiter::{Daily, Lane, Limiter, Limits};
use crate::oauth::{self, Renewal};
use crate::outcome::{self, Fault, HOUR, Kind};
use knock_model::Millis;
use knock_outbound::{Outbound, Request};
use knock_ports::{Clock, Refusal};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use std::sync::{Arc, Mutex, PoisonError};
use url::Url;

/// The most bytes of an answer: a hundred records with long texts.
const LIMIT: usize = 8 << 20;
/// Sends requests of one account.
pub(crate) struct Api {
    outbound: Outbound,
    base: Url,
    tokens: Tokens,
    limiter: Limiter,
    clock: Arc<dyn Clock>,
    day: Mutex<Day>,
}

/// The known daily limit of the account.
#[derive(Default)]
struct Day {
    /// The offset of the account's clock from UTC.
    ahead: Option<Millis>,
    /// The end of a pause in which no request is made, with HubSpot's words.
    paused: Option<(Millis, String)>,
}

pub(crate) struct Call {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) body: Option<Json>,
}

impl Call {
    pub(crate) fn get(path: String) -> Call {
        Call { method: "GET", path, body: None }
    }

    pub(crate) fn post(path: String, body: Json) -> Call {
        Call { method: "POST", path, body: Some(body) }
    }

    fn lane(&self) -> Lane {
        if self.path.ends_with("/search") {
            return Lane::Search;
        }
        let writes = ["/batch/update", "/batch/upsert", "/batch/associate/default"];
        if writes.iter().any(|write| self.path.ends_with(write)) { Lane::Write } else { Lane::Other }
    }
}

impl Api {
    pub(crate) fn new(outbound: Outbound, base: Url, access: Access, limits: Limits, clock: Arc<dyn Clock>) -> Api {
        let (tokens, limiter) = (Tokens::new(access), Limiter::new(limits));
        Api { outbound, base, tokens, limiter, clock, day: Mutex::default() }
    }

    pub(crate) fn now(&self) -> Millis {
        self.clock.now()
    }

    /// The requests of the day, where HubSpot has said them.
    pub(crate) fn daily(&self) -> Option<Daily> {
        self.limiter.daily()
    }

    pub(crate) fn is_private(&self) -> bool {
        self.tokens.is_private()
    }

    /// Remembers how far the account's clock is ahead of UTC: its day ends at its own midnight.
    pub(crate) fn know_clock(&self, ahead: Millis) {
        self.day.lock().unwrap_or_else(PoisonError::into_inner).ahead = Some(ahead);
    }

    /// The token of the moment, for the request that asks what it may do.
    pub(crate) async fn token(&self) -> Result<String, Fault> {
        self.tokens.token(&self.renewal(), None).await
    }

    /// What HubSpot says of the token of an installed app; none of a private app's, which is asked for elsewhere.
    pub(crate) async fn introspect(&self) -> Result<Option<Json>, Fault> {
        let token = self.token().await?;
        let Some(app) = self.tokens.app() else { return Ok(None) };
        oauth::introspect(&self.renewal(), app, &token).await.map(Some)
    }

    /// Sends a request and reads the answer.
    pub(crate) async fn read<T: DeserializeOwned>(&self, call: &Call) -> Result<T, Fault> {
        let answer = self.call(call).await?;
        serde_json::from_value(answer).map_err(outcome::unreadable)
    }

    /// Sends a request. A token that has ended is renewed once.
    pub(crate) async fn call(&self, call: &Call) -> Result<Json, Fault> {
        let token = self.tokens.token(&self.renewal(), None).await?;
        match self.once(call, &token).await {
            Err(fault) if fault.kind == Kind::Expired && !self.is_private() => {
                let token = self.tokens.token(&self.renewal(), Some(&token)).await?;
                self.once(call, &token).await
            }
            answered => answered,
        }
    }

    async fn once(&self, call: &Call, token: &str) -> Result<Json, Fault> {
        self.check_day()?;
        self.limiter.turn(call.lane()).await?;
        let url = self.base.join(&call.path).map_err(|_| Fault::new(Kind::Wrong, "the address is none"))?;
        let headers = vec![("accept", "application/json".to_owned()), ("content-type", "application/json".to_owned())];
        let secret = Some(("authorization".to_owned(), format!("Bearer {token}")));
        let body = call.body.as_ref().map(Json::to_string).unwrap_or_default();
        let request = Request { method: call.method, url, headers, secret, body, limit: LIMIT };
        let reply = self.outbound.send(request).await.map_err(outcome::unanswered)?;
        self.limiter.heard(&reply);
        outcome::read(&reply).map_err(|fault| self.noted(fault))
    }

    /// Keeps what a fault says of limits.
    fn noted(&self, fault: Fault) -> Fault {
        match fault.kind {
            Kind::Limited(after) => Fault { kind: Kind::Limited(Some(self.limiter.limited(after))), ..fault },
            Kind::Daily(after) => {
                let mut day = self.day.lock().unwrap_or_else(PoisonError::into_inner);
                let now = self.clock.now();
                let wait = after.unwrap_or_else(|| day.ahead.map_or(HOUR, |ahead| until_midnight(now, ahead)));
                day.paused = Some((now + wait, fault.words.clone()));
                Fault { kind: Kind::Paused(now + wait), ..fault }
            }
            _ => fault,
        }
    }

    fn check_day(&self) -> Result<(), Fault> {
        let day = self.day.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        match &day.paused {
            Some((until, words)) if now < *until => Err(Fault::new(Kind::Paused(*until), words.clone())),
            _ => Ok(()),
        }
    }

    fn renewal(&self) -> Renewal<'_> {
        Renewal { outbound: &self.outbound, base: &self.base, clock: self.clock.as_ref() }
    }

    /// A fault as the port has it.
    pub(crate) fn refusal(&self, fault: Fault) -> Refusal {
        outcome::refusal(fault, self.clock.now())
    }
}

/// The time until midnight by a clock with this offset from UTC.
fn until_midnight(now: Millis, ahead: Millis) -> Millis {
    Millis(Millis::DAY.0 - (now + ahead).0.rem_euclid(Millis::DAY.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_ends_at_the_midnight_of_the_account() {
        let (hour, noon) = (HOUR.0, Millis(12 * HOUR.0));
        for (ahead, hours) in [(0, 12), (2, 10), (-5, 17), (12, 24), (-12, 24)] {
            assert_eq!(until_midnight(noon, Millis(ahead * hour)), Millis(hours * hour), "{ahead}");
        }
    }
}
