//! What CRMs, a deal and earlier sessions say of a person now, read with them where a condition asks for it: the same
//! facts as their record has (`has_earlier_session`, `crm_known`), in one statement for all of a page.

use crate::sql::crm::known;
use crate::sql::row::number;
use crate::sql::{Connection, Row, Value};
use knock_model::{CrmSystem, SignalType};
use knock_ports::{LeadQuery, LeadRelation, StoreError};

/// The columns of one CRM.
const OF_CRM: [&str; 5] = ["fields", "contact", "has_open_deal", "has_won_deal", "at"];

/// The columns of a query; empty where its condition asks for none of them.
pub(super) fn columns<C: Connection>(query: &LeadQuery) -> String {
    if !query.asks_relation() {
        return String::new();
    }
    let of_crm = |system: &CrmSystem| {
        let word = system.as_str();
        OF_CRM.map(|column| {
            format!(", (SELECT k.{column} FROM crm_known k WHERE k.lead = leads.id AND k.crm = '{word}')")
        })
    };
    let crms: String = query.crms.iter().flat_map(of_crm).collect();
    format!(", {}, {}{crms}", super::of_chat("deal_at"), sessions::<C>())
}

/// The number of sessions with page views of a person with an address: those that are stored, two of them at most, and
/// those of which the retention kept the first view alone.
fn sessions<C: Connection>() -> String {
    let kind = number(SignalType::PageView.index());
    let (at, session) =
        ((C::DIALECT.json_number)("c.first_view", &["at"]), (C::DIALECT.json_text)("c.first_view", &["session"]));
    let end = "COALESCE((SELECT MIN(n.from_at) FROM spans n WHERE n.site = p.site AND n.visitor = p.visitor \
               AND n.from_at > p.from_at), 9223372036854775807)";
    format!(
        "CASE WHEN email IS NULL THEN 0 ELSE \
         (SELECT COUNT(*) FROM (SELECT DISTINCT s.session FROM spans p JOIN signals s ON s.site = p.site \
         AND s.visitor = p.visitor AND s.at >= p.from_at AND s.at < {end} WHERE p.lead = leads.id \
         AND s.kind = {kind} LIMIT 2) AS viewed) \
         + (SELECT COUNT(DISTINCT {session}) FROM spans p JOIN carry_overs c ON c.site = p.site \
         AND c.visitor = p.visitor AND c.first_view IS NOT NULL AND {at} >= p.from_at AND {at} < {end} \
         WHERE p.lead = leads.id) END"
    )
}

/// Reads them, from this column on.
pub(super) fn relation(row: &Row<'_>, query: &LeadQuery, from: usize) -> Result<Option<LeadRelation>, StoreError> {
    if !query.asks_relation() {
        return Ok(None);
    }
    let mut crm = Vec::new();
    for (system, at) in query.crms.iter().zip((from + 2..).step_by(OF_CRM.len())) {
        if row.value(at)? != Value::Null {
            crm.push((*system, known(row, at)?));
        }
    }
    let has_deal = row.get::<Option<i64>>(from)?.is_some();
    Ok(Some(LeadRelation { crm, has_deal, has_earlier_session: row.get::<i64>(from + 1)? > 1 }))
}
