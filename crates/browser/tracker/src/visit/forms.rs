//! The forms of a page view: begun, submitted, or abandoned.

use alloc::vec::Vec;

/// A page has this many at most; more are not looked at.
const MAX: usize = 50;

/// The forms that were begun on one page view, each by its number.
#[derive(Clone, Debug)]
pub(crate) struct Forms {
    begun: Vec<(u32, bool)>,
}

impl Forms {
    /// None is begun.
    pub(crate) const NEW: Forms = Forms { begun: Vec::new() };

    /// Notes a change in a form; whether it is the first.
    pub(crate) fn begin(&mut self, form: u32) -> bool {
        let is_first = self.begun.len() < MAX && !self.begun.iter().any(|(known, _)| *known == form);
        if is_first {
            self.begun.push((form, false));
        }
        is_first
    }

    /// Notes that a form was submitted.
    pub(crate) fn submit(&mut self, form: u32) {
        for (known, is_submitted) in &mut self.begun {
            *is_submitted |= *known == form;
        }
    }

    /// The view has ended: the next form that was begun and never submitted, until there is none.
    pub(crate) fn abandon(&mut self) -> Option<u32> {
        loop {
            let (form, is_submitted) = self.begun.pop()?;
            if !is_submitted {
                return Some(form);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_begins_once_and_is_abandoned_unless_it_was_submitted() {
        let mut forms = Forms::NEW;
        assert_eq!([1, 1, 2, 3].map(|form| forms.begin(form)), [true, false, true, true]);
        forms.submit(2);
        forms.submit(9);
        assert_eq!([forms.abandon(), forms.abandon(), forms.abandon()], [Some(3), Some(1), None]);
        assert!(forms.begin(1), "the next view begins anew");
    }

    #[test]
    fn a_page_of_countless_forms_is_bounded() {
        let mut forms = Forms::NEW;
        assert_eq!((0..10_000).filter(|form| forms.begin(*form)).count(), MAX);
    }
}
