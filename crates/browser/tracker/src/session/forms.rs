//! The forms of a page view: begun, submitted, or abandoned.

/// The forms that were begun on one page view, as a bit set, which is smaller than a list.
/// The script uses no more numbers than there are bits (`www/tracker/forms.js`).
#[derive(Clone, Debug)]
pub(crate) struct Forms {
    begun: u32,
    /// Begun and not submitted.
    open: u32,
}

impl Forms {
    /// None is begun.
    pub(crate) const NEW: Forms = Forms { begun: 0, open: 0 };

    /// Records a change in a form; whether it is the first.
    pub(crate) fn begin(&mut self, form: u32) -> bool {
        let first = bit(form) & !self.begun;
        self.begun |= first;
        self.open |= first;
        first != 0
    }

    /// Records the submission of a form.
    pub(crate) fn submit(&mut self, form: u32) {
        self.open &= !bit(form);
    }

    /// Ends the view: takes the next form that was begun and not submitted, if any.
    pub(crate) fn abandon(&mut self) -> Option<u32> {
        self.begun = 0;
        let form = self.open.checked_ilog2()?;
        self.submit(form);
        Some(form)
    }
}

const fn bit(form: u32) -> u32 {
    1 << (form % u32::BITS)
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
    fn a_form_that_was_submitted_begins_no_second_time() {
        let mut forms = Forms::NEW;
        assert!(forms.begin(31));
        forms.submit(31);
        assert!(!forms.begin(31));
        assert_eq!(forms.abandon(), None);
    }

    #[test]
    fn a_page_of_countless_forms_is_bounded() {
        let mut forms = Forms::NEW;
        assert_eq!((0..10_000).filter(|form| forms.begin(*form)).count(), 32);
    }
}
