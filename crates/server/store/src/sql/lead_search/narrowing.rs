//! A filter in SQL. Of a condition only the part that leaves out persons that cannot match: the caller decides about
//! the others.

use super::{Conditions, DOMAIN, MEETING_STATUS, TYPE, of_chat};
use crate::sql::inbox_filter::owner_word;
use crate::sql::search::{has, label_end, patterns};
use crate::sql::{Connection, Db};
use knock_model::search::Search;
use knock_model::{IntentType, LeadId};
use knock_ports::{LeadFilter, LeadQuery};
use knock_routing::{Condition, Leaf, Operator};

impl<C: Connection> Db<C> {
    pub(super) fn narrow(wanted: &mut Conditions, query: &LeadQuery) {
        let filter = &query.filter;
        let like = C::DIALECT.like;
        let search = Search::parse(&filter.search);
        if !search.is_empty() {
            wanted.search(&search);
        }
        match filter.is_named {
            None => {}
            Some(true) => wanted.and("email IS NOT NULL"),
            Some(false) => wanted.and("email IS NULL"),
        }
        if let Some(bucket) = filter.bucket {
            wanted.and(&format!("bucket = {}", bucket.index()));
        }
        // Who has not chatted is `Unknown`.
        match filter.intent_type {
            None => {}
            Some(IntentType::Unknown) => {
                wanted.and(&format!("COALESCE({TYPE}, {0}) = {0}", IntentType::Unknown.index()));
            }
            Some(kind) => wanted.and(&format!("{TYPE} = {}", kind.index())),
        }
        wanted.narrow_by_chat(filter);
        if let Some(ids) = &filter.ids {
            let ids = wanted.ids(ids.iter().map(LeadId::as_bytes));
            wanted.and(&if ids.is_empty() { "1 = 0".to_owned() } else { format!("id IN ({ids})") });
        }
        for leaf in filter.condition.iter().flat_map(needed) {
            wanted.narrow_by(leaf, like);
        }
    }
}

impl Conditions {
    fn search(&mut self, search: &Search) {
        let words: Vec<String> = patterns(search).into_iter().map(|pattern| self.given(pattern)).collect();
        let of_word = |word: &String| {
            let merged = has("email", word);
            let merged = format!("id IN (SELECT lead FROM contact_merges WHERE {merged})");
            format!("({} OR {} OR {merged})", has("email", word), has("name", word))
        };
        let mut found = words.iter().map(of_word).collect::<Vec<_>>().join(" AND ");
        if let Some(end) = label_end(search) {
            let end = self.given(end.to_vec());
            found += &format!(
                " OR email IS NULL AND EXISTS (SELECT 1 FROM claims c WHERE c.lead = leads.id \
                 AND substr(c.visitor, 15, 2) = {end})"
            );
        }
        self.and(&found);
    }

    /// Leaves out whose chat, or whose meetings, are not as asked.
    fn narrow_by_chat(&mut self, filter: &LeadFilter) {
        if let Some(owner) = filter.owner {
            let given = self.given(owner_word(owner));
            self.and(&format!("COALESCE({}, '') = {given}", of_chat("owner")));
        }
        if let Some(tag) = filter.tag {
            let given = self.given(tag.as_bytes().to_vec());
            self.and(&format!("EXISTS (SELECT 1 FROM lead_tags g WHERE g.lead = leads.id AND g.tag = {given})"));
        }
        if let Some(status) = filter.chat_status {
            let given = self.given(status.as_str().to_owned());
            self.and(&format!("{} = {given}", of_chat("status")));
        }
        if let Some(status) = filter.meeting_status {
            let given = self.given(status.as_str().to_owned());
            self.and(&format!("{MEETING_STATUS} = {given}"));
        }
        match filter.has_deal {
            None => {}
            Some(true) => self.and(&format!("{} IS NOT NULL", of_chat("deal_at"))),
            Some(false) => self.and(&format!("{} IS NULL", of_chat("deal_at"))),
        }
        if let Some(reason) = &filter.reject_reason {
            let given = self.given(reason.clone());
            self.and(&format!("{} = {given}", of_chat("reject_reason")));
        }
    }

    /// Leaves out whose text cannot have what a comparison asks for.
    fn narrow_by(&mut self, leaf: &Leaf, like: &str) {
        let is_part =
            matches!(leaf.operator(), Operator::Eq | Operator::Contains | Operator::StartsWith | Operator::EndsWith);
        let field = leaf.field().name();
        let column = match field {
            "email" => "email",
            "company.domain" => DOMAIN,
            _ if field.starts_with(knock_ports::FirstTouch::PREFIX) => "first_touch",
            _ => return,
        };
        let Some(text) = leaf.value().and_then(knock_routing::Value::as_text).filter(|_| is_part) else { return };
        let part = self.given(looser(text));
        self.and(&format!("{column} {like} {part} ESCAPE '\\'"));
    }
}

/// The comparisons that each person must fit.
fn needed(condition: &Condition) -> Vec<&Leaf> {
    match condition {
        Condition::Leaf(leaf) => vec![leaf],
        Condition::All(parts) => parts.iter().flat_map(needed).collect(),
        Condition::Any(parts) if parts.len() == 1 => parts.iter().flat_map(needed).collect(),
        Condition::Any(_) | Condition::Not(_) => Vec::new(),
    }
}

/// A LIKE pattern for all texts, plain or in JSON, that could have this one in them, and more: only ASCII letters that
/// no other character folds to (as `ß` does to `ss`), digits and harmless signs have to be there.
fn looser(text: &str) -> String {
    let mut pattern = String::from("%");
    for sign in text.trim().chars() {
        let is_sure = matches!(sign.to_ascii_lowercase(), 'b'..='e' | 'g' | 'm' | 'o'..='r' | 'u' | 'v' | 'x' | 'z')
            || sign.is_ascii_digit()
            || matches!(sign, ' ' | '.' | '-' | '@' | '=' | '&' | ':' | '/' | '+');
        if is_sure {
            pattern.push(sign);
        } else if !pattern.ends_with('%') {
            pattern.push('%');
        }
    }
    if !pattern.ends_with('%') {
        pattern.push('%');
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_never_asks_for_what_another_spelling_lacks() {
        for (text, pattern) in [
            ("spring", "%pr%g%"),
            ("100%_off", "%100%o%"),
            ("a\"b", "%b%"),
            ("Straße", "%r%e%"),
            ("", "%"),
            (" g2.com ", "%g2.com%"),
        ] {
            assert_eq!(looser(text), pattern, "{text}");
        }
    }
}
