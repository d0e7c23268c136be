//! A filter in SQL. Of a condition only the part that leaves out persons that cannot match: the caller decides about
//! the others.

use super::{Conditions, DOMAIN, TYPE};
use crate::sql::record::holding;
use crate::sql::{Connection, Db};
use knock_model::IntentType;
use knock_ports::LeadQuery;
use knock_routing::{Condition, Leaf, Operator};

impl<C: Connection> Db<C> {
    pub(super) fn narrow(wanted: &mut Conditions, query: &LeadQuery) {
        let filter = &query.filter;
        let like = C::DIALECT.like;
        if !filter.search.is_empty() {
            wanted.search(&filter.search, like);
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
        if let Some(ids) = &filter.ids {
            let ids: Vec<_> = ids.iter().map(|id| wanted.given(id.as_bytes().to_vec())).collect();
            wanted.and(&if ids.is_empty() { "1 = 0".to_owned() } else { format!("id IN ({})", ids.join(", ")) });
        }
        for leaf in filter.condition.iter().flat_map(needed) {
            wanted.narrow_by(leaf, like);
        }
    }
}

impl Conditions {
    fn search(&mut self, search: &str, like: &str) {
        let part = self.given(holding(search));
        let mut found = format!(
            "email {like} {part} ESCAPE '\\' OR name {like} {part} ESCAPE '\\' \
             OR id IN (SELECT lead FROM contact_merges WHERE email {like} {part} ESCAPE '\\')"
        );
        if let Some(end) = label_end(search) {
            let end = self.given(end.to_vec());
            found += &format!(
                " OR email IS NULL AND EXISTS (SELECT 1 FROM claims c WHERE c.lead = leads.id \
                 AND substr(c.visitor, 15, 2) = {end})"
            );
        }
        self.and(&found);
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

/// The two bytes of a browser's id that a label such as `Visitor 3f9a` shows.
fn label_end(search: &str) -> Option<[u8; 2]> {
    let search = search.trim().to_ascii_lowercase();
    let digits = search.strip_prefix("visitor").map_or(search.as_str(), str::trim_start);
    let is_hex = digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let number = u16::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
    Some(number.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_label_is_looked_up_by_its_bytes() {
        for search in ["Visitor 3f9a", " visitor 3F9A", "3f9a", "visitor3f9a"] {
            assert_eq!(label_end(search), Some([0x3f, 0x9a]), "{search}");
        }
        for search in ["", "visitor", "3f9", "3f9ab", "+f9a", "ann@globex.test", "Visitor 3f9a!"] {
            assert_eq!(label_end(search), None, "{search}");
        }
    }

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
