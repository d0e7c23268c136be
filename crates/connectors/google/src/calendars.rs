//! The calendars of an account, as its list has them: its own, shared ones, and subscriptions
//! (<https://developers.google.com/workspace/calendar/api/v3/reference/calendarList>).

use crate::api::Api;
use crate::client::{Call, Google};
use crate::outcome::{self, Fault, Kind};
use knock_ports::FoundCalendar;
use serde::Deserialize;

/// The most calendars of a page.
const PAGE: usize = 250;
/// The most pages that are read.
const MOST_PAGES: usize = 20;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    #[serde(default)]
    items: Vec<Entry>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    id: String,
    #[serde(default)]
    summary: String,
    /// The name that the account gave it.
    #[serde(default)]
    summary_override: String,
    #[serde(default)]
    primary: bool,
    #[serde(default)]
    access_role: String,
}

impl Entry {
    fn found(self) -> FoundCalendar {
        let is_read_only = !matches!(self.access_role.as_str(), "writer" | "writerWithoutPrivateAccess" | "owner");
        let is_foreign = self.access_role != "owner";
        let names = [self.summary_override, self.summary, self.id.clone()];
        let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
        FoundCalendar { id: self.id, name, is_foreign, is_read_only }
    }
}

/// All calendars of which at least the busy times can be read, also those that the account hides: the primary one
/// first, those of others last.
pub(crate) async fn list(api: &Api) -> Result<Vec<FoundCalendar>, Fault> {
    let mut entries = Vec::new();
    let mut token = None;
    for _ in 0..MOST_PAGES {
        let page: Page = api.read(&page(token)).await?;
        entries.extend(page.items);
        token = page.next_page_token.filter(|token| !token.is_empty());
        if token.is_none() {
            return Ok(ordered(entries));
        }
    }
    Err(Fault::new(Kind::Wrong, "the account has more calendars than can be listed"))
}

fn page(token: Option<String>) -> Call<'static> {
    let mut query = vec![
        ("minAccessRole", "freeBusyReader".to_owned()),
        ("showHidden", "true".to_owned()),
        ("maxResults", PAGE.to_string()),
    ];
    query.extend(token.map(|token| ("pageToken", token)));
    Call::get(vec!["users", "me", "calendarList"], query)
}

fn ordered(mut entries: Vec<Entry>) -> Vec<FoundCalendar> {
    entries.sort_by_key(|entry| (!entry.primary, entry.access_role != "owner"));
    entries.into_iter().map(Entry::found).collect()
}

/// The address of the account that an access token is of: the id of its primary calendar.
pub(crate) async fn owner(google: &Google, token: &str) -> Result<String, Fault> {
    let call = Call::get(vec!["users", "me", "calendarList", "primary"], Vec::new());
    let primary: Entry = outcome::parsed(&google.call(&call, token).await?)?;
    Ok(primary.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn entry(id: &str, role: &str) -> Entry {
        serde_json::from_value(json!({"id": id, "summary": "Team", "accessRole": role})).expect("an entry")
    }

    #[test]
    fn a_role_says_whose_a_calendar_is_and_what_it_takes() {
        for (role, is_foreign, is_read_only) in [
            ("owner", false, false),
            ("writer", true, false),
            ("writerWithoutPrivateAccess", true, false),
            ("reader", true, true),
            ("freeBusyReader", true, true),
            ("another", true, true),
        ] {
            let found = entry("team@group.calendar.google.com", role).found();
            assert_eq!((found.is_foreign, found.is_read_only), (is_foreign, is_read_only), "{role}");
        }
    }

    #[test]
    fn the_primary_calendar_is_first_and_those_of_others_are_last() {
        let primary = Entry { primary: true, ..entry("rep@acme.example", "owner") };
        let all = ordered(vec![entry("b", "reader"), entry("c", "owner"), primary, entry("a", "writer")]);
        assert_eq!(all.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["rep@acme.example", "c", "b", "a"]);
    }

    #[test]
    fn a_calendar_has_the_name_that_the_account_gave_it() {
        let renamed = Entry { summary_override: "Ours".into(), ..entry("a", "owner") };
        let unnamed = Entry { summary: String::new(), ..entry("a", "owner") };
        for (entry, expected) in [(renamed, "Ours"), (entry("a", "owner"), "Team"), (unnamed, "a")] {
            assert_eq!(entry.found().name, expected);
        }
    }
}
