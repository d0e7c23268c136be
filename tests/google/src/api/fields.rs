//! The parameter `fields`: a part of the response
//! (<https://developers.google.com/workspace/calendar/api/guides/performance#partial>).

use crate::errors::{Refusal, invalid};
use serde_json::{Map, Value as Json};
use std::iter::Peekable;
use std::str::Chars;

/// Wanted fields, such as those of `items(id,start/dateTime),nextPageToken`.
#[derive(Debug)]
pub(super) struct Selector(Vec<Field>);

#[derive(Debug)]
struct Field {
    /// `*` is every field.
    name: String,
    /// Without any, the field as a whole.
    within: Vec<Field>,
}

impl Selector {
    /// # Errors
    /// 400 when it cannot be read.
    pub(super) fn parse(text: &str) -> Result<Selector, Refusal> {
        let mut rest = text.chars().peekable();
        let fields = fields(&mut rest).filter(|_| rest.peek().is_none());
        fields.map(Selector).ok_or_else(|| invalid("fields", &format!("Invalid field selection {text}")))
    }

    pub(super) fn apply(&self, body: &Json) -> Json {
        selected(&self.0, body)
    }
}

fn fields(rest: &mut Peekable<Chars<'_>>) -> Option<Vec<Field>> {
    let mut fields = vec![field(rest)?];
    while rest.next_if_eq(&',').is_some() {
        fields.push(field(rest)?);
    }
    Some(fields)
}

fn field(rest: &mut Peekable<Chars<'_>>) -> Option<Field> {
    let mut name = String::new();
    while let Some(letter) = rest.next_if(|letter| letter.is_ascii_alphanumeric() || *letter == '*') {
        name.push(letter);
    }
    if name.is_empty() {
        return None;
    }
    let within = if rest.next_if_eq(&'/').is_some() {
        vec![field(rest)?]
    } else if rest.next_if_eq(&'(').is_some() {
        let within = fields(rest)?;
        rest.next_if_eq(&')')?;
        within
    } else {
        Vec::new()
    };
    Some(Field { name, within })
}

fn selected(wanted: &[Field], body: &Json) -> Json {
    match body {
        Json::Array(items) => items.iter().map(|item| selected(wanted, item)).collect(),
        Json::Object(all) => {
            let mut kept = Map::new();
            for field in wanted {
                let named = all.iter().filter(|(name, _)| field.name == "*" || **name == field.name);
                for (name, value) in named {
                    let whole = field.within.is_empty();
                    kept.insert(name.clone(), if whole { value.clone() } else { selected(&field.within, value) });
                }
            }
            Json::Object(kept)
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_are_named_by_paths_and_groups() {
        let body = json!({"kind": "k", "items": [{"id": "1", "start": {"date": "d", "timeZone": "z"}}]});
        for (text, expected) in [
            ("kind", Some(json!({"kind": "k"}))),
            ("items/id", Some(json!({"items": [{"id": "1"}]}))),
            ("items(id,start/date)", Some(json!({"items": [{"id": "1", "start": {"date": "d"}}]}))),
            ("*", Some(body.clone())),
            ("nextPageToken", Some(json!({}))),
            ("items(id", None),
            ("items,", None),
            ("items)", None),
        ] {
            assert_eq!(Selector::parse(text).ok().map(|selector| selector.apply(&body)), expected, "{text}");
        }
    }
}
