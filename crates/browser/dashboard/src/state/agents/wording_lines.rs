//! The other ways to ask a question, in the form of the question.

use leptos::prelude::*;

/// The most wordings of a question.
pub(crate) const MOST_WORDINGS: usize = 20;

/// A wording, with the key of its field while the form is open.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    id: usize,
    text: String,
}

/// The lines, and those that were sent last.
#[derive(Clone, Copy)]
pub(crate) struct WordingLines {
    lines: RwSignal<Vec<Line>>,
    /// The number of the next line.
    next: StoredValue<usize>,
    /// The keys of the lines of the last request, in its order: the server names the wrong one by its position.
    sent: RwSignal<Vec<usize>>,
}

impl WordingLines {
    pub(crate) fn of(wordings: Vec<String>) -> WordingLines {
        let lines: Vec<Line> = wordings.into_iter().enumerate().map(|(id, text)| Line { id, text }).collect();
        let next = StoredValue::new(lines.len());
        WordingLines { lines: RwSignal::new(lines), next, sent: RwSignal::new(Vec::new()) }
    }

    /// The keys of the lines, in order.
    pub(crate) fn ids(self) -> Vec<usize> {
        self.lines.with(|lines| lines.iter().map(|line| line.id).collect())
    }

    pub(crate) fn is_full(self) -> bool {
        self.lines.with(|lines| lines.len() >= MOST_WORDINGS)
    }

    /// The text of a line when its field is drawn.
    pub(crate) fn text(self, id: usize) -> String {
        let of = |lines: &Vec<Line>| lines.iter().find(|line| line.id == id).map(|line| line.text.clone());
        self.lines.with_untracked(of).unwrap_or_default()
    }

    pub(crate) fn write(self, id: usize, text: String) {
        self.lines.update(|lines| {
            if let Some(line) = lines.iter_mut().find(|line| line.id == id) {
                line.text = text;
            }
        });
    }

    /// Adds an empty line behind another one, or at the end; its key, or none if there are enough.
    pub(crate) fn add(self, behind: Option<usize>) -> Option<usize> {
        if untrack(|| self.is_full()) {
            return None;
        }
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.lines.update(|lines| {
            let place = lines.iter().position(|line| Some(line.id) == behind).map_or(lines.len(), |at| at + 1);
            lines.insert(place, Line { id, text: String::new() });
        });
        Some(id)
    }

    /// Removes a line; the key of the one before it, or of the next one.
    pub(crate) fn remove(self, id: usize) -> Option<usize> {
        let ids = untrack(|| self.ids());
        let at = ids.iter().position(|other| *other == id)?;
        self.lines.update(|lines| lines.retain(|line| line.id != id));
        at.checked_sub(1).or(Some(at + 1)).and_then(|at| ids.get(at).copied())
    }

    /// The wordings for a request. Empty lines are removed.
    pub(crate) fn take(self) -> Vec<String> {
        self.lines.update(|lines| lines.retain(|line| !line.text.trim().is_empty()));
        self.sent.set(untrack(|| self.ids()));
        self.lines.with_untracked(|lines| lines.iter().map(|line| line.text.clone()).collect())
    }

    /// The line that a JSON pointer of the server names.
    pub(crate) fn named_by(self, pointer: &str) -> Option<usize> {
        let position = pointer.trim_start_matches('#').strip_prefix("/wordings/")?.parse::<usize>().ok()?;
        self.sent.with(|sent| sent.get(position).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn lines_are_added_behind_others_and_errors_stand_at_those_that_were_sent() {
        Owner::new().with(|| {
            let lines = WordingLines::of(vec!["Oslo?".to_owned(), "Bergen?".to_owned()]);
            assert_eq!((lines.add(Some(0)), lines.add(None)), (Some(2), Some(3)));
            assert_eq!(lines.ids(), [0, 2, 1, 3]);
            lines.write(3, "Fjord?".to_owned());
            assert_eq!(lines.take(), ["Oslo?", "Bergen?", "Fjord?"]);
            assert_eq!(lines.named_by("/wordings/2"), Some(3));
            assert_eq!(lines.remove(0), Some(1), "the next one, as none is before it");
            assert_eq!((lines.named_by("/wordings/2"), lines.named_by("/question")), (Some(3), None));
            assert_eq!(lines.remove(3), Some(1));
            for _ in 1..MOST_WORDINGS {
                lines.add(None);
            }
            assert!(lines.is_full() && lines.add(None).is_none());
        });
    }
}
