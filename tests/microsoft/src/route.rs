//! From a request to its answer.

use crate::access::Caller;
use crate::calls::Call;
use crate::errors::{Refusal, throttled};
use crate::failure::{self, Failure};
use crate::prefer::Prefer;
use crate::request::{Answer, Fate, Request};
use crate::subscriptions::{self, Subscription};
use crate::world::World;
use crate::{calendars, events, identity, notify, schedule, show};

/// The window of the limit of a mailbox, in milliseconds.
const WINDOW: i64 = 600_000;

/// What a request leads to.
pub(crate) enum Outcome {
    Answer(Answer),
    /// A subscription whose addresses must answer first, and the fate of the response.
    Validate(Box<Subscription>, Fate),
}

/// Answers a request, or says whose addresses must answer first.
pub(crate) fn answer(world: &mut World, request: &Request) -> Outcome {
    world.requests.push(request.shown());
    let scripted = failure::next(&mut world.script, &request.label());
    if scripted.as_ref().is_some_and(|failure| !failure.is_executed()) {
        return Outcome::Answer(Answer { fate: Fate::Silent, ..Answer::empty(504) });
    }
    let fate = scripted.as_ref().map_or(Fate::Whole, Failure::fate);
    let refusal = world.outage.map(|code| failure::status(code, None));
    let refusal = refusal.or_else(|| scripted.as_ref().and_then(Failure::instead));
    let outcome = match refusal {
        Some(refusal) => Err(refusal),
        None => routed(world, request),
    };
    match outcome {
        Ok(Outcome::Answer(answer)) => Outcome::Answer(Answer { fate, ..finished(world, request, answer) }),
        Ok(Outcome::Validate(subscription, _)) => Outcome::Validate(subscription, fate),
        Err(refusal) => Outcome::Answer(Answer { fate, ..refused(world, request, &refusal) }),
    }
}

/// The answer to a refused request.
pub(crate) fn refused(world: &mut World, request: &Request, refusal: &Refusal) -> Answer {
    let (date, id) = (show::date(world.now()), world.guid());
    let client = request.header("client-request-id").unwrap_or(&id).to_owned();
    if refusal.status == 429 {
        world.refused_by_limits += 1;
    }
    refusal.answer(&date, &id, &client).with("request-id", id).with("client-request-id", client)
}

fn finished(world: &mut World, request: &Request, answer: Answer) -> Answer {
    let id = world.guid();
    let client = request.header("client-request-id").unwrap_or(&id).to_owned();
    answer.with("request-id", id).with("client-request-id", client)
}

/// Adds a subscription whose addresses have answered.
pub(crate) fn subscribed(world: &mut World, request: &Request, subscription: Subscription) -> Answer {
    let shown = subscription.shown();
    world.subscriptions.insert(subscription.id.clone(), subscription);
    finished(world, request, Answer::json(201, shown))
}

fn routed(world: &mut World, request: &Request) -> Result<Outcome, Refusal> {
    let segments: Vec<&str> = request.segments.iter().map(String::as_str).collect();
    match (request.method.as_str(), segments.as_slice()) {
        ("GET", [tenant, "oauth2", "v2.0", "authorize"]) => Ok(Outcome::Answer(identity::page(world, request, tenant))),
        ("POST", [tenant, "oauth2", "v2.0", "authorize"]) => {
            Ok(Outcome::Answer(identity::decide(world, request, tenant)))
        }
        ("POST", [tenant, "oauth2", "v2.0", "token"]) => Ok(Outcome::Answer(identity::answer(world, request, tenant))),
        (_, ["v1.0", rest @ ..]) => graph(world, request, rest),
        _ => Err(unknown(request)),
    }
}

fn unknown(request: &Request) -> Refusal {
    let path = request.segments.join("/");
    Refusal::new(404, "ResourceNotFound", format!("Resource not found for the segment '{path}'."))
}

fn graph(world: &mut World, request: &Request, path: &[&str]) -> Result<Outcome, Refusal> {
    let now = world.now_millis();
    let bearer = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
    let caller = world.identity.caller(bearer, now)?;
    limited(world, &caller, now)?;
    let instant = world.now();
    notify::expire(world, instant);
    let call = Call { request, caller, prefer: Prefer::of(request)? };
    let me = world.accounts.get(&call.caller.account).map(|account| account.id.clone()).unwrap_or_default();
    match path {
        ["subscriptions"] if request.method == "POST" => {
            let body = call.body()?;
            let asked = subscriptions::asked(world, &call.caller, request, &body)?;
            Ok(Outcome::Validate(Box::new(asked), Fate::Whole))
        }
        ["subscriptions", rest @ ..] => subscriptions::answer(world, &call.caller, request, rest).map(Outcome::Answer),
        ["me", rest @ ..] => mailbox(world, &call, rest).map(Outcome::Answer),
        ["users", id, rest @ ..] if *id == me => mailbox(world, &call, rest).map(Outcome::Answer),
        ["users", ..] => Err(crate::errors::denied()),
        _ => Err(unknown(request)),
    }
}

/// The limits of a mailbox: requests of ten minutes, and requests at the same time.
///
/// <https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits>
fn limited(world: &mut World, caller: &Caller, now: i64) -> Result<(), Refusal> {
    let (limit, concurrency) = (world.settings.limit, world.settings.concurrency);
    let Some(account) = world.accounts.get_mut(&caller.account) else { return Ok(()) };
    while account.requests.front().is_some_and(|at| *at <= now - WINDOW) {
        account.requests.pop_front();
    }
    if account.under_way > concurrency {
        return Err(throttled("ApplicationThrottled", Some(1)));
    }
    if account.requests.len() >= limit {
        let wait = account.requests.front().map_or(0, |first| first + WINDOW - now);
        return Err(throttled("TooManyRequests", u64::try_from(wait / 1_000 + 1).ok()));
    }
    account.requests.push_back(now);
    Ok(())
}

fn mailbox(world: &mut World, call: &Call<'_>, path: &[&str]) -> Result<Answer, Refusal> {
    match (call.request.method.as_str(), path) {
        ("GET", []) => {
            call.caller.may_see_profile()?;
            crate::query::allow(call.request, &["$select"])?;
            Ok(Answer::ok(call.account(world)?.shown()))
        }
        ("GET", ["calendars"]) => calendars::list(world, call),
        ("POST", ["calendar", "getSchedule" | "microsoft.graph.getSchedule"]) => schedule::answer(world, call),
        (_, ["calendars", id, rest @ ..]) => calendar(world, call, Some(id), rest),
        (_, ["calendar", rest @ ..]) => calendar(world, call, None, rest),
        (_, rest @ ["calendarView" | "events", ..]) => calendar(world, call, None, rest),
        _ => Err(unknown(call.request)),
    }
}

fn calendar(world: &mut World, call: &Call<'_>, id: Option<&str>, path: &[&str]) -> Result<Answer, Refusal> {
    let path = match path {
        ["calendarview", rest @ ..] => &[&["calendarView"], rest].concat(),
        path => path,
    };
    match (call.request.method.as_str(), path) {
        ("GET", []) => calendars::one(world, call, id),
        ("GET", ["calendarView"]) => calendars::view(world, call, id),
        ("GET", ["calendarView", "delta" | "microsoft.graph.delta" | "delta()"]) => calendars::changes(world, call, id),
        ("GET", ["events"]) => events::list(world, call, id),
        ("POST", ["events"]) => events::create(world, call, id),
        ("GET", ["events", event]) => events::get(world, call, event),
        ("PATCH", ["events", event]) => events::update(world, call, event),
        ("DELETE", ["events", event]) => events::delete(world, call, event),
        ("GET", ["events", event, "instances"]) => events::instances(world, call, event),
        ("POST", ["events", event, "cancel"]) => events::cancel(world, call, event),
        (_, ["events" | "calendarView", ..]) => {
            Err(Refusal::new(405, "Request_BadRequest", "The HTTP method is not allowed on the resource."))
        }
        _ => Err(unknown(call.request)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Body;
    use std::collections::BTreeSet;

    /// A mailbox and a token for it.
    fn mailbox() -> (World, String) {
        let mut world = World::new("http://graph".to_owned());
        let account = world.signed_in.clone();
        let scopes = BTreeSet::from(["User.Read".to_owned()]);
        let token =
            identity::grant(&mut world, &account, &scopes)["access_token"].as_str().expect("a token").to_owned();
        (world, token)
    }

    /// The status of `GET /me`, the code of its refusal and the seconds to wait.
    fn ask(world: &mut World, token: &str) -> (u16, String, Option<u64>) {
        let headers = [("authorization".to_owned(), format!("Bearer {token}"))].into_iter().collect();
        let request = Request::new("GET", "/v1.0/me", headers, b"");
        let Outcome::Answer(answer) = answer(world, &request) else { panic!("it is no subscription") };
        let wait =
            answer.headers.iter().find(|(name, _)| *name == "retry-after").and_then(|(_, wait)| wait.parse().ok());
        let Body::Json(body) = answer.body else { panic!("it has a body") };
        (answer.code, body["error"]["code"].as_str().unwrap_or_default().to_owned(), wait)
    }

    #[test]
    fn a_mailbox_takes_so_many_requests_in_ten_minutes() {
        let (mut world, token) = mailbox();
        world.settings.limit = 2;
        assert_eq!([ask(&mut world, &token).0, ask(&mut world, &token).0], [200, 200]);
        let (status, code, wait) = ask(&mut world, &token);
        assert_eq!((status, code.as_str()), (429, "TooManyRequests"));
        assert!(wait.is_some_and(|wait| (590..=601).contains(&wait)), "{wait:?}");
        world.ahead += WINDOW + 1_000;
        assert_eq!((ask(&mut world, &token).0, world.refused_by_limits), (200, 1));
    }

    #[test]
    fn a_mailbox_serves_so_many_requests_at_the_same_time() {
        let (mut world, token) = mailbox();
        for (under_way, expected) in [(4, (200, "")), (5, (429, "ApplicationThrottled"))] {
            let account = world.signed_in.clone();
            world.accounts.get_mut(&account).expect("the account").under_way = under_way;
            let (status, code, _) = ask(&mut world, &token);
            assert_eq!((status, code.as_str()), expected);
        }
    }

    #[test]
    fn a_token_lives_from_an_hour_to_an_hour_and_a_half() {
        let (mut world, token) = mailbox();
        world.ahead += 3_590_000;
        assert_eq!(ask(&mut world, &token).0, 200);
        world.ahead += 1_810_000;
        assert_eq!(ask(&mut world, &token), (401, "InvalidAuthenticationToken".to_owned(), None));
    }

    #[test]
    fn scripted_failures_hit_the_requests_that_they_name() {
        let (mut world, token) = mailbox();
        let script = |world: &mut World, failure: serde_json::Value| {
            world.script.push(serde_json::from_value(failure).expect("a failure"));
        };
        script(&mut world, serde_json::json!({"on": "POST", "do": "status", "status": 500}));
        script(&mut world, serde_json::json!({"on": "GET /v1.0/me", "do": "status", "status": 503, "after": 1}));
        let statuses = [(); 3].map(|()| ask(&mut world, &token).0);
        assert_eq!(statuses, [200, 503, 200]);
        world.outage = Some(504);
        assert_eq!(ask(&mut world, &token).0, 504);
    }
}
