//! Tags in words: their colours, what is typed to find one, and how many are shown.

use knock_model::{TagColor, tag_name};
use knock_wire::{Tag, TagRow};

use super::number::counted;
use crate::kit::letters;

/// The largest number of tags in a line of a list.
pub(crate) const SHOWN: usize = 3;

/// The name of a colour.
pub(crate) const fn color_words(color: TagColor) -> &'static str {
    match color {
        TagColor::Gray => "Gray",
        TagColor::Red => "Red",
        TagColor::Orange => "Orange",
        TagColor::Green => "Green",
        TagColor::Teal => "Teal",
        TagColor::Blue => "Blue",
        TagColor::Purple => "Purple",
        TagColor::Pink => "Pink",
    }
}

/// The tags of a line, and `+2` for those beyond them.
pub(crate) fn shown_tags(tags: &[Tag]) -> (Vec<Tag>, String) {
    let more = tags.len().saturating_sub(SHOWN);
    let more = if more == 0 { String::new() } else { format!("+{more}") };
    (tags.iter().take(SHOWN).cloned().collect(), more)
}

/// The tags whose name contains what is typed.
pub(crate) fn matching_tags(all: &[TagRow], typed: &str) -> Vec<Tag> {
    let typed = letters::lower(typed.trim());
    let found = all.iter().filter(|row| letters::lower(&row.name).contains(&typed));
    found.map(TagRow::tag).collect()
}

/// The name of the tag that is typed, if it can be one and there is none of that name yet.
pub(crate) fn new_tag(all: &[TagRow], typed: &str) -> Option<String> {
    let name = tag_name(typed)?;
    let lower = letters::lower(&name);
    all.iter().all(|row| letters::lower(&row.name) != lower).then_some(name)
}

/// `3 leads have it.`
pub(crate) fn uses_words(leads: u32) -> String {
    let have = if leads == 1 { "has" } else { "have" };
    format!("{} {have} it.", counted(leads.into(), "lead"))
}

/// What the question before a deletion says.
pub(crate) fn loss_words(leads: u32) -> String {
    match leads {
        0 => "No lead has it.".to_owned(),
        1 => "1 lead loses it. This cannot be undone.".to_owned(),
        more => format!("{} lose it. This cannot be undone.", counted(more.into(), "lead")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn rows(names: &[&str]) -> Vec<TagRow> {
        let row = |Tag { id, name, color }: Tag| TagRow { id, name, color, leads: 0 };
        (1..).zip(names).map(|(number, name)| row(sample::tag(number, name))).collect()
    }

    #[wasm_bindgen_test]
    fn a_line_shows_three_tags_and_the_number_of_the_others() {
        let tags: Vec<Tag> = rows(&["a", "b", "c", "d", "e"]).iter().map(TagRow::tag).collect();
        for (count, shown, more) in [(0, 0, ""), (3, 3, ""), (4, 3, "+1"), (5, 3, "+2")] {
            let (found, words) = shown_tags(&tags[..count]);
            assert_eq!((found.len(), words.as_str()), (shown, more), "{count}");
        }
    }

    #[wasm_bindgen_test]
    fn what_is_typed_finds_tags_or_names_a_new_one() {
        let all = rows(&["VIP", "Key account"]);
        let names = |typed: &str| matching_tags(&all, typed).into_iter().map(|tag| tag.name).collect::<Vec<_>>();
        assert_eq!(names(" ACC"), ["Key account"]);
        assert_eq!(names("").len(), 2);
        for (typed, expected) in [("Partner ", Some("Partner")), ("vip", None), (" ", None), (&*"x".repeat(41), None)] {
            assert_eq!(new_tag(&all, typed).as_deref(), expected, "{typed}");
        }
    }

    #[wasm_bindgen_test]
    fn numbers_and_verbs_agree() {
        assert_eq!([uses_words(0), uses_words(1)], ["0 leads have it.", "1 lead has it."]);
        assert_eq!(loss_words(0), "No lead has it.");
        assert_eq!(loss_words(1), "1 lead loses it. This cannot be undone.");
        assert_eq!(loss_words(2), "2 leads lose it. This cannot be undone.");
    }
}
