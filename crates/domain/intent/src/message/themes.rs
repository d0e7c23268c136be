//! The themes of a message: lists of words and phrases that mean the same in several languages, so that what
//! was learnt in one counts in all.

use alloc::string::String;
use alloc::vec::Vec;

/// Number of themes.
pub const THEMES: usize = 64;

/// A theme a line: its name, a tab, its phrases. A star at the end stands for any ending.
static LISTS: &str = include_str!("../../data/themes.txt");

/// One bit for each theme that the words of a folded text touch.
pub(super) fn of(words: &[String]) -> u64 {
    let text: Vec<&str> = words.iter().map(String::as_str).collect();
    let text = text.join(" ");
    let mut themes = 0;
    for (number, line) in LISTS.lines().take(THEMES).enumerate() {
        let (_, phrases) = line.split_once('\t').unwrap_or_default();
        if phrases.split('|').any(|phrase| holds(&text, phrase)) {
            themes |= 1_u64 << number;
        }
    }
    themes
}

fn holds(text: &str, phrase: &str) -> bool {
    let (start, is_whole) = phrase.strip_suffix('*').map_or((phrase, true), |start| (start, false));
    text.match_indices(start).any(|(at, _)| {
        let begins = at == 0 || text.as_bytes()[at - 1] == b' ';
        let end = at + start.len();
        begins && (!is_whole || end == text.len() || text.as_bytes()[end] == b' ')
    })
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;

    fn names(text: &str) -> Vec<&'static str> {
        let words: Vec<String> = fold(text).split(' ').map(String::from).collect();
        let themes = of(&words);
        let lines = LISTS.lines().enumerate().filter(|(number, _)| themes & 1 << number != 0);
        lines.filter_map(|(_, line)| Some(line.split_once('\t')?.0)).collect()
    }

    #[test]
    fn phrases_are_written_as_texts_are_folded() {
        assert_eq!(LISTS.lines().count(), THEMES);
        for line in LISTS.lines() {
            let (name, phrases) = line.split_once('\t').unwrap();
            for phrase in phrases.split('|') {
                let bare = phrase.strip_suffix('*').unwrap_or(phrase);
                assert_eq!(fold(bare), bare, "{name}");
                assert!(bare.chars().all(|c| c.is_alphanumeric() || c == ' ') && !bare.is_empty(), "{name}: {phrase}");
            }
        }
    }

    #[test]
    fn themes_are_found_by_whole_words_and_by_beginnings() {
        assert_eq!(names("what are the prices"), ["price"]);
        assert_eq!(names("Wie hoch sind die Preise"), ["price"]);
        assert_eq!(names("quels sont vos tarifs"), ["price"]);
        assert_eq!(names("stagecoach"), [] as [&str; 0]);
        assert_eq!(names("stage"), ["learner"]);
    }
}
