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
    let Owner { id, email, first_name, last_name, archived } = owner;
    let names = [first_name, last_name].into_iter().flatten().filter(|name| !name.is_empty());
    let name = PersonName::from(names.collect::<Vec<_>>().join(" "));
    CrmOwner { id, email: email.unwrap_or_default(), name, is_active: !archived && !is_archived }
}

fn path(is_archived: bool, after: &str) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("limit", PAGE).append_pair("archived", if is_archived { "true" } else { "false" });
    if !after.is_empty() {
        query.append_pair("after", after);
    }
    format!("{}?{}", paths::owners(), query.finish())
}
