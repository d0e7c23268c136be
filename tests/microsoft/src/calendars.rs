//! Calendars, their views and the changes of a view.
//!
//! <https://learn.microsoft.com/graph/api/user-list-calendars>,
//! <https://learn.microsoft.com/graph/api/calendar-list-calendarview>, <https://learn.microsoft.com/graph/api/event-delta>

use crate::account::Calendar;
use crate::calls::Call;
use crate::delta::{self, Scope, Token};
use crate::errors::{Refusal, invalid};
use crate::event::{Event, Instance};
use crate::moment::instant;
use crate::query;
use crate::request::Answer;
use crate::show;
use crate::world::World;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// The longest span of a view.
const LONGEST: SignedDuration = SignedDuration::from_hours(1_825 * 24);

/// `GET /me/calendars`.
pub(crate) fn list(world: &World, call: &Call<'_>) -> Result<Answer, Refusal> {
    call.caller.may_read_basics(false)?;
    query::allow(call.request, &["$select", "$top", "$skiptoken"])?;
    let select = query::select(call.request, "calendar", &query::CALENDAR)?;
    let account = call.account(world)?;
    let calendars: Vec<_> = account.calendars.values().collect();
    let show = |calendar: &&Calendar| query::choose(calendar.shown(account), select.as_ref());
    Ok(Answer::ok(query::page(call.request, &world.origin, &calendars, show)?))
}

/// `GET /me/calendars/{id}`, `GET /me/calendar`.
pub(crate) fn one(world: &World, call: &Call<'_>, id: Option<&str>) -> Result<Answer, Refusal> {
    query::allow(call.request, &["$select"])?;
    let select = query::select(call.request, "calendar", &query::CALENDAR)?;
    let calendar = call.readable(world, id)?;
    Ok(Answer::ok(query::choose(calendar.shown(call.account(world)?), select.as_ref())))
}

/// The span that a query asks for.
pub(crate) fn span(call: &Call<'_>) -> Result<(Timestamp, Timestamp), Refusal> {
    let (Some(from), Some(to)) = (call.request.parameter("startDateTime"), call.request.parameter("endDateTime"))
    else {
        let message = "This request requires a time window specified by the query string parameters StartDateTime and \
            EndDateTime.";
        return Err(invalid(message));
    };
    let read = |text: &str| instant(text).ok_or_else(|| invalid(format!("The value '{text}' is no date and time.")));
    let (from, to) = (read(from)?, read(to)?);
    if to < from {
        return Err(invalid("The value of parameter 'EndDateTime' must be greater than that of 'StartDateTime'."));
    }
    if to.duration_since(from) > LONGEST {
        let message = "Your request can't be completed. The range between the start and end dates is greater than the \
            allowed range. Maximum number of days: 1825";
        return Err(invalid(message));
    }
    Ok((from, to))
}

/// `GET .../calendarView`: single events, occurrences and exceptions in the order of their starts.
pub(crate) fn view(world: &World, call: &Call<'_>, id: Option<&str>) -> Result<Answer, Refusal> {
    query::allow(call.request, &["$select", "$top", "$skiptoken", "$expand", "$orderby"])?;
    let calendar = call.readable(world, id)?.number;
    let (from, to) = span(call)?;
    let shape = call.shape(false)?;
    let is_descending = match call.request.parameter("$orderby") {
        None | Some("start/dateTime" | "start/dateTime asc") => false,
        Some("start/dateTime desc") => true,
        Some(other) => return Err(query_order(other)),
    };
    let events = call.account(world)?.events.values().filter(|event| event.calendar == calendar);
    let mut instances: Vec<Instance<'_>> = events.flat_map(|event: &Event| event.within(from, to)).collect();
    instances.sort_by_key(|instance| (instance.start.at(), instance.event.number));
    if is_descending {
        instances.reverse();
    }
    let page = query::page(call.request, &world.origin, &instances, |instance| show::event(instance, &shape))?;
    Ok(call.applied(Answer::ok(page)))
}

fn query_order(order: &str) -> Refusal {
    Refusal::new(400, "ErrorInvalidProperty", format!("The property '{order}' does not support sorting."))
}

/// `GET .../calendarView/delta`.
pub(crate) fn changes(world: &mut World, call: &Call<'_>, id: Option<&str>) -> Result<Answer, Refusal> {
    let unsupported = ["$orderby", "$filter", "$select", "$expand", "$search", "$top"];
    if unsupported.iter().any(|name| call.request.parameter(name).is_some()) {
        let message = format!(
            "The following parameters are not supported with change tracking over the 'CalendarView' resource: '{}'.",
            unsupported.join(", ")
        );
        return Err(Refusal::new(400, "ErrorInvalidUrlQuery", message));
    }
    query::allow(call.request, &["$skiptoken", "$deltatoken"])?;
    let calendar = call.readable(world, id)?.number;
    let path = format!("{}/{}", world.origin, call.request.segments.join("/"));
    let token = call.request.parameter("$skiptoken").or(call.request.parameter("$deltatoken"));
    let (round, page) = match token {
        None => {
            let (from, to) = span(call)?;
            let scope = Scope { account: call.caller.account.clone(), calendar, from, to };
            (add(world, call, scope, None)?, 0)
        }
        Some(text) => {
            let (token, found) = world.deltas.find(Token::parse(text), &format!("{path}?$deltatoken="))?;
            if (&found.known.scope.account, found.known.scope.calendar) != (&call.caller.account, calendar) {
                return Err(Refusal::new(400, "BadRequest", "Badly formed token."));
            }
            match token {
                Token::Page { round, page } => (round, page),
                Token::After { .. } => {
                    let known = found.known.clone();
                    (add(world, call, known.scope.clone(), Some(&known))?, 0)
                }
            }
        }
    };
    shown(world, call, &path, (round, page))
}

/// Begins a round.
fn add(world: &mut World, call: &Call<'_>, scope: Scope, before: Option<&delta::Known>) -> Result<usize, Refusal> {
    let shape = call.shape(true)?;
    let page = call.prefer.page.unwrap_or(world.settings.delta_page);
    let round = delta::round(call.account(world)?, scope, before, &shape, &world.settings, page);
    Ok(world.deltas.add(round))
}

/// A page of a round, with the link to what follows.
fn shown(world: &World, call: &Call<'_>, path: &str, (round, page): (usize, usize)) -> Result<Answer, Refusal> {
    let (_, found) = world.deltas.find(Some(Token::After { round }), path)?;
    let rows = found.pages.get(page).ok_or_else(|| Refusal::new(400, "BadRequest", "Badly formed token."))?;
    let context = format!("{}/v1.0/$metadata#Collection(event)", world.origin);
    let mut body = json!({"@odata.context": context, "value": rows});
    if page + 1 < found.pages.len() {
        let token = Token::Page { round, page: page + 1 };
        body["@odata.nextLink"] = json!(format!("{path}?$skiptoken={}", token.text()));
    } else {
        body["@odata.deltaLink"] = json!(format!("{path}?$deltatoken={}", Token::After { round }.text()));
    }
    Ok(call.applied(Answer::ok(body)))
}
