//! An order in which similar texts stand side by side.

use std::cmp::Reverse;
use std::collections::HashMap;

/// The length of a piece in bytes. Texts are similar as far as they have the same pieces.
const PIECE: usize = 4;

/// A piece of more texts than this says little about each, and takes long to follow.
const COMMON: usize = 1_000;

type Piece = [u8; PIECE];

/// Texts that are being ordered.
struct Texts {
    /// The different pieces of each text.
    pieces: Vec<Vec<Piece>>,
    /// The texts that have a piece.
    owners: HashMap<Piece, Vec<usize>>,
    is_left: Vec<bool>,
    /// How many pieces each text shares with the one that is looked at; zero in between.
    shared: Vec<usize>,
}

/// The numbers of the texts in that order. Each stands behind the one that it is most similar to, of those that were
/// left; where none is similar, the longest begins anew.
pub(super) fn chain(texts: &[&[u8]]) -> Vec<usize> {
    let mut by_length: Vec<usize> = (0..texts.len()).collect();
    by_length.sort_by_key(|text| Reverse(texts[*text].len()));
    let mut texts = Texts::new(texts);
    let mut order = Vec::with_capacity(by_length.len());
    for first in by_length {
        let mut next = texts.is_left[first].then_some(first);
        while let Some(text) = next {
            texts.is_left[text] = false;
            order.push(text);
            next = texts.most_similar(text);
        }
    }
    order
}

impl Texts {
    fn new(texts: &[&[u8]]) -> Self {
        let mut owners: HashMap<Piece, Vec<usize>> = HashMap::new();
        let mut pieces = Vec::with_capacity(texts.len());
        for (number, text) in texts.iter().enumerate() {
            let mut of: Vec<Piece> = text.array_windows().copied().collect();
            of.sort_unstable();
            of.dedup();
            for piece in &of {
                owners.entry(*piece).or_default().push(number);
            }
            pieces.push(of);
        }
        owners.retain(|_, of| (2..=COMMON).contains(&of.len()));
        Self { pieces, owners, is_left: vec![true; texts.len()], shared: vec![0; texts.len()] }
    }

    /// The text that is left with the most pieces in common, of all that the two have.
    fn most_similar(&mut self, text: usize) -> Option<usize> {
        let mut others = Vec::new();
        for other in self.pieces[text].iter().filter_map(|piece| self.owners.get(piece)).flatten() {
            if self.is_left[*other] {
                if self.shared[*other] == 0 {
                    others.push(*other);
                }
                self.shared[*other] += 1;
            }
        }
        let of_both = |other: usize| self.pieces[text].len() + self.pieces[other].len() - self.shared[other];
        let best = others.iter().copied().max_by(|a, b| {
            let [of_a, of_b] = [self.shared[*a] * of_both(*b), self.shared[*b] * of_both(*a)];
            of_a.cmp(&of_b).then(b.cmp(a))
        });
        for other in others {
            self.shared[other] = 0;
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::chain;

    #[test]
    fn each_text_stands_behind_the_most_similar_one() {
        let texts: [&[u8]; 6] = [b"abcdefgh", b"0123456789", b"abcdefxy", b"", b"0123456xyz", b"abcdefgx"];
        assert_eq!(chain(&texts), [1, 4, 0, 5, 2, 3]);
    }

    #[test]
    fn every_text_stands_there_once() {
        let texts: Vec<Vec<u8>> = (0..2_000_u32).map(|n| n.pow(2).to_string().into_bytes()).collect();
        let mut order = chain(&texts.iter().map(Vec::as_slice).collect::<Vec<_>>());
        order.sort_unstable();
        assert!(order.iter().copied().eq(0..texts.len()));
    }
}
