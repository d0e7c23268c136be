//! A section cut into passages of 60 to 150 words.

use super::outline::Section;
use crate::passages::sentences;

/// The number of words from which a passage is long enough.
const ENOUGH: usize = 60;
/// The maximum of words in a passage.
const MOST: usize = 150;

/// Returns the passages of a section in order; blocks are on separate lines. A short rest is added to the previous
/// passage if it fits.
pub(super) fn cut(section: &Section) -> impl Iterator<Item = String> + use<> {
    let mut passages: Vec<(usize, String)> = Vec::new();
    let mut open = (0, String::new());
    for piece in section.blocks.iter().flat_map(|block| pieces(block)) {
        let count = count(&piece);
        if open.0 >= ENOUGH || open.0 + count > MOST {
            passages.extend(taken(&mut open));
        }
        join(&mut open, count, &piece);
    }
    match passages.last_mut().filter(|last| open.0 < ENOUGH && last.0 + open.0 <= MOST) {
        Some(last) if open.0 > 0 => join(last, open.0, &open.1),
        _ => passages.extend(taken(&mut open)),
    }
    passages.into_iter().map(|(_, text)| text)
}

fn taken(open: &mut (usize, String)) -> Option<(usize, String)> {
    Some(std::mem::take(open)).filter(|(count, _)| *count > 0)
}

fn join(to: &mut (usize, String), count: usize, piece: &str) {
    if !to.1.is_empty() {
        to.1.push('\n');
    }
    to.1.push_str(piece);
    to.0 += count;
}

/// Splits a block into pieces that fit: the whole block if it does, else groups of sentences up to the limit, and a
/// sentence that is too long by words.
fn pieces(block: &str) -> Vec<String> {
    if count(block) <= MOST {
        return vec![block.to_owned()];
    }
    let mut pieces: Vec<(usize, String)> = Vec::new();
    for part in sentences(block).flat_map(parts) {
        let count = count(&part);
        match pieces.last_mut().filter(|last| last.0 < ENOUGH && last.0 + count <= MOST) {
            Some(last) => {
                last.1.push(' ');
                last.1.push_str(&part);
                last.0 += count;
            }
            None => pieces.push((count, part)),
        }
    }
    pieces.into_iter().map(|(_, piece)| piece).collect()
}

fn parts(sentence: &str) -> Vec<String> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    words.chunks(MOST).map(|part| part.join(" ")).collect()
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(blocks: &[usize]) -> Vec<usize> {
        let block = |words: &usize| "Nine words make up each one of these sentences. ".repeat(*words / 9);
        let section = Section { heading: String::new(), blocks: blocks.iter().map(block).collect() };
        cut(&section).map(|passage| count(&passage)).collect()
    }

    #[test]
    fn passages_are_neither_short_nor_long() {
        for (blocks, expected) in [
            (vec![], vec![]),
            (vec![18], vec![18]),
            (vec![90], vec![90]),
            (vec![36, 36, 36, 36], vec![72, 72]),
            (vec![90, 36], vec![126]),
            (vec![144, 36], vec![144, 36]),
            (vec![450], vec![63; 7].into_iter().chain([9]).collect()),
        ] {
            let found = lengths(&blocks);
            assert_eq!(found.iter().sum::<usize>(), expected.iter().sum::<usize>(), "{blocks:?} {found:?}");
            assert!(found.iter().all(|words| *words <= MOST), "{blocks:?} {found:?}");
            if blocks.len() != 1 || blocks[0] < MOST {
                assert_eq!(found, expected, "{blocks:?}");
            }
        }
    }

    #[test]
    fn a_text_without_any_end_is_cut_all_the_same() {
        let section = Section { heading: String::new(), blocks: vec!["word ".repeat(1_000)] };
        let passages: Vec<String> = cut(&section).collect();
        assert_eq!(passages.iter().map(|passage| count(passage)).sum::<usize>(), 1_000);
        assert!(passages.iter().all(|passage| count(passage) <= MOST));
    }
}
