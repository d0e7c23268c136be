//! Limits the heads of a form's parts before the form is parsed: the parser keeps a head until it is whole, and
//! searches all of it again with each piece.

use axum::BoxError;
use axum::body::Bytes;
use futures_util::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The largest head of a part, in bytes, and of what stands before the first part.
pub(super) const MOST: usize = 8 << 10;

/// A part has a larger head.
#[derive(Debug, thiserror::Error)]
#[error("a part has a head of more than {} KiB", MOST >> 10)]
pub(super) struct HeadTooLong;

/// A body with a form, which ends with [`HeadTooLong`] at the first head that is too large.
///
/// Between two pieces it lets the parser take the first one: else that would collect all that has arrived.
pub(super) struct PartHeads<S> {
    pieces: S,
    heads: Heads,
    is_resting: bool,
}

impl<S> PartHeads<S> {
    /// A body whose parts are separated by this boundary.
    pub(super) fn new(pieces: S, boundary: &str) -> PartHeads<S> {
        PartHeads { pieces, heads: Heads::before(boundary), is_resting: false }
    }
}

impl<S: Stream<Item = Result<Bytes, E>> + Unpin, E: Into<BoxError>> Stream for PartHeads<S> {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.is_resting) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let Poll::Ready(piece) = Pin::new(&mut self.pieces).poll_next(context) else { return Poll::Pending };
        self.is_resting = piece.is_some();
        Poll::Ready(piece.map(|piece| {
            let piece = piece.map_err(Into::into)?;
            self.heads.see(&piece)?;
            Ok(piece)
        }))
    }
}

/// The place in a form, piece by piece.
struct Heads {
    place: Place,
    /// The line before the first part.
    first: Finder,
    /// The line before each further part.
    next: Finder,
    /// The end of the line itself, and the empty line after a head.
    end_of_line: Finder,
    empty_line: Finder,
}

#[derive(Clone, Copy)]
enum Place {
    /// Before the first part, after so many bytes.
    Before(usize),
    /// In the rest of the line of a boundary.
    Line(usize),
    Head(usize),
    Content,
}

impl Heads {
    fn before(boundary: &str) -> Heads {
        Heads {
            place: Place::Before(0),
            first: Finder::of(format!("--{boundary}").into_bytes()),
            next: Finder::of(format!("\r\n--{boundary}").into_bytes()),
            end_of_line: Finder::of(b"\n".to_vec()),
            empty_line: Finder::of(b"\r\n\r\n".to_vec()),
        }
    }

    fn see(&mut self, mut piece: &[u8]) -> Result<(), HeadTooLong> {
        while !piece.is_empty() {
            let (finder, seen, then): (_, _, fn(usize) -> Place) = match self.place {
                Place::Before(seen) => (&mut self.first, Some(seen), |_| Place::Line(0)),
                Place::Line(seen) => (&mut self.end_of_line, Some(seen), Place::Head),
                Place::Head(seen) => (&mut self.empty_line, Some(seen), |_| Place::Content),
                Place::Content => (&mut self.next, None, |_| Place::Line(0)),
            };
            let found = finder.find(piece);
            let taken = found.unwrap_or(piece.len());
            let seen = seen.map(|seen| seen + taken);
            if seen.is_some_and(|seen| seen > MOST) {
                return Err(HeadTooLong);
            }
            let seen = seen.unwrap_or_default();
            self.place = match (found, self.place) {
                (Some(_), _) => then(seen),
                (None, Place::Before(_)) => Place::Before(seen),
                (None, Place::Line(_)) => Place::Line(seen),
                (None, Place::Head(_)) => Place::Head(seen),
                (None, Place::Content) => Place::Content,
            };
            piece = &piece[taken..];
        }
        Ok(())
    }
}

/// Finds a text in pieces, each byte once (Knuth, Morris and Pratt).
struct Finder {
    text: Vec<u8>,
    /// For each length of a match, the length of the next shorter one.
    shorter: Vec<usize>,
    matched: usize,
}

impl Finder {
    fn of(text: Vec<u8>) -> Finder {
        let mut shorter = vec![0; text.len()];
        let mut matched = 0;
        for place in 1..text.len() {
            while matched > 0 && text[place] != text[matched] {
                matched = shorter[matched - 1];
            }
            matched += usize::from(text[place] == text[matched]);
            shorter[place] = matched;
        }
        Finder { text, shorter, matched: 0 }
    }

    /// The place after the text in this piece, which may end in it; then it begins anew.
    fn find(&mut self, piece: &[u8]) -> Option<usize> {
        let mut place = 0;
        while place < piece.len() {
            if self.matched == 0 {
                place += piece[place..].iter().position(|byte| *byte == self.text[0])?;
            }
            while self.matched > 0 && piece[place] != self.text[self.matched] {
                self.matched = self.shorter[self.matched - 1];
            }
            self.matched += usize::from(piece[place] == self.text[self.matched]);
            place += 1;
            if self.matched == self.text.len() {
                self.matched = 0;
                return Some(place);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a form passes in pieces of each of some sizes.
    fn check(form: &str, is_ok: bool) {
        for size in [1, 2, 3, 7, 64, 4_096, form.len().max(1)] {
            let mut heads = Heads::before("line");
            let seen = form.as_bytes().chunks(size).try_for_each(|piece| heads.see(piece));
            assert_eq!(seen.is_ok(), is_ok, "{size} {:.40}", form);
        }
    }

    fn part(head: &str, content: &str) -> String {
        format!("--line\r\n{head}\r\n\r\n{content}\r\n")
    }

    #[test]
    fn a_head_is_limited_wherever_it_stands() {
        let (short, long) = ("a".repeat(MOST - 100), "a".repeat(MOST + 1));
        check(&(part(&short, &long) + &part(&short, &long) + "--line--"), true);
        check(&(part("x: y", "z") + &part(&long, "z")), false);
        check(&part(&long, ""), false);
        check(&format!("{long}{}", part("x: y", "z")), false);
        check(&format!("--line{}", " ".repeat(MOST + 1)), false);
        // Without an empty line the head goes on: two ends of a line after the boundary are none.
        check(&format!("--line\r\n\r\n{long}"), false);
        check(&part("x: y\r\n--line", &long), true);
        check(&part("x: y", &format!("\r\n\r\n--lin\r\n--linf\r\r\n{long}")), true);
        check("", true);
    }

    #[test]
    fn a_text_is_found_across_pieces() {
        let mut finder = Finder::of(b"\r\n\r\nx".to_vec());
        assert_eq!(finder.find(b"a\r\n\r\n"), None);
        assert_eq!(finder.find(b"\r\nx..."), Some(3));
        assert_eq!(finder.find(b"\r\n\r\n\r\nx"), Some(7));
    }
}
