//! Searching what is known of a lead and what was written, word by word, without regard to case and accents.

use super::message::author;
use super::note;
use super::record::holding;
use super::row::millis;
use super::{Connection, Db, Row, Value};
use knock_model::search::Search;
use knock_model::{ConversationId, LeadId};
use knock_ports::{FoundAuthor, FoundText, StoreError};

/// The patterns of the words of a search.
pub(super) fn patterns(search: &Search) -> Vec<String> {
    search.words().iter().map(|word| holding(word)).collect()
}

/// Whether a column has the word of a pattern.
pub(super) fn has(column: &str, pattern: &str) -> String {
    format!("knock_folded({column}) LIKE {pattern} ESCAPE '\\'")
}

/// Whether a chat has all words, each in any of its places, or is of the browser with this label: 1 or null. Asked of
/// each chat by itself: PostgreSQL would look through all messages where it may.
pub(super) fn has_all(patterns: &[String], label: Option<&str>) -> String {
    if patterns.is_empty() {
        return "1".to_owned();
    }
    let words: Vec<String> = patterns.iter().map(|pattern| has_word(pattern)).collect();
    let of_browser = label.map_or_else(String::new, |end| {
        let known = "SELECT 1 FROM leads s JOIN claims k ON k.lead = s.id";
        format!(
            " OR COALESCE(({known} WHERE s.id = c.lead AND s.email IS NULL AND substr(k.visitor, 15, 2) = {end} LIMIT 1), \
             0) = 1"
        )
    });
    format!("CASE WHEN {}{of_browser} THEN 1 END", words.join(" AND "))
}

/// The two bytes of a browser's id that a label such as `Visitor 3f9a` shows, where a search asks for one.
pub(super) fn label_end(search: &Search) -> Option<[u8; 2]> {
    let digits = match search.words() {
        [word] => word.strip_prefix("visitor").unwrap_or(word),
        [visitor, word] if visitor == "visitor" => word,
        _ => return None,
    };
    let is_hex = digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let number = u16::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
    Some(number.to_be_bytes())
}

fn has_word(pattern: &str) -> String {
    let of_lead: Vec<String> = LEAD_TEXTS.iter().map(|column| has(&format!("s.{column}"), pattern)).collect();
    let of_lead = of_lead.join(" OR ");
    let (message, note) = (has("m.text", pattern), has("n.text", pattern));
    format!(
        "COALESCE((SELECT 1 FROM leads s WHERE s.id = c.lead AND ({of_lead}) LIMIT 1), \
         (SELECT 1 FROM conversations v JOIN messages m ON m.conversation = v.id WHERE v.lead = c.lead AND {message} \
         LIMIT 1), \
         (SELECT 1 FROM conversations v JOIN notes n ON n.conversation = v.id WHERE v.lead = c.lead AND {note} LIMIT 1)) \
         = 1"
    )
}

/// The columns of a lead that a search looks at.
pub(super) const LEAD_TEXTS: [&str; 4] = ["email", "name", "phone", "company"];

/// The messages and notes with a word of a search, newest first.
pub(super) fn found_texts<C: Connection>(
    db: &Db<C>,
    leads: &[LeadId],
    search: &Search,
) -> Result<Vec<FoundText>, StoreError> {
    if leads.is_empty() || search.is_empty() {
        return Ok(Vec::new());
    }
    let mut params: Vec<Value<'static>> = Vec::new();
    let mut given = |value: Value<'static>| {
        params.push(value);
        format!("?{}", params.len())
    };
    let leads: Vec<String> = leads.iter().map(|lead| given(lead.as_bytes().to_vec().into())).collect();
    let words: Vec<String> = patterns(search).into_iter().map(|pattern| given(pattern.into())).collect();
    let any = |column: &str| words.iter().map(|word| has(column, word)).collect::<Vec<_>>().join(" OR ");
    let select = |columns: &str, table: &str| {
        format!(
            "SELECT v.lead, v.id, t.text, t.at, {columns} FROM conversations v JOIN {table} t ON t.conversation = v.id \
             WHERE v.lead IN ({}) AND ({}) ORDER BY t.at DESC LIMIT {}",
            leads.join(", "),
            any("t.text"),
            FoundText::MOST
        )
    };
    let (messages, notes) =
        (select("t.seq, t.author, t.rep", "messages"), select("t.member, t.is_integration", "notes"));
    let mut found = db.rows(&messages, &params, |row| {
        let seq = row.get::<i64>(4)?.unsigned_abs();
        text(row, FoundAuthor::Message(seq, author(row, 5)?))
    })?;
    found.extend(db.rows(&notes, &params, |row| text(row, FoundAuthor::Note(note::author(row, 4)?)))?);
    found.sort_by_key(|text| std::cmp::Reverse(text.at));
    Ok(found)
}

fn text(row: &Row<'_>, author: FoundAuthor) -> Result<FoundText, StoreError> {
    Ok(FoundText {
        lead: LeadId::from_bytes(row.get(0)?),
        conversation: ConversationId::from_bytes(row.get(1)?),
        author,
        text: row.get(2)?,
        at: millis(row, 3)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_label_is_looked_up_by_its_bytes() {
        for search in ["Visitor 3f9a", " visitor 3F9A", "3f9a", "visitor3f9a"] {
            assert_eq!(label_end(&Search::parse(search)), Some([0x3f, 0x9a]), "{search}");
        }
        for search in ["", "visitor", "3f9", "3f9ab", "+f9a", "ann@globex.test", "Visitor 3f9a b"] {
            assert_eq!(label_end(&Search::parse(search)), None, "{search}");
        }
    }
}
