//! The filter of a view of the inbox as a condition on each of its chats; who is on a site is checked outside of SQL.

use super::Value;
use super::chat::CONVERSATION_NEWEST_FIRST;
use knock_agent::Language;
use knock_model::{AI_AGENT, Bucket};
use knock_ports::{InboxFilter, OwnerFilter};

/// The expression `is_found` for chats that fit the filter, null for others; `given` makes a parameter of a value.
///
/// It is computed for each chat of a page by itself: as a condition of the whole query it would look through all chats
/// of a view where few fit.
pub(super) fn narrowed(
    filter: &InboxFilter,
    given: &mut impl FnMut(Value<'static>) -> String,
    is_found: String,
) -> String {
    let InboxFilter { owner, statuses, intent_type, score, tag, site, language, is_waiting, on_site_at: _ } = filter;
    let mut fits: Vec<String> = Vec::new();
    fits.extend(owner.map(|owner| format!("c.owner = {}", given(owner_word(owner).into()))));
    if !statuses.is_empty() {
        let statuses: Vec<String> = statuses.iter().map(|status| given(status.as_str().to_owned().into())).collect();
        fits.push(format!("c.status IN ({})", statuses.join(", ")));
    }
    fits.extend(intent_type.map(|kind| format!("c.intent_type = {}", kind.index())));
    let low = Bucket::Low.index();
    let bucket = format!("COALESCE((SELECT b.bucket FROM leads b WHERE b.id = c.lead), {low})");
    fits.extend(score.map(|score| format!("{bucket} = {}", score.index())));
    fits.extend(site.map(|site| newest("site", &site.0.to_string())));
    fits.extend(language.map(|language| newest("language", &given(Language::as_str(language).to_owned().into()))));
    fits.extend(tag.map(|tag| {
        let tag = given(tag.as_bytes().to_vec().into());
        format!("(SELECT 1 FROM lead_tags g WHERE g.lead = c.lead AND g.tag = {tag}) = 1")
    }));
    if *is_waiting {
        fits.push("c.waiting_since IS NOT NULL".to_owned());
    }
    if fits.is_empty() { is_found } else { format!("CASE WHEN {} THEN {is_found} END", fits.join(" AND ")) }
}

/// The column `owner` of a chat.
pub(super) fn owner_word(owner: OwnerFilter) -> String {
    match owner {
        OwnerFilter::Unassigned => String::new(),
        OwnerFilter::AiAgent => AI_AGENT.to_owned(),
        OwnerFilter::Rep(rep) => rep.to_string(),
    }
}

/// Whether a column of the lead's newest conversation has a value.
fn newest(column: &str, value: &str) -> String {
    format!(
        "(SELECT v.{column} FROM conversations v WHERE v.lead = c.lead {CONVERSATION_NEWEST_FIRST} LIMIT 1) = {value}"
    )
}
