//! Batches of records: sent by the hundred, their answers matched to the records one by one.
//!
//! One wrong record makes HubSpot refuse a whole batch. Such a batch is halved until the wrong one is alone, so that the
//! others are written; where HubSpot names a property that is gone, the records with it are left out at once.

use crate::api::{Api, Call};
use crate::outcome::{ErrorBody, Fault, Kind};
use crate::paths;
use crate::read::{self, By, Found, MOST, is_address_of};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// The way in which records of a batch are identified.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    /// The type of object, as in paths.
    pub(crate) object: &'static str,
    /// The unique property that they are named by, and created by where there is none; none where they are named by id.
    pub(crate) unique: Option<&'static str>,
}

/// A record of a batch. No two have one key.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// Its id, or the value of the unique property.
    pub(crate) key: String,
    pub(crate) properties: BTreeMap<String, String>,
}

/// The result for a record.
#[derive(Clone, Debug)]
pub(crate) enum Settled {
    /// Written, with this id.
    Done(String),
    /// Not written.
    Not(Fault),
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    results: Vec<Found>,
    #[serde(default)]
    errors: Vec<ErrorBody>,
}

/// Writes records, and says of each what became of it.
pub(crate) async fn write(api: &Api, way: Way, items: &[Item]) -> Vec<Settled> {
    let mut run = Run { way, items, settled: vec![None; items.len()], gone: BTreeSet::new(), words: String::new() };
    let places: Vec<usize> = (0..items.len()).collect();
    for chunk in places.chunks(MOST) {
        if let Err(fault) = run.chunk(api, chunk.to_vec()).await {
            return run.settled.into_iter().map(|one| one.unwrap_or_else(|| Settled::Not(fault.clone()))).collect();
        }
    }
    let unanswered = || Settled::Not(Fault::new(Kind::Later(None), "HubSpot's answer does not say what became of it"));
    run.settled.into_iter().map(|one| one.unwrap_or_else(unanswered)).collect()
}

struct Run<'i> {
    way: Way,
    items: &'i [Item],
    settled: Vec<Option<Settled>>,
    /// Properties that HubSpot has no more, with its words.
    gone: BTreeSet<String>,
    words: String,
}

impl Run<'_> {
    /// Writes some of the items.
    ///
    /// # Errors
    /// What makes any further request useless for now.
    async fn chunk(&mut self, api: &Api, places: Vec<usize>) -> Result<(), Fault> {
        let mut waiting = vec![places];
        while let Some(places) = waiting.pop() {
            let places = self.without_gone(places);
            if places.is_empty() {
                continue;
            }
            match api.read::<Answer>(&self.call(&places)).await {
                Ok(answer) => {
                    let is_whole = answer.errors.is_empty() && answer.results.len() == places.len();
                    let alone = self.settle(&places, &answer);
                    if is_whole {
                        self.look_up(api, &places).await?;
                    }
                    waiting.extend(alone.into_iter().map(|place| vec![place]));
                }
                Err(fault) if !is_of_records(fault.kind) => return Err(fault),
                Err(fault) if self.learns(&fault) => waiting.push(places),
                Err(fault) if places.len() == 1 => self.settled[places[0]] = Some(Settled::Not(fault)),
                Err(_) => {
                    let (first, second) = places.split_at(places.len() / 2);
                    // The first half next: records are written in their order.
                    waiting.extend([second.to_vec(), first.to_vec()]);
                }
            }
        }
        Ok(())
    }

    fn call(&self, places: &[usize]) -> Call {
        let input = |place: &usize| {
            let Item { key, properties } = &self.items[*place];
            let mut input = json!({"id": key, "properties": properties, "objectWriteTraceId": place.to_string()});
            if let Some(unique) = self.way.unique {
                input["idProperty"] = json!(unique);
            }
            input
        };
        let inputs: Vec<Json> = places.iter().map(input).collect();
        let action = if self.way.unique.is_some() { "batch/upsert" } else { "batch/update" };
        Call::post(paths::objects(self.way.object, action), json!({"inputs": inputs}))
    }

    /// Takes note of properties that are gone; false where there is none that was not known.
    fn learns(&mut self, fault: &Fault) -> bool {
        let known = self.gone.len();
        self.gone.extend(fault.unknown_properties.iter().cloned());
        let has_learnt = self.gone.len() > known;
        if has_learnt {
            self.words.clone_from(&fault.words);
        }
        has_learnt
    }

    /// The places without those that say a property that is gone, which are settled.
    fn without_gone(&mut self, places: Vec<usize>) -> Vec<usize> {
        let (gone, items) = (&self.gone, self.items);
        let says_gone = |place: &usize| items[*place].properties.keys().any(|name| gone.contains(name));
        let (lost, good): (Vec<usize>, Vec<usize>) = places.into_iter().partition(says_gone);
        for place in lost {
            let unknown_properties = self.gone.iter().cloned().collect();
            let fault = Fault { kind: Kind::Wrong, words: self.words.clone(), unknown_properties };
            self.settled[place] = Some(Settled::Not(fault));
        }
        good
    }

    /// Matches an answer to the items. Those that have to be sent alone, since an error names none, are returned.
    fn settle(&mut self, places: &[usize], answer: &Answer) -> Vec<usize> {
        for found in &answer.results {
            if let Some(place) = places.iter().copied().find(|place| self.is_of(*place, found)) {
                self.settled[place] = Some(Settled::Done(found.id.clone()));
            }
        }
        let mut has_nameless = false;
        for error in &answer.errors {
            let named: Vec<usize> = places.iter().copied().filter(|place| self.names(*place, error)).collect();
            has_nameless |= named.is_empty();
            for place in named {
                self.settled[place] = Some(Settled::Not(Fault::of_record(error)));
            }
        }
        let open: Vec<usize> = places.iter().copied().filter(|place| self.settled[*place].is_none()).collect();
        match (has_nameless, places.len()) {
            (true, 1) => {
                let fault = answer.errors.first().map(Fault::of_record);
                self.settled[places[0]] = self.settled[places[0]].take().or(fault.map(Settled::Not));
                Vec::new()
            }
            (true, _) => open,
            (false, _) => Vec::new(),
        }
    }

    /// Reads those whose results could not be matched, after all of a batch was done.
    async fn look_up(&mut self, api: &Api, places: &[usize]) -> Result<(), Fault> {
        let open: Vec<usize> = places.iter().copied().filter(|place| self.settled[*place].is_none()).collect();
        let keys: Vec<String> = open.iter().map(|place| self.items[*place].key.clone()).collect();
        let by = self.way.unique.map_or(By::Id, By::Unique);
        let wanted: Vec<&str> = self.way.unique.into_iter().collect();
        let found = read::records(api, self.way.object, by, &keys, &wanted).await?;
        for place in open {
            if let Some(found) = found.iter().find(|found| self.is_of(place, found)) {
                self.settled[place] = Some(Settled::Done(found.id.clone()));
            }
        }
        Ok(())
    }

    fn is_of(&self, place: usize, found: &Found) -> bool {
        let key = self.items[place].key.as_str();
        match (&found.object_write_trace_id, self.way.unique) {
            (Some(trace), _) => *trace == place.to_string(),
            (None, None) => found.id == key || found.listed("hs_merged_object_ids").any(|id| id == key),
            (None, Some("email")) => is_address_of(found, key),
            (None, Some(unique)) => found.property(unique) == Some(key),
        }
    }

    fn names(&self, place: usize, error: &ErrorBody) -> bool {
        let texts = |name: &str| error.context.get(name).into_iter().flatten().filter_map(Json::as_str);
        let place_text = place.to_string();
        let key = self.items[place].key.as_str();
        texts("objectWriteTraceId").any(|trace| trace == place_text)
            || texts("ids").chain(texts("id")).any(|id| id == key)
    }
}

/// Whether a fault is of a record, so that others of the batch may still be written.
fn is_of_records(kind: Kind) -> bool {
    match kind {
        Kind::Wrong | Kind::Conflict | Kind::Missing => true,
        Kind::Later(_) | Kind::Limited(_) | Kind::Daily(_) | Kind::Paused(_) | Kind::Expired | Kind::Denied => false,
    }
}
