//! The consent to the use of an e-mail address: given once in a browser, before a message with an address is sent.

use leptos::html::Input;
use leptos::prelude::*;

use crate::browser;

/// The state of the consent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Step {
    /// The message has no address, or consent was given before.
    #[default]
    Unneeded,
    /// The box is shown.
    Asked,
    /// A message was to be sent without it.
    Missing,
    Given,
}

/// The consent that the composer asks for.
#[derive(Clone, Copy)]
pub(crate) struct Consent {
    step: RwSignal<Step>,
    /// The box to check.
    pub(crate) input: NodeRef<Input>,
}

impl Consent {
    /// One that nothing needs yet.
    pub(crate) fn new() -> Consent {
        Consent { step: RwSignal::default(), input: NodeRef::new() }
    }

    /// Whether the box is shown.
    pub(crate) fn is_shown(self) -> bool {
        self.step.get() != Step::Unneeded
    }

    /// Whether a message waits for it.
    pub(crate) fn is_missing(self) -> bool {
        self.step.get() == Step::Missing
    }

    /// Takes the text that is being written.
    pub(crate) fn read(self, text: &str) {
        match self.step.get_untracked() {
            Step::Unneeded if has_address(text) => self.step.set(Step::Asked),
            Step::Asked | Step::Missing if !has_address(text) => self.step.set(Step::Unneeded),
            _ => {}
        }
    }

    /// Takes the state of the box.
    pub(crate) fn check(self, is_checked: bool) {
        self.step.set(if is_checked { Step::Given } else { Step::Asked });
    }

    /// Whether the message may be sent; otherwise the focus moves to the box.
    pub(crate) fn permits(self) -> bool {
        let step = self.step.get_untracked();
        let permits = matches!(step, Step::Unneeded | Step::Given);
        if !permits {
            self.step.set(Step::Missing);
            if let Some(input) = self.input.get_untracked() {
                browser::focus(&input);
            }
        }
        permits
    }

    /// Ends a consent that was given; whether one was.
    pub(crate) fn take(self) -> bool {
        let is_given = self.step.get_untracked() == Step::Given;
        if is_given {
            self.step.set(Step::Unneeded);
        }
        is_given
    }
}

/// Whether a text has what looks like an e-mail address.
fn has_address(text: &str) -> bool {
    let is_address = |(user, domain): (&str, &str)| !user.is_empty() && domain.contains('.');
    text.split(char::is_whitespace).any(|word| word.split_once('@').is_some_and(is_address))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn an_address_is_found_among_other_words() {
        for (text, expected) in [
            ("ann@acme.test", true),
            ("It is\n<ann@acme.test>, thanks", true),
            ("@acme.test", false),
            ("Are you @home? See acme.test", false),
            ("", false),
        ] {
            assert_eq!(has_address(text), expected, "{text}");
        }
    }
}
