//! Changes since a cursor, by searches in windows of time.
//!
//! A search is late by some seconds, so each window begins a while before the last one ended. It stops at ten thousand
//! records: where there are more, the next window begins at the last of them.

use crate::api::{Api, Call};
use crate::find::{DEAL, associated, deal, instant};
use crate::outcome::{Fault, Kind};
use crate::owners::Paging;
use crate::paths;
use crate::read::Found;
use knock_model::Millis;
use knock_ports::{CrmChange, CrmChanges};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Records of a page; the most that a search gives.
const PAGE: u32 = 200;
/// The limit of results of a search.
const END: u32 = 10_000;
/// The time before the end of a window that is searched again.
const OVERLAP: Millis = Millis(5 * Millis::MINUTE.0);

/// The position of a reading.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Cursor {
    deals: Window,
    contacts: Window,
}

/// A window, and the page in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Window {
    since: i64,
    /// The place of the page; 0 at the first.
    after: u32,
    /// The latest instant that was seen in it.
    last: i64,
}

#[derive(Deserialize)]
struct Page {
    results: Vec<Found>,
    paging: Option<Paging>,
}

/// A page of changes.
pub(crate) async fn since(api: &Api, since: Option<&str>) -> Result<CrmChanges, Fault> {
    let Some(since) = since else {
        // Its clock may be behind ours.
        let now = Window { since: (api.now() - OVERLAP).0, ..Window::default() };
        let cursor = Cursor { deals: now.clone(), contacts: now };
        return Ok(CrmChanges { changes: Vec::new(), cursor: text(&cursor), is_more: false });
    };
    let cursor: Cursor = serde_json::from_str(since).map_err(|_| Fault::new(Kind::Wrong, "it is no cursor"))?;
    let (deals, next_deals) = read(api, "deals", DEAL[0], &DEAL, &cursor.deals).await?;
    let wanted = ["lastmodifieddate", "hubspot_owner_id", "hs_merged_object_ids"];
    let (contacts, next_contacts) = read(api, "contacts", wanted[0], &wanted, &cursor.contacts).await?;
    let mut changes = opened(api, &deals).await?;
    changes.extend(contacts.iter().flat_map(of_contact));
    let is_more = [&next_deals, &next_contacts].into_iter().any(|window| window.after > 0 || window.last > 0);
    let cursor = Cursor { deals: next_deals, contacts: next_contacts };
    Ok(CrmChanges { changes, cursor: text(&cursor), is_more })
}

fn text(cursor: &Cursor) -> String {
    json!(cursor).to_string()
}

/// A page of the records whose `by` is in the window, and where to go on.
async fn read(
    api: &Api,
    object: &str,
    by: &str,
    wanted: &[&str],
    window: &Window,
) -> Result<(Vec<Found>, Window), Fault> {
    let filter = json!({"propertyName": by, "operator": "GTE", "value": window.since.to_string()});
    let body = json!({
        "filterGroups": [{"filters": [filter]}], "sorts": [by], "properties": wanted,
        "limit": PAGE, "after": window.after.to_string(),
    });
    let page: Page = api.read(&Call::post(paths::objects(object, "search"), body)).await?;
    let seen = page.results.iter().filter_map(|record| instant(record.property(by)?)).map(|at| at.0).max();
    let next = page.paging.and_then(|paging| paging.next).and_then(|next| next.after.parse().ok());
    Ok((page.results, window.next(seen, next)))
}

impl Window {
    /// The position after a page; `seen` is the latest instant on it and `next` the cursor of the next one.
    fn next(&self, seen: Option<i64>, next: Option<u32>) -> Window {
        let last = self.last.max(seen.unwrap_or_default());
        match next {
            Some(after) if after + PAGE <= END => Window { since: self.since, after, last },
            // Not at its beginning again, even where ten thousand have one instant.
            Some(_) => Window { since: last.max(self.since + 1), after: 0, last },
            None => Window { since: self.since.max(last - OVERLAP.0), after: 0, last: 0 },
        }
    }
}

async fn opened(api: &Api, deals: &[Found]) -> Result<Vec<CrmChange>, Fault> {
    let ids: Vec<String> = deals.iter().map(|deal| deal.id.clone()).collect();
    let mut contacts = associated(api, ("deals", "contacts"), &ids).await?;
    let opened = deals.iter().filter_map(deal);
    Ok(opened
        .map(|deal| CrmChange::DealOpened { contacts: contacts.remove(&deal.id).unwrap_or_default(), deal })
        .collect())
}

fn of_contact(contact: &Found) -> Vec<CrmChange> {
    let into = || contact.id.clone();
    let merged =
        contact.listed("hs_merged_object_ids").map(|from| CrmChange::Merged { from: from.to_owned(), into: into() });
    let owner = contact.property("hubspot_owner_id").map(str::to_owned);
    merged.chain([CrmChange::Owner { contact: into(), owner }]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_follow_one_another_without_a_gap() {
        let start = Window { since: 1_000_000, after: 0, last: 0 };
        let second = start.next(Some(5_000_000), Some(200));
        assert_eq!(second, Window { since: 1_000_000, after: 200, last: 5_000_000 });
        let done = second.next(Some(6_000_000), None);
        assert_eq!(done, Window { since: 6_000_000 - OVERLAP.0, after: 0, last: 0 });
        assert_eq!(done.next(None, None), done, "nothing new");
        let full = second.next(Some(6_000_000), Some(9_900));
        assert_eq!(full, Window { since: 6_000_000, after: 0, last: 6_000_000 });
    }
}
