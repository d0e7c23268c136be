//! Searches, which are late and stop at ten thousand.

use crate::errors::invalid;
use crate::record::{Record, instant, iso};
use crate::request::{Answer, Request};
use crate::world::World;
use serde_json::{Value as Json, json};
use std::cmp::Ordering;

/// The most filter groups, records of a page, and records of a search.
const MOST: (usize, usize, usize) = (6, 200, 10_000);

const OPERATORS: [&str; 13] = [
    "BETWEEN",
    "CONTAINS_TOKEN",
    "EQ",
    "GT",
    "GTE",
    "HAS_PROPERTY",
    "IN",
    "LT",
    "LTE",
    "NEQ",
    "NOT_CONTAINS_TOKEN",
    "NOT_HAS_PROPERTY",
    "NOT_IN",
];

/// `POST /crm/objects/{object}/search`.
pub(crate) fn answer(world: &mut World, request: &Request, object: &str) -> Answer {
    let groups = request.body["filterGroups"].as_array().cloned().unwrap_or_default();
    let limit = usize::try_from(request.body["limit"].as_u64().unwrap_or(10)).unwrap_or(MOST.1);
    let after = request.text("after").parse().unwrap_or(0_usize);
    if groups.len() > MOST.0 || limit > MOST.1 || after + limit > MOST.2 {
        return invalid("There was a problem with the request: too many filter groups or results");
    }
    // https://developers.hubspot.com/docs/guides/api/crm/search: operators and properties have to be known.
    let mut filters = groups.iter().flat_map(|group| group["filters"].as_array().into_iter().flatten());
    let definitions = &world.table(object).definitions;
    let is_wrong = |filter: &&Json| {
        let text = |name: &str| filter[name].as_str().unwrap_or_default();
        !OPERATORS.contains(&text("operator")) || !definitions.contains_key(text("propertyName"))
    };
    if let Some(wrong) = filters.find(is_wrong) {
        return invalid(&format!("There was a problem with the request: the filter {wrong} is unknown"));
    }
    let indexed_until = world.now() - world.settings.search_lag_ms;
    let fits = |record: &&Record| record.updated <= indexed_until && is_in(record, &groups);
    let mut found: Vec<&Record> = world.table(object).records.values().filter(fits).collect();
    if let Some((name, is_descending)) = sort(&request.body["sorts"][0]) {
        found.sort_by(|a, b| {
            let order = compare(&value(a, &name), &value(b, &name));
            if is_descending { order.reverse() } else { order }
        });
    }
    let wanted = request.body["properties"].as_array().into_iter().flatten().filter_map(Json::as_str);
    let wanted: Vec<String> = wanted.map(str::to_owned).collect();
    let page: Vec<Json> = found.iter().skip(after).take(limit).map(|record| record.shown(&wanted)).collect();
    let mut body = json!({"total": found.len(), "results": page});
    if after + limit < found.len() {
        body["paging"] = json!({"next": {"after": (after + limit).to_string()}});
    }
    Answer::ok(body)
}

/// A sort is a name with a sign, or an object.
fn sort(sort: &Json) -> Option<(String, bool)> {
    if let Some(name) = sort.as_str() {
        let bare = name.trim_start_matches('-');
        return Some((bare.to_owned(), bare != name));
    }
    Some((sort["propertyName"].as_str()?.to_owned(), sort["direction"] == "DESCENDING"))
}

fn is_in(record: &Record, groups: &[Json]) -> bool {
    let filters = |group: &Json| group["filters"].as_array().cloned().unwrap_or_default();
    groups.is_empty() || groups.iter().any(|group| filters(group).iter().all(|filter| passes(record, filter)))
}

fn value(record: &Record, name: &str) -> String {
    match name {
        "hs_object_id" => record.id.to_string(),
        "lastmodifieddate" | "hs_lastmodifieddate" => iso(record.updated),
        "createdate" => record.get("createdate").map_or_else(|| iso(record.created), str::to_owned),
        _ => record.get(name).unwrap_or_default().to_owned(),
    }
}

/// Numbers and instants by size, others as texts.
fn compare(a: &str, b: &str) -> Ordering {
    match (instant(a), instant(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.to_lowercase().cmp(&b.to_lowercase()),
    }
}

fn passes(record: &Record, filter: &Json) -> bool {
    let own = value(record, filter["propertyName"].as_str().unwrap_or_default());
    let text = |name: &str| filter[name].as_str().unwrap_or_default();
    let order = || compare(&own, text("value"));
    let is_listed = || filter["values"].as_array().into_iter().flatten().any(|one| one.as_str() == Some(own.as_str()));
    let has = !own.is_empty();
    match text("operator") {
        "EQ" => has && order() == Ordering::Equal,
        "NEQ" => order() != Ordering::Equal,
        "GT" => has && order() == Ordering::Greater,
        "GTE" => has && order() != Ordering::Less,
        "LT" => has && order() == Ordering::Less,
        "LTE" => has && order() != Ordering::Greater,
        "BETWEEN" => has && order() != Ordering::Less && compare(&own, text("highValue")) != Ordering::Greater,
        "IN" => is_listed(),
        "NOT_IN" => !is_listed(),
        "HAS_PROPERTY" => has,
        "NOT_HAS_PROPERTY" => !has,
        "CONTAINS_TOKEN" => own.split([';', '@', '.', ' ']).any(|one| one == text("value").trim_matches('*')),
        "NOT_CONTAINS_TOKEN" => !own.split([';', '@', '.', ' ']).any(|one| one == text("value").trim_matches('*')),
        _ => false,
    }
}
