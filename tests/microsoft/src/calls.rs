//! What every call of Graph has: the caller, the request and its preferences.

use crate::access::Caller;
use crate::account::{Account, Calendar};
use crate::errors::{Refusal, not_found, unreadable};
use crate::prefer::Prefer;
use crate::query;
use crate::request::{Answer, Request};
use crate::show::Shape;
use crate::world::World;
use serde_json::Value as Json;

/// A call of a user's token.
pub(crate) struct Call<'r> {
    pub(crate) request: &'r Request,
    pub(crate) caller: Caller,
    pub(crate) prefer: Prefer,
}

impl Call<'_> {
    pub(crate) fn account<'w>(&self, world: &'w World) -> Result<&'w Account, Refusal> {
        world.accounts.get(&self.caller.account).ok_or_else(not_found)
    }

    pub(crate) fn account_mut<'w>(&self, world: &'w mut World) -> Result<&'w mut Account, Refusal> {
        world.accounts.get_mut(&self.caller.account).ok_or_else(not_found)
    }

    /// The calendar of an id, without one the default calendar, if the token may read it.
    pub(crate) fn readable<'w>(&self, world: &'w World, id: Option<&str>) -> Result<&'w Calendar, Refusal> {
        let account = self.account(world)?;
        let calendar = match id {
            Some(id) => account.calendar(id)?,
            None => account.default_calendar().ok_or_else(not_found)?,
        };
        self.caller.may_read_basics(calendar.is_shared(account))?;
        Ok(calendar)
    }

    /// The shape in which events are shown.
    pub(crate) fn shape(&self, shows_times: bool) -> Result<Shape, Refusal> {
        Ok(Shape {
            zone: self.prefer.zone.clone(),
            is_immutable: self.prefer.is_immutable,
            is_basic: self.caller.is_basic(),
            select: query::select(self.request, "event", &query::EVENT)?,
            expand: query::expand(self.request)?,
            shows_times,
        })
    }

    /// The JSON of the body.
    pub(crate) fn body(&self) -> Result<Json, Refusal> {
        let kind = self.request.header("content-type").unwrap_or_default();
        if !kind.starts_with("application/json") {
            let message = "A valid content-type of application/json is required.";
            return Err(Refusal::new(415, "RequestBodyRead", message));
        }
        serde_json::from_slice(&self.request.body)
            .map_err(|error| unreadable(format!("Unable to read JSON request payload. {error}")))
    }

    /// The answer with the preferences that were applied.
    pub(crate) fn applied(&self, answer: Answer) -> Answer {
        match self.prefer.applied() {
            Some(applied) => answer.with("preference-applied", applied),
            None => answer,
        }
    }
}
