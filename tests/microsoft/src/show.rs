//! Events as Graph shows them.
//!
//! <https://learn.microsoft.com/graph/api/resources/event>

use crate::event::{Details, Instance, Kind};
use crate::ids;
use crate::moment::{Moment, stamp};
use jiff::Timestamp;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// How a client asked for events.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape {
    pub(crate) zone: String,
    pub(crate) is_immutable: bool,
    /// Whether the token may read the basics alone (`Calendars.ReadBasic`): neither body nor extensions.
    pub(crate) is_basic: bool,
    /// The properties asked for; none for all.
    pub(crate) select: Option<BTreeSet<String>>,
    /// Ids of extended properties asked for.
    pub(crate) expand: Vec<String>,
    /// Whether `createdDateTime` and `lastModifiedDateTime` are shown although properties were chosen.
    pub(crate) shows_times: bool,
}

/// The version of an item as `changeKey` and within `@odata.etag`.
pub(crate) fn change_key(version: u64) -> String {
    format!("DwAAABYAAAA{version:010}==")
}

pub(crate) fn etag(version: u64) -> String {
    format!("W/\"{}\"", change_key(version))
}

pub(crate) fn id(instance: &Instance<'_>, shape: &Shape) -> String {
    let event = instance.event;
    ids::item(event.number, event.moves, instance.date, shape.is_immutable)
}

/// The event with what was asked for.
pub(crate) fn event(instance: &Instance<'_>, shape: &Shape) -> Json {
    let mut shown = all(instance, shape);
    if shape.is_basic {
        ["body", "bodyPreview", "hasAttachments"].iter().for_each(|name| drop(shown.remove(*name)));
    }
    if let Some(select) = &shape.select {
        let is_time = |name: &str| ["createdDateTime", "lastModifiedDateTime"].contains(&name);
        shown.retain(|name, _| {
            name == "id" || name.starts_with('@') || (select.contains(name) && (shape.shows_times || !is_time(name)))
        });
    }
    if !shape.expand.is_empty() && !shape.is_basic {
        let wanted = instance.details.extended.iter().filter(|(id, _)| shape.expand.contains(id));
        let wanted: Vec<Json> = wanted.map(|(id, value)| json!({"id": id, "value": value})).collect();
        if !wanted.is_empty() {
            shown.insert("singleValueExtendedProperties".to_owned(), json!(wanted));
        }
    }
    Json::Object(shown)
}

/// An occurrence in the answer of `delta`, which leaves the rest to its series.
///
/// <https://github.com/microsoftgraph/microsoft-graph-docs/issues/7632>
pub(crate) fn slim(instance: &Instance<'_>, shape: &Shape) -> Json {
    let kept = ["@odata.etag", "id", "seriesMasterId", "type", "start", "end"];
    let mut shown = all(instance, shape);
    shown.retain(|name, _| kept.contains(&name.as_str()));
    Json::Object(shown)
}

fn all(instance: &Instance<'_>, shape: &Shape) -> Map<String, Json> {
    let (event, details) = (instance.event, instance.details);
    let mut shown = details.properties.clone();
    let mut set = |name: &str, value: Json| drop(shown.insert(name.to_owned(), value));
    set("@odata.etag", json!(etag(event.version)));
    set("id", json!(id(instance, shape)));
    set("createdDateTime", json!(stamp(event.created)));
    set("lastModifiedDateTime", json!(stamp(event.modified)));
    set("changeKey", json!(change_key(event.version)));
    set("transactionId", json!(event.transaction.as_ref().map(|(id, _)| id)));
    set("originalStartTimeZone", json!(details.start.zone));
    set("originalEndTimeZone", json!(details.end.zone));
    set("iCalUId", json!(uid(instance)));
    set("type", json!(instance.kind.as_str()));
    set("isAllDay", json!(details.is_all_day));
    set("isCancelled", json!(details.is_cancelled));
    set("isOrganizer", json!(details.response == "organizer"));
    set("hasAttachments", json!(false));
    set("isDraft", json!(false));
    set("start", time(&instance.start, details, shape));
    set("end", time(&instance.end, details, shape));
    set("attendees", json!(details.attendees));
    set("organizer", json!({"emailAddress": {"name": details.organizer.0, "address": details.organizer.1}}));
    set("responseStatus", json!({"response": details.response, "time": stamp(event.modified)}));
    set("recurrence", json!(event.recurrence.as_ref().filter(|_| instance.kind == Kind::Master).map(|it| &it.json)));
    set(
        "webLink",
        json!(format!(
            "https://outlook.office365.com/owa/?itemid={}",
            ids::item(event.number, event.moves, instance.date, false)
        )),
    );
    if matches!(instance.kind, Kind::Occurrence | Kind::Exception) {
        set("seriesMasterId", json!(ids::item(event.number, event.moves, None, shape.is_immutable)));
        let original = instance.date.map(|date| stamp(event.times(date).0.at()));
        set("originalStart", json!(original));
    } else {
        set("seriesMasterId", Json::Null);
    }
    set("isOnlineMeeting", json!(details.online.is_some()));
    set("onlineMeetingProvider", json!(details.online.as_ref().map_or("unknown", |online| &online.provider)));
    let ready = details.online.as_ref().filter(|online| online.pending == 0);
    set("onlineMeeting", json!(ready.map(|online| json!({"joinUrl": online.url}))));
    set("onlineMeetingUrl", Json::Null);
    shown
}

/// Whole days keep their dates in every zone, other times are shown on the clock asked for.
fn time(moment: &Moment, details: &Details, shape: &Shape) -> Json {
    let mut shown = if details.is_all_day {
        moment.floating(&shape.zone).json()
    } else {
        Moment::of(moment.at(), &shape.zone).json()
    };
    if let Some(zone) = &details.odd_zone {
        shown["timeZone"] = json!(zone);
    }
    shown
}

/// The id across calendars, which differs between the occurrences of a series.
fn uid(instance: &Instance<'_>) -> String {
    let date = instance.date.map_or_else(|| "00000000".to_owned(), |date| date.strftime("%Y%m%d").to_string());
    instance.event.uid.replacen("00000000", &date, 1)
}

/// A row of a deletion in the answer of `delta`.
///
/// <https://learn.microsoft.com/graph/delta-query-overview>
pub(crate) fn removed(id: &str) -> Json {
    json!({"@odata.type": "#microsoft.graph.event", "id": id, "@removed": {"reason": "deleted"}})
}

/// The date of an error: `2026-01-05T09:00:00`.
pub(crate) fn date(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}
