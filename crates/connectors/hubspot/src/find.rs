//! Contacts by address, with what routing wants to know of them. Reads by key are never late, as searches are.

use crate::api::{Api, Call};

use crate::outcome::Fault;
use crate::paths;
use crate::read::{By, Found, MOST, is_address_of, records};
use knock_model::Millis;
use knock_model::text::many_lines;
use knock_ports::{CrmContact, CrmDeal, CrmOwnerOf, CrmQuestion, DealState};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

const OWNER: &str = "hubspot_owner_id";
const LIFECYCLE: &str = "lifecyclestage";
const COMPANY: &str = "associatedcompanyid";
/// The properties of a deal that say what became of it.
pub(crate) const DEAL: [&str; 3] = ["createdate", "hs_is_closed", "hs_is_closed_won"];

#[derive(Deserialize)]
struct Associations {
    results: Vec<Association>,
}

#[derive(Deserialize)]
struct Association {
    from: Named,
    to: Vec<To>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct To {
    to_object_id: Json,
}

/// The contacts with these addresses, one answer each.
pub(crate) async fn find(api: &Api, question: &CrmQuestion) -> Result<Vec<Option<CrmContact>>, Fault> {
    let mut answers = Vec::with_capacity(question.emails.len());
    for emails in question.emails.chunks(MOST) {
        let addresses: BTreeSet<String> = emails.iter().map(|email| email.to_text()).collect();
        let addresses: Vec<String> = addresses.into_iter().collect();
        let fields = question.fields.iter().map(String::as_str);
        let wanted: Vec<&str> = [OWNER, LIFECYCLE, COMPANY].into_iter().chain(fields).collect();
        let found = records(api, "contacts", By::Unique("email"), &addresses, &wanted).await?;
        let (owners, deals) =
            tokio::try_join!(company_owners(api, &found), deals_of(api, &found, question.with_deals))?;
        answers.extend(emails.iter().map(|email| {
            let record = found.iter().find(|record| is_address_of(record, email.as_str()))?;
            Some(contact(record, &question.fields, &owners, &deals))
        }));
    }
    Ok(answers)
}

fn contact(
    record: &Found,
    fields: &[String],
    owners: &BTreeMap<String, String>,
    deals: &BTreeMap<String, Vec<CrmDeal>>,
) -> CrmContact {
    let own = record.property(OWNER).map(|owner| (owner.to_owned(), CrmOwnerOf::Contact));
    let companys = || Some((owners.get(record.property(COMPANY)?)?.clone(), CrmOwnerOf::Company));
    CrmContact {
        id: record.id.clone(),
        merged: record.listed("hs_merged_object_ids").map(str::to_owned).collect(),
        company: record.property(COMPANY).map(str::to_owned),
        owner: own.or_else(companys),
        lifecycle: record.property(LIFECYCLE).map(str::to_owned),
        fields: fields.iter().filter_map(|name| Some((name.clone(), cleaned(record.property(name)?)))).collect(),
        deals: deals.get(&record.id).cloned().unwrap_or_default(),
    }
}

/// A value as routing compares it and pages show it: texts of properties may have lines.
fn cleaned(value: &str) -> String {
    many_lines(value, usize::MAX).into_owned()
}

/// The owners of the companies of those contacts that have no owner, by company.
async fn company_owners(api: &Api, contacts: &[Found]) -> Result<BTreeMap<String, String>, Fault> {
    let without = contacts.iter().filter(|contact| contact.property(OWNER).is_none());
    let ids: BTreeSet<String> = without.filter_map(|contact| contact.property(COMPANY)).map(str::to_owned).collect();
    let ids: Vec<String> = ids.into_iter().collect();
    let companies = records(api, "companies", By::Id, &ids, &[OWNER]).await?;
    let owned = companies.iter().filter_map(|one| Some((one.id.clone(), one.property(OWNER)?.to_owned())));
    Ok(owned.collect())
}

async fn deals_of(api: &Api, contacts: &[Found], is_wanted: bool) -> Result<BTreeMap<String, Vec<CrmDeal>>, Fault> {
    if !is_wanted || contacts.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ids: Vec<String> = contacts.iter().map(|contact| contact.id.clone()).collect();
    let of = associated(api, ("contacts", "deals"), &ids).await?;
    let ids: BTreeSet<String> = of.values().flatten().cloned().collect();
    let ids: Vec<String> = ids.into_iter().collect();
    let mut deals = BTreeMap::new();
    for chunk in ids.chunks(MOST) {
        let found = records(api, "deals", By::Id, chunk, &DEAL).await?;
        deals.extend(found.iter().filter_map(deal).map(|deal| (deal.id.clone(), deal)));
    }
    let known = |ids: Vec<String>| ids.iter().filter_map(|id| deals.get(id).cloned()).collect();
    Ok(of.into_iter().map(|(contact, ids)| (contact, known(ids))).collect())
}

/// The associated records, by record.
pub(crate) async fn associated(
    api: &Api,
    (from, to): (&str, &str),
    ids: &[String],
) -> Result<BTreeMap<String, Vec<String>>, Fault> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let inputs: Vec<Json> = ids.iter().map(|id| json!({"id": id})).collect();
    let call = Call::post(paths::associations(from, to, "batch/read"), json!({"inputs": inputs}));
    let found: Associations = api.read(&call).await?;
    // The same interface has had ids as numbers and as texts.
    let id = |to: To| to.to_object_id.as_str().map_or_else(|| to.to_object_id.to_string(), str::to_owned);
    let found = found.results.into_iter().map(|one| (one.from.id, one.to.into_iter().map(id).collect()));
    Ok(found.collect())
}

/// A deal, where HubSpot says when it was opened.
pub(crate) fn deal(record: &Found) -> Option<CrmDeal> {
    let created_at = instant(record.property(DEAL[0])?)?;
    let is = |name: &str| record.property(name) == Some("true");
    let state = match (is(DEAL[2]), is(DEAL[1])) {
        (true, _) => DealState::Won,
        (false, true) => DealState::Lost,
        (false, false) => DealState::Open,
    };
    Some(CrmDeal { id: record.id.clone(), created_at, state })
}

/// An instant as HubSpot writes it: ISO 8601, or milliseconds.
pub(crate) fn instant(text: &str) -> Option<Millis> {
    let millis = || Some(text.parse::<jiff::Timestamp>().ok()?.as_millisecond());
    text.parse().ok().or_else(millis).map(Millis)
}

/// The records that others were merged into, by the ids of those.
pub(crate) async fn survivors(
    api: &Api,
    object: &'static str,
    ids: &[String],
) -> Result<BTreeMap<String, String>, Fault> {
    let mut survivors = BTreeMap::new();
    for chunk in ids.chunks(MOST) {
        let found = records(api, object, By::Id, chunk, &[]).await?;
        for id in chunk {
            let has = |record: &&Found| record.id != *id && record.listed("hs_merged_object_ids").any(|one| one == id);
            if let Some(record) = found.iter().find(has) {
                survivors.insert(id.clone(), record.id.clone());
            }
        }
    }
    Ok(survivors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_read_in_both_forms() {
        assert_eq!(instant("2026-11-18T11:06:40.123Z"), Some(Millis(1_795_000_000_123)));
        assert_eq!(instant("1795000000123"), Some(Millis(1_795_000_000_123)));
        assert_eq!(instant("yesterday"), None);
    }
}
