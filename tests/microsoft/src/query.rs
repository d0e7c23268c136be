//! OData parameters: `$select`, `$top`, `$skiptoken`, `$expand`, `$filter`, and pages.
//!
//! <https://learn.microsoft.com/graph/query-parameters>, <https://learn.microsoft.com/graph/paging>

use crate::errors::{Refusal, bad_query};
use crate::request::Request;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use url::form_urlencoded::Serializer;

/// Items of a page without `$top`.
const PAGE: usize = 10;
/// The most that `$top` takes.
const MOST: usize = 1_000;

/// Properties of an event.
pub(crate) const EVENT: [&str; 45] = [
    "allowNewTimeProposals",
    "attendees",
    "body",
    "bodyPreview",
    "cancelledOccurrences",
    "categories",
    "changeKey",
    "createdDateTime",
    "end",
    "hasAttachments",
    "hideAttendees",
    "iCalUId",
    "id",
    "importance",
    "isAllDay",
    "isCancelled",
    "isDraft",
    "isOnlineMeeting",
    "isOrganizer",
    "isReminderOn",
    "lastModifiedDateTime",
    "location",
    "locations",
    "onlineMeeting",
    "onlineMeetingProvider",
    "onlineMeetingUrl",
    "organizer",
    "originalEndTimeZone",
    "originalStart",
    "originalStartTimeZone",
    "recurrence",
    "reminderMinutesBeforeStart",
    "responseRequested",
    "responseStatus",
    "sensitivity",
    "seriesMasterId",
    "showAs",
    "start",
    "subject",
    "transactionId",
    "type",
    "webLink",
    "calendar",
    "instances",
    "singleValueExtendedProperties",
];
/// Properties of a calendar.
pub(crate) const CALENDAR: [&str; 16] = [
    "allowedOnlineMeetingProviders",
    "canEdit",
    "canShare",
    "canViewPrivateItems",
    "changeKey",
    "color",
    "defaultOnlineMeetingProvider",
    "hexColor",
    "id",
    "isDefaultCalendar",
    "isRemovable",
    "isTallyingResponses",
    "name",
    "owner",
    "events",
    "calendarView",
];

/// Refuses parameters that begin with `$` and are not among these.
pub(crate) fn allow(request: &Request, names: &[&str]) -> Result<(), Refusal> {
    let unknown = |name: &&String| name.starts_with('$') && !names.iter().any(|known| known.eq_ignore_ascii_case(name));
    match request.query.iter().map(|(name, _)| name).find(unknown) {
        Some(name) => Err(Refusal::new(400, "BadRequest", format!("The query parameter '{name}' is not supported."))),
        None => Ok(()),
    }
}

/// The properties of `$select`, each of which must be one of the type; none without it.
pub(crate) fn select(request: &Request, kind: &str, known: &[&str]) -> Result<Option<BTreeSet<String>>, Refusal> {
    let Some(list) = request.parameter("$select") else { return Ok(None) };
    let names: BTreeSet<String> = list.split(',').map(|name| name.trim().to_owned()).collect();
    match names.iter().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(bad_query(format!(
            "Parsing OData Select and Expand failed: Could not find a property named '{name}' on type \
             'microsoft.graph.{kind}'."
        ))),
        None => Ok(Some(names)),
    }
}

/// Removes the properties that were not chosen.
pub(crate) fn choose(item: Json, select: Option<&BTreeSet<String>>) -> Json {
    let (Json::Object(mut fields), Some(select)) = (item.clone(), select) else { return item };
    fields.retain(|name, _| name == "id" || name.starts_with('@') || select.contains(name));
    Json::Object(fields)
}

fn top(request: &Request) -> Result<usize, Refusal> {
    let Some(text) = request.parameter("$top") else { return Ok(PAGE) };
    let top = text.parse::<usize>().ok().filter(|top| *top > 0);
    let top = top.ok_or_else(|| bad_query(format!("Invalid value '{text}' for $top query option found.")))?;
    if top > MOST {
        let message = format!(
            "The limit of '{MOST}' for Top query has been exceeded. The value from the incoming request is '{top}'."
        );
        return Err(bad_query(message));
    }
    Ok(top)
}

/// A page of items: `value`, and `@odata.nextLink` when there are more.
pub(crate) fn page<T>(
    request: &Request,
    origin: &str,
    items: &[T],
    show: impl Fn(&T) -> Json,
) -> Result<Json, Refusal> {
    let top = top(request)?;
    let offset = match request.parameter("$skiptoken") {
        None => 0,
        Some(token) => offset(token).ok_or_else(|| bad_query("The $skiptoken is not valid."))?,
    };
    let shown: Vec<Json> = items.iter().skip(offset).take(top).map(show).collect();
    let next = offset + shown.len();
    let mut body = json!({"@odata.context": format!("{origin}/v1.0/$metadata"), "value": shown});
    if next < items.len() {
        body["@odata.nextLink"] = json!(next_link(request, origin, next));
    }
    Ok(body)
}

fn offset(token: &str) -> Option<usize> {
    let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    text.strip_prefix("skip:")?.parse().ok()
}

fn next_link(request: &Request, origin: &str, next: usize) -> String {
    let others = request.query.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("$skiptoken"));
    let mut query = Serializer::new(String::new());
    for (name, value) in others {
        query.append_pair(name, value);
    }
    query.append_pair("$skiptoken", &BASE64_URL_SAFE_NO_PAD.encode(format!("skip:{next}")));
    let query = query.finish().replace("%24", "$");
    format!("{origin}/{}?{query}", request.segments.join("/"))
}

/// The ids of extended properties that `$expand` asks for.
///
/// <https://learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-get>
pub(crate) fn expand(request: &Request) -> Result<Vec<String>, Refusal> {
    let Some(text) = request.parameter("$expand") else { return Ok(Vec::new()) };
    let inner = text.strip_prefix("singleValueExtendedProperties($filter=").and_then(|rest| rest.strip_suffix(')'));
    let inner = inner.ok_or_else(|| bad_query(format!("The $expand '{text}' is not supported.")))?;
    let id = |term: &str| quoted(term.trim().strip_prefix("id eq ")?);
    let ids: Option<Vec<String>> = inner.split(" or ").map(id).collect();
    ids.ok_or_else(|| bad_query(format!("Invalid filter clause: {inner}")))
}

/// A filter of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    Uid(String),
    Extended { id: String, value: String },
}

/// The filter of a list of events; none without one.
pub(crate) fn filter(request: &Request) -> Result<Option<Filter>, Refusal> {
    request.parameter("$filter").map(parse).transpose()
}

fn parse(text: &str) -> Result<Filter, Refusal> {
    let uid = || quoted(text.strip_prefix("iCalUId eq ")?).map(Filter::Uid);
    let extended = || {
        let any = text.strip_prefix("singleValueExtendedProperties/")?;
        let any = any.strip_prefix("Any(").or_else(|| any.strip_prefix("any("))?.strip_suffix(')')?;
        let (name, terms) = any.split_once(':')?;
        let (id, value) = terms.split_once(" and ")?;
        let term = |term: &str, part: &str| quoted(term.trim().strip_prefix(&format!("{name}/{part} eq "))?);
        Some(Filter::Extended { id: term(id, "id")?, value: term(value, "value")? })
    };
    uid().or_else(extended).ok_or_else(|| {
        Refusal::new(
            400,
            "ErrorInvalidUrlQueryFilter",
            format!("The query filter contains one or more invalid nodes: {text}"),
        )
    })
}

/// The text of a literal: `'it''s'` is `it's`.
fn quoted(text: &str) -> Option<String> {
    let inner = text.trim().strip_prefix('\'')?.strip_suffix('\'')?;
    Some(inner.replace("''", "'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(uri: &str) -> Request {
        Request::new("GET", uri, std::collections::BTreeMap::new(), b"")
    }

    #[test]
    fn pages_lead_to_the_next_one() {
        let items: Vec<Json> = (0..5).map(|at| json!(at)).collect();
        let first = page(&request("/v1.0/me/calendars?$top=2"), "http://x", &items, Json::clone).expect("a page");
        let next = first["@odata.nextLink"].as_str().expect("a link").strip_prefix("http://x").expect("here");
        let second = page(&request(next), "http://x", &items, Json::clone).expect("a page");
        assert_eq!((&first["value"], &second["value"]), (&json!([0, 1]), &json!([2, 3])));
        for top in ["0", "1001", "many"] {
            assert!(
                page(&request(&format!("/v1.0/me/calendars?$top={top}")), "http://x", &items, Json::clone).is_err(),
                "{top}"
            );
        }
    }

    #[test]
    fn filters_are_those_that_are_documented() {
        let id = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Color";
        let any = format!("singleValueExtendedProperties/Any(ep: ep/id eq '{id}' and ep/value eq 'it''s')");
        assert_eq!(parse(&any), Ok(Filter::Extended { id: id.to_owned(), value: "it's".to_owned() }));
        assert_eq!(parse("iCalUId eq '04'"), Ok(Filter::Uid("04".to_owned())));
        assert!(parse("subject eq 'x'").is_err() && parse("iCalUId eq 04").is_err());
    }

    #[test]
    fn unknown_properties_are_refused() {
        assert!(select(&request("/?$select=subject,colour"), "event", &EVENT).is_err());
        assert!(select(&request("/?$select=subject,start"), "event", &EVENT).is_ok());
        assert!(allow(&request("/?$search=x"), &["$top"]).is_err());
    }
}
