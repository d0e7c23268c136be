//! Mentions of members in notes: an `@` and the member's name.

use knock_model::RepId;
use knock_wire::Assignee;

use crate::kit::letters;

/// The largest number of members in the list.
const MOST: usize = 8;

/// A part of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotePart {
    Text(String),
    /// A name with its `@`.
    Mention(String),
}

/// The word after the `@` for a member: the name, or the address where another member has the same name.
pub(crate) fn handle(of: &Assignee, team: &[Assignee]) -> String {
    let namesakes = team.iter().filter(|member| member.name == of.name).count();
    if of.name.is_empty() || namesakes > 1 { of.email.clone() } else { of.name.clone() }
}

/// The search for a member before the caret: an `@` after a space or at the start, and what follows it on the line.
pub(crate) fn searched(before: &str) -> Option<&str> {
    let at = before.rfind('@')?;
    let (start, rest) = (before.get(..at)?, before.get(at + 1..)?);
    let begins = start.chars().next_back().is_none_or(char::is_whitespace);
    (begins && !rest.contains('\n') && rest.chars().count() <= 40).then_some(rest)
}

/// The members whom a search finds, by the beginnings of the words of their names and of their addresses.
pub(crate) fn found(team: &[Assignee], search: &str, me: &str) -> Vec<Assignee> {
    let search = letters::lower(search);
    let fits = |member: &&Assignee| {
        let name = letters::lower(&member.name);
        let word = name.split_whitespace().any(|word| word.starts_with(&search));
        member.email != me && (word || name.starts_with(&search) || letters::lower(&member.email).starts_with(&search))
    };
    team.iter().filter(fits).take(MOST).cloned().collect()
}

/// A text with a member in place of the search that ends at the caret, and where the caret is then; both places are
/// bytes.
pub(crate) fn with_mention(text: &str, caret: usize, handle: &str) -> (String, usize) {
    let (before, after) = text.split_at_checked(caret).unwrap_or((text, ""));
    let start = before.rfind('@').unwrap_or(before.len());
    let kept = before.get(..start).unwrap_or_default();
    let begun = format!("{kept}@{handle} ");
    let caret = begun.len();
    (begun + after.trim_start_matches(' '), caret)
}

/// The members whom a note names.
pub(crate) fn mentioned(text: &str, team: &[Assignee]) -> Vec<RepId> {
    let handles: Vec<(RepId, String)> = team.iter().map(|member| (member.id, handle(member, team))).collect();
    let names: Vec<String> = handles.iter().map(|(_, handle)| handle.clone()).collect();
    let mut members = Vec::new();
    for part in parts(text, &names) {
        let NotePart::Mention(word) = part else { continue };
        let named = handles.iter().find(|(_, handle)| word.get(1..) == Some(handle.as_str()));
        members.extend(named.map(|(id, _)| *id).filter(|id| !members.contains(id)));
    }
    members
}

/// A note in parts: the longest of the names after an `@` is a mention.
pub(crate) fn parts(text: &str, names: &[String]) -> Vec<NotePart> {
    let mut parts = Vec::new();
    let (mut rest, mut plain) = (text, String::new());
    while let Some(at) = rest.find('@') {
        let (before, after) = rest.split_at(at);
        plain.push_str(before);
        let name = names.iter().filter(|name| begins_with(after.get(1..).unwrap_or_default(), name));
        let length = name.map(|name| name.len() + 1).max();
        let (taken, left) = after.split_at(length.unwrap_or(1));
        if length.is_some() {
            if !plain.is_empty() {
                parts.push(NotePart::Text(std::mem::take(&mut plain)));
            }
            parts.push(NotePart::Mention(taken.to_owned()));
        } else {
            plain.push_str(taken);
        }
        rest = left;
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        parts.push(NotePart::Text(plain));
    }
    parts
}

/// Whether a text begins with a whole name.
fn begins_with(text: &str, name: &str) -> bool {
    let left = text.strip_prefix(name).filter(|_| !name.is_empty());
    left.is_some_and(|left| left.chars().next().is_none_or(|next| !next.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn member(number: u8, name: &str, email: &str) -> Assignee {
        let (id, name, email) = (RepId::new([number; 16]), name.to_owned(), email.to_owned());
        Assignee { id, email, name, picture: String::new() }
    }

    fn team() -> Vec<Assignee> {
        vec![
            member(1, "Ann", "ann@us.test"),
            member(2, "Ann Lee", "al@us.test"),
            member(3, "Bo", "bo@us.test"),
            member(4, "Bo", "bo2@us.test"),
        ]
    }

    #[wasm_bindgen_test]
    fn an_at_sign_begins_a_search_but_not_within_a_word() {
        for (before, expected) in
            [("@", Some("")), ("ask @Ann L", Some("Ann L")), ("ann@us", None), ("@Ann\nhello", None), ("hello", None)]
        {
            assert_eq!(searched(before), expected, "{before}");
        }
    }

    #[wasm_bindgen_test]
    fn members_are_found_by_the_beginnings_of_their_words() {
        let names = |search: &str| {
            found(&team(), search, "bo@us.test").into_iter().map(|member| member.email).collect::<Vec<_>>()
        };
        assert_eq!(names("LEE"), ["al@us.test"]);
        assert_eq!(names("bo"), ["bo2@us.test"], "not oneself");
        assert_eq!(names("Ann Lee "), [""; 0]);
    }

    #[wasm_bindgen_test]
    fn the_longest_name_is_meant_and_namesakes_by_their_address() {
        let id = |number| RepId::new([number; 16]);
        for (text, expected) in [
            ("@Ann Lee and @Ann, please", vec![id(2), id(1)]),
            ("@Annabel", vec![]),
            ("@Bo", vec![]),
            ("@bo2@us.test: yours", vec![id(4)]),
            ("mail ann@us.test", vec![]),
        ] {
            assert_eq!(mentioned(text, &team()), expected, "{text}");
        }
    }

    #[wasm_bindgen_test]
    fn a_member_takes_the_place_of_the_search() {
        assert_eq!(with_mention("ask @an today", 7, "Ann Lee"), ("ask @Ann Lee today".to_owned(), 13));
        assert_eq!(with_mention("@", 1, "Bo"), ("@Bo ".to_owned(), 4));
    }

    #[wasm_bindgen_test]
    fn names_in_a_note_are_parts_of_their_own() {
        let names = ["Ann Lee".to_owned()];
        let expected = [
            NotePart::Text("Hi ".to_owned()),
            NotePart::Mention("@Ann Lee".to_owned()),
            NotePart::Text(", see x@y".to_owned()),
        ];
        assert_eq!(parts("Hi @Ann Lee, see x@y", &names), expected);
    }
}
