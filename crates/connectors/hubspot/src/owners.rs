//! Owners: those who are there, then those who left.

use crate::api::{Api, Call};
use crate::outcome::Fault;
use crate::paths;
use knock_model::PersonName;
use knock_ports::{CrmOwner, CrmPage};
use serde::Deserialize;
use url::form_urlencoded::Serializer;

/// Owners on a page.
const PAGE: &str = "100";
/// The prefix of the cursor of a page of archived owners.
const ARCHIVED: &str = "archived:";

#[derive(Deserialize)]
struct Page {
    results: Vec<Owner>,
    paging: Option<Paging>,
}

#[derive(Deserialize)]
pub(crate) struct Paging {
    pub(crate) next: Option<Next>,
}

#[derive(Deserialize)]
pub(crate) struct Next {
    pub(crate) after: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Owner {
    id: String,
    email: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    archived: bool,
    user_id: Option<u64>,
    user_id_including_inactive: Option<u64>,
}

pub(crate) async fn owners(api: &Api, from: Option<&str>) -> Result<CrmPage<CrmOwner>, Fault> {
    let from = from.unwrap_or_default();
    let left = from.strip_prefix(ARCHIVED);
    let (is_archived, after) = (left.is_some(), left.unwrap_or(from));
    let page: Page = api.read(&Call::get(path(is_archived, after))).await?;
    let next = page.paging.and_then(|paging| paging.next).map(|next| next.after);
    let next = match next {
        Some(after) if is_archived => Some(format!("{ARCHIVED}{after}")),
        None if !is_archived => Some(ARCHIVED.to_owned()),
        next => next,
    };
    Ok(CrmPage { entries: page.results.into_iter().map(|owner| shown(owner, is_archived)).collect(), next })
}

fn shown(owner: Owner, is_archived: bool) -> CrmOwner {
    // A user who was deactivated has an id among the inactive ones alone.
    let is_deactivated = owner.user_id.is_none() && owner.user_id_including_inactive.is_some();
    let Owner { id, email, first_name, last_name, archived, .. } = owner;
    let names = [first_name, last_name].into_iter().flatten().filter(|name| !name.is_empty());
    let name = PersonName::from(names.collect::<Vec<_>>().join(" "));
    CrmOwner { id, email: email.unwrap_or_default(), name, is_active: !archived && !is_archived && !is_deactivated }
}

fn path(is_archived: bool, after: &str) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("limit", PAGE).append_pair("archived", if is_archived { "true" } else { "false" });
    if !after.is_empty() {
        query.append_pair("after", after);
    }
    format!("{}?{}", paths::owners(), query.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    #[test]
    fn an_owner_who_is_archived_or_deactivated_is_not_active() {
        let is_active =
            |owner: Json, is_archived| shown(serde_json::from_value(owner).expect("an owner"), is_archived).is_active;
        let owner = |archived: bool, user: Json| {
            json!({"id": "10", "archived": archived, "userId": user,
            "userIdIncludingInactive": 11})
        };
        assert!(is_active(owner(false, json!(11)), false));
        assert!(!is_active(owner(true, Json::Null), false));
        assert!(!is_active(owner(false, Json::Null), false));
        assert!(!is_active(owner(false, json!(11)), true));
        assert!(!is_active(json!({"id": "10", "archived": true}), false));
        assert!(is_active(json!({"id": "10", "userId": 11, "userIdIncludingInactive": null}), false));
        // A queue is no user.
        assert!(is_active(json!({"id": "10", "type": "QUEUE"}), false));
    }
}
