//! From a request to the part that answers it, with the failures and the log around it.

use crate::errors::{backend, not_found};
use crate::request::{Answer, Fate, Request};
use crate::world::World;
use crate::{api, failure, oauth};
use serde_json::json;

/// The answer to any request but those of `/_control`.
pub(crate) fn answer(world: &mut World, request: &Request) -> Answer {
    let segments: Vec<&str> = request.segments.iter().map(String::as_str).collect();
    let name = name_of(&request.method, &segments);
    let label = format!("{} {} {}", name.unwrap_or("unknown"), request.method, request.path);
    let answer = answered(world, request, name, &segments, &label);
    world.requests.push(json!({
        "name": name, "label": label, "method": request.method, "path": request.path,
        "query": request.query, "body": request.body, "if_match": request.header("if-match"),
        "account": api::account(world, request), "status": answer.code, "is_lost": answer.fate != Fate::Whole,
    }));
    answer
}

fn answered(world: &mut World, request: &Request, name: Option<&str>, segments: &[&str], label: &str) -> Answer {
    if let Some(code) = world.outage {
        return *backend(code, None);
    }
    let failure = failure::next(&mut world.script, label);
    if let Some(answer) = failure.as_ref().and_then(failure::Failure::instead) {
        return answer;
    }
    let Some(name) = name else { return *not_found() };
    let answer = match name {
        "authorize" => oauth::page(world, request),
        "consent" => oauth::consent(world, request),
        "token" => oauth::token(world, request),
        "revoke" => oauth::revoke(world, request),
        "tokeninfo" => oauth::token_info(world, request),
        "userinfo" => oauth::user_info(world, request),
        _ => {
            api::answer(world, request, name, segments.get(2..).unwrap_or_default()).unwrap_or_else(|refusal| *refusal)
        }
    };
    let fate = failure.as_ref().map_or(Fate::Whole, failure::Failure::fate);
    Answer { fate, ..answer }
}

/// The name of a method in Google's reference.
fn name_of(method: &str, segments: &[&str]) -> Option<&'static str> {
    match (method, segments) {
        ("GET", ["o", "oauth2", "v2", "auth"] | ["o", "oauth2", "auth"]) => Some("authorize"),
        ("POST", ["o", "oauth2", "v2", "auth"] | ["o", "oauth2", "auth"]) => Some("consent"),
        ("POST", ["token"]) => Some("token"),
        ("POST", ["revoke"]) => Some("revoke"),
        ("GET" | "POST", ["tokeninfo"]) => Some("tokeninfo"),
        ("GET", ["v1", "userinfo"]) => Some("userinfo"),
        (_, ["calendar", "v3", rest @ ..]) => method_of(method, rest),
        _ => None,
    }
}

fn method_of(method: &str, segments: &[&str]) -> Option<&'static str> {
    match (method, segments) {
        ("GET", ["users", "me", "calendarList"]) => Some("calendarList.list"),
        ("GET", ["users", "me", "calendarList", _]) => Some("calendarList.get"),
        ("GET", ["calendars", _]) => Some("calendars.get"),
        ("GET", ["calendars", _, "events"]) => Some("events.list"),
        ("POST", ["calendars", _, "events"]) => Some("events.insert"),
        ("POST", ["calendars", _, "events", "watch"]) => Some("events.watch"),
        ("GET", ["calendars", _, "events", _]) => Some("events.get"),
        ("PUT", ["calendars", _, "events", _]) => Some("events.update"),
        ("PATCH", ["calendars", _, "events", _]) => Some("events.patch"),
        ("DELETE", ["calendars", _, "events", _]) => Some("events.delete"),
        ("GET", ["calendars", _, "events", _, "instances"]) => Some("events.instances"),
        ("POST", ["freeBusy"]) => Some("freebusy.query"),
        ("POST", ["channels", "stop"]) => Some("channels.stop"),
        _ => None,
    }
}
