//! From a request to its answer. Paths of every version mean the same: `/crm/v3/objects/contacts` and
//! `/crm/objects/2026-03/contacts`.

use crate::errors::{error, not_found};
use crate::failure::Failure;
use crate::record::iso;
use crate::request::{Answer, Fate, Request};
use crate::world::{World, object_of};
use crate::{associations, batch, control, failure, objects, owners, properties, search, shape, token, tokens};
use percent_encoding::percent_decode_str;
use serde_json::{Value as Json, json};

pub(crate) fn answer(world: &mut World, request: &Request) -> Answer {
    let decoded = decoded(&request.path);
    let segments: Vec<&str> = decoded.iter().map(String::as_str).collect();
    if let ["_control", rest @ ..] = segments.as_slice() {
        return control::answer(world, &request.method, rest, &request.body);
    }
    let label = format!("{} /{}", request.method, segments.join("/"));
    let at = world.now();
    let mut answer = done(world, request, &segments, &label);
    if answer.fate == Fate::Whole && world.settings.delay_ms > 0 {
        answer.fate = Fate::Late(world.settings.delay_ms);
    }
    if world.settings.forgets {
        world.forget_records();
        return answer;
    }
    world.requests.push(json!({
        "method": request.method, "path": request.path, "label": label, "query": request.query, "body": request.body,
        "at": iso(at), "code": answer.code,
    }));
    answer
}

/// The answer to a request that no limit and no scripted failure is asked about, and that is not kept.
pub(crate) fn unlimited(world: &mut World, request: &Request) -> Answer {
    let decoded = decoded(&request.path);
    routed(world, request, &decoded.iter().map(String::as_str).collect::<Vec<_>>(), None)
}

/// The parts of a path without its version.
fn decoded(path: &str) -> Vec<String> {
    let parts = path.split('/').filter(|part| !part.is_empty() && !is_version(part));
    parts.map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned()).collect()
}

/// `v3` or `2026-03`.
fn is_version(part: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_dated = part.split_once('-').is_some_and(|(year, month)| year.len() == 4 && digits(year) && digits(month));
    part.strip_prefix('v').is_some_and(digits) || is_dated
}

fn done(world: &mut World, request: &Request, segments: &[&str], label: &str) -> Answer {
    if let Some(code) = world.outage {
        return failure::status(code, None);
    }
    let failure = failure::next(&mut world.script, label);
    let empty = || world.completed(&[], &[]);
    if let Some(answer) = failure.as_ref().and_then(|failure| failure.instead(empty)) {
        return answer;
    }
    let fate = failure.as_ref().map_or(Fate::Whole, Failure::fate);
    if let ["oauth", rest @ ..] = segments {
        let refusal = shape::refused(request, segments);
        return Answer { fate, ..refusal.unwrap_or_else(|| token::answer(world, request, rest)) };
    }
    let scope = tokens::scope(&request.method, segments);
    if let Some(refusal) = world.tokens.refuse(request.token.as_deref(), scope.as_deref(), world.now()) {
        return refusal;
    }
    let (now, is_search) = (world.now(), segments.last() == Some(&"search"));
    let refusal = world.limits.take(&world.settings, is_search, now);
    let refusal = refusal.or_else(|| shape::refused(request, segments));
    let mut answer = refusal.unwrap_or_else(|| Answer { fate, ..routed(world, request, segments, failure.as_ref()) });
    answer.headers.extend(world.limits.headers(&world.settings, is_search));
    answer
}

fn routed(world: &mut World, request: &Request, segments: &[&str], failure: Option<&Failure>) -> Answer {
    match segments {
        ["account-info", "details"] => details(world),
        ["crm", "owners", rest @ ..] => owners::answer(world, request, rest),
        ["crm", "properties", object, rest @ ..] => match object_of(object) {
            Some(object) => properties::answer(world, request, object, rest),
            None => not_found("there is no such type"),
        },
        ["crm", "associations", from, to, "batch", action @ ..] => match (object_of(from), object_of(to)) {
            (Some(from), Some(to)) => associations::batch(world, request, (from, to), action),
            _ => not_found("there is no such type"),
        },
        ["crm", "objects", object, rest @ ..] => match object_of(object) {
            Some(object) => of_objects(world, request, object, rest, failure),
            None => not_found("there is no such type"),
        },
        _ => error(404, "OBJECT_NOT_FOUND", "there is no such path"),
    }
}

fn of_objects(world: &mut World, request: &Request, object: &str, rest: &[&str], failure: Option<&Failure>) -> Answer {
    match (request.method.as_str(), rest) {
        ("POST", []) => objects::create(world, request, object),
        ("POST", ["batch", action @ ("read" | "create" | "update" | "upsert")]) => {
            batch::answer(world, request, object, action, failure)
        }
        ("POST", ["search"]) => search::answer(world, request, object),
        ("POST", ["merge"]) => objects::merge(world, request, object),
        ("POST", ["gdpr-delete"]) => objects::forget(world, request, object),
        (_, [id]) => objects::one(world, request, object, id),
        (_, [id, "associations", rest @ ..]) => associations::of_one(world, request, (object, id), rest),
        _ => error(404, "OBJECT_NOT_FOUND", "there is no such path"),
    }
}

fn details(world: &World) -> Answer {
    let offset = world.settings.utc_offset_ms;
    let body: Json = json!({
        "portalId": 1_234, "accountType": "STANDARD", "timeZone": "Europe/Berlin", "utcOffset": "+01:00",
        "utcOffsetMilliseconds": offset, "companyCurrency": "EUR", "additionalCurrencies": [],
        "uiDomain": "app-eu1.hubspot.com", "dataHostingLocation": "eu1",
    });
    Answer::ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_no_part_of_what_a_path_means() {
        for version in ["v3", "v4", "2026-03", "2026-09"] {
            assert!(is_version(version), "{version}");
        }
        for other in ["contacts", "0-3", "12345", "vip", "v", "batch", "2026-march"] {
            assert!(!is_version(other), "{other}");
        }
    }
}
