//! Entries of timelines: notes. A private app cannot have events of its own on timelines.

use crate::api::{Api, Call};
use crate::batch::{self, Item, Settled, Way};
use crate::outcome::{ErrorBody, Fault};
use crate::paths::{self, name};
use crate::read::MOST;
use crate::schema::Hub;
use knock_ports::{CrmNote, CrmObject, CrmWritten};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

const NOTES: &str = "notes";
/// Our own key of a note.
const KEY: &str = "knock_note_id";

#[derive(Deserialize)]
struct Associated {
    #[serde(default)]
    errors: Vec<ErrorBody>,
}

/// Writes notes; one result for each. Of notes with one key the last counts.
pub(crate) async fn write(hub: Hub<'_>, notes: &[CrmNote]) -> Vec<CrmWritten> {
    let refused = |fault: Fault| CrmWritten::Refused(hub.api.refusal(fault));
    if let Err(fault) = hub.schema.unique(hub.api, NOTES, KEY).await {
        return vec![refused(fault); notes.len()];
    }
    let by_key: BTreeMap<&str, &CrmNote> = notes.iter().map(|note| (note.key.as_str(), note)).collect();
    let items: Vec<Item> = by_key.values().map(|note| item(note)).collect();
    let way = Way { object: NOTES, unique: Some(KEY) };
    let settled: BTreeMap<&str, Settled> =
        by_key.keys().copied().zip(batch::write(hub.api, way, &items).await).collect();
    let mut failed = BTreeMap::new();
    for object in [CrmObject::Contact, CrmObject::Company] {
        let pairs = by_key.iter().flat_map(|(key, note)| pairs(settled.get(key), note, object)).collect::<Vec<_>>();
        failed.extend(associate(hub.api, NOTES, name(object), &pairs).await);
    }
    let result = |note: &CrmNote| match settled.get(note.key.as_str()) {
        Some(Settled::Done(id)) => match failed.get(id) {
            Some(fault) => refused(fault.clone()),
            None => CrmWritten::Done { id: id.clone() },
        },
        Some(Settled::Not(fault)) => refused(fault.clone()),
        None => CrmWritten::Absent,
    };
    notes.iter().map(result).collect()
}

/// A note that is written, with each record of a type in whose timeline it is to be.
fn pairs(settled: Option<&Settled>, note: &CrmNote, object: CrmObject) -> Vec<(String, String)> {
    let Some(Settled::Done(id)) = settled else { return Vec::new() };
    let about = note.about.iter().filter(|(of, _)| *of == object);
    about.map(|(_, record)| (id.clone(), record.clone())).collect()
}

fn item(note: &CrmNote) -> Item {
    let properties =
        [(KEY, note.key.clone()), ("hs_timestamp", note.at.0.to_string()), ("hs_note_body", html(&note.text))];
    let properties = properties.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Item { key: note.key.clone(), properties }
}

/// Associates records of a type with those of another one, which may be done again. The faults are by record.
pub(crate) async fn associate(api: &Api, from: &str, to: &str, pairs: &[(String, String)]) -> BTreeMap<String, Fault> {
    let mut failed = BTreeMap::new();
    for chunk in pairs.chunks(MOST) {
        let input = |(from, to): &(String, String)| json!({"from": {"id": from}, "to": {"id": to}});
        let inputs: Vec<Json> = chunk.iter().map(input).collect();
        let path = paths::associations(from, to, "batch/associate/default");
        match api.read::<Associated>(&Call::post(path, json!({"inputs": inputs}))).await {
            Ok(answer) => failed.extend(answer.errors.iter().flat_map(|error| failures(chunk, error))),
            Err(fault) => failed.extend(chunk.iter().map(|(from, _)| (from.clone(), fault.clone()))),
        }
    }
    failed
}

/// The records of a chunk that an error is about: those whose id or whose partner's it names, else all.
fn failures(chunk: &[(String, String)], error: &ErrorBody) -> Vec<(String, Fault)> {
    let named: Vec<&str> = error.context.values().flatten().filter_map(Json::as_str).collect();
    let is_named = |(from, to): &(String, String)| named.contains(&from.as_str()) || named.contains(&to.as_str());
    let is_of_all = !chunk.iter().any(is_named);
    let of = chunk.iter().filter(|pair| is_of_all || is_named(pair));
    of.map(|(from, _)| (from.clone(), Fault::of_record(error))).collect()
}

/// A text as HTML: what people sent is shown as they wrote it, and nothing of it is taken for markup.
fn html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    escaped.lines().collect::<Vec<_>>().join("<br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_have_no_markup_of_others() {
        assert_eq!(html("<img src=\"x\"> & so\non"), "&lt;img src=&quot;x&quot;&gt; &amp; so<br>on");
    }
}
