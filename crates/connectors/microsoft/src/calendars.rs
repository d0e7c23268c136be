//! The calendars of an account.

use crate::graph::Graph;
use crate::outcome::{Fault, Kind};
use knock_ports::FoundCalendar;
use serde::Deserialize;

/// What is asked for of each.
const FIELDS: &str = "id,name,canEdit,isDefaultCalendar,owner";
/// The calendars of a page.
const PAGE: &str = "100";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    id: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    can_edit: Option<bool>,
    #[serde(default)]
    is_default_calendar: Option<bool>,
    #[serde(default)]
    owner: Option<Owner>,
}

#[derive(Deserialize)]
struct Owner {
    #[serde(default)]
    address: Option<String>,
}

impl Listed {
    fn owner(&self) -> &str {
        self.owner.as_ref().and_then(|owner| owner.address.as_deref()).unwrap_or_default()
    }

    fn is_default(&self) -> bool {
        self.is_default_calendar == Some(true)
    }

    fn can_edit(&self) -> bool {
        self.can_edit != Some(false)
    }
}

/// The calendars of an account with this address, the default one first.
pub(crate) async fn list(graph: &Graph, email: &str) -> Result<Vec<FoundCalendar>, Fault> {
    let url = graph.me(&["calendars"], &[("$select", FIELDS), ("$top", PAGE)])?;
    let unreadable = |_| Fault::new(Kind::Wrong, "the calendars of Microsoft 365 cannot be read");
    let listed = graph.pages(url, None).await?.into_iter().map(serde_json::from_value);
    Ok(found(listed.collect::<Result<_, _>>().map_err(unreadable)?, email))
}

/// A calendar belongs to the account if its owner has the address of the account or, since an account may have several,
/// that of the default calendar's owner. One that cannot be edited is shared, or subscribed to as holidays are.
fn found(mut listed: Vec<Listed>, email: &str) -> Vec<FoundCalendar> {
    listed.sort_by_key(|calendar| !calendar.is_default());
    let other = listed.first().filter(|first| first.is_default()).map(|first| first.owner().to_owned());
    let own = [Some(email.to_owned()), other, Some(String::new())];
    let is_own = |address: &str| own.iter().flatten().any(|one| one.eq_ignore_ascii_case(address));
    let is_others = |one: &Listed| !one.is_default() && !is_own(one.owner());
    // The scopes allow no writing into the calendars of others.
    let calendar = |one: Listed| FoundCalendar {
        is_foreign: is_others(&one) || !one.is_default() && !one.can_edit(),
        is_read_only: is_others(&one) || !one.can_edit(),
        name: one.name.filter(|name| !name.is_empty()).unwrap_or_else(|| "Calendar".to_owned()),
        id: one.id,
    };
    listed.into_iter().map(calendar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    #[test]
    fn calendars_of_others_and_subscriptions_are_known_as_such() {
        let owned = |address: &str| json!({"name": "x", "address": address});
        let listed = json!([
            {"id": "team", "name": "Team", "canEdit": true, "owner": owned("boss@acme.example")},
            {"id": "shown", "name": "Shown", "canEdit": false, "owner": owned("boss@acme.example")},
            {"id": "main", "name": "Calendar", "canEdit": true, "isDefaultCalendar": true, "owner": owned("outlook_1@outlook.com")},
            {"id": "mine", "name": "", "canEdit": true, "owner": owned("ANN@acme.example")},
            {"id": "alias", "name": "Alias", "canEdit": true, "owner": owned("outlook_1@outlook.com")},
            {"id": "free", "name": "Holidays", "canEdit": false, "owner": owned("ann@acme.example")},
            {"id": "none", "name": null, "canEdit": null, "owner": null},
        ]);
        let listed: Vec<Json> = serde_json::from_value(listed).expect("a list");
        let listed = listed.into_iter().map(serde_json::from_value).collect::<Result<_, _>>().expect("calendars");
        let found = found(listed, "ann@acme.example");
        let shown: Vec<_> = found.iter().map(|one| (one.id.as_str(), one.is_foreign, one.is_read_only)).collect();
        let expected = [
            ("main", false, false),
            ("team", true, true),
            ("shown", true, true),
            ("mine", false, false),
            ("alias", false, false),
            ("free", true, true),
            ("none", false, false),
        ];
        assert_eq!(shown, expected);
        assert!(found.iter().all(|one| !one.name.is_empty()));
    }
}
