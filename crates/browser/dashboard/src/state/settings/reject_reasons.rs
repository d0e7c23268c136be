//! Form state of the reasons that are offered when a lead is rejected.

use futures_util::FutureExt;
use knock_wire::RejectReasons;
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::kit::kept::Kept;
use crate::kit::single::Single;
use crate::state::session::{Session, use_session};
use crate::words::failure::{errors_at, unplaced};

/// The field of the request.
const FIELD: &str = "reasons";

/// The form and the state of saving it.
#[derive(Clone, Copy)]
pub(crate) struct RejectReasonsForm {
    session: Session,
    pub(crate) stored: Single<RejectReasons>,
    /// The reasons as typed, one a line.
    pub(crate) text: RwSignal<String>,
    kept: Kept<Vec<String>>,
    /// Whether they are being saved.
    pub(crate) is_busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    /// The message about the last change.
    pub(crate) said: RwSignal<&'static str>,
}

impl RejectReasonsForm {
    /// Loads the reasons.
    pub(crate) fn start() -> RejectReasonsForm {
        let session = use_session();
        let (text, kept) = (RwSignal::new(String::new()), Kept::new());
        let stored = Single::new(move || {
            let client = session.client();
            async move {
                let reasons = client.reject_reasons().await?;
                text.try_set(reasons.reasons.join("\n"));
                kept.keep(reasons.reasons.clone());
                Ok(reasons)
            }
            .boxed_local()
        });
        stored.load();
        let (is_busy, failure, said) = (RwSignal::new(false), RwSignal::new(None), RwSignal::new(""));
        RejectReasonsForm { session, stored, text, kept, is_busy, failure, said }
    }

    /// Whether there are changes that are not saved.
    pub(crate) fn is_changed(self) -> bool {
        self.text.with(|text| self.kept.differs(&typed_reasons(text)))
    }

    /// Shows the saved reasons again.
    pub(crate) fn discard(self) {
        self.text.set(self.kept.value().unwrap_or_default().join("\n"));
        self.failure.set(None);
    }

    /// Saves the lines that are not empty.
    pub(crate) fn save(self) {
        self.said.set("");
        let lines = self.text.with_untracked(|text| typed_reasons(text));
        let (client, text, kept, said) = (self.session.client(), self.text, self.kept, self.said);
        let work = async move {
            let saved = client.save_reject_reasons(&RejectReasons { reasons: lines }).await?;
            text.try_set(saved.reasons.join("\n"));
            kept.keep(saved.reasons);
            said.try_set("Saved.");
            Ok(())
        };
        let failure = self.failure;
        one_at_a_time(self.is_busy, failure, work.boxed_local(), Box::new(move |outcome| failure.set(outcome)));
    }

    pub(crate) fn errors(self) -> Vec<String> {
        self.failure.with(|failure| errors_at(failure.as_ref(), FIELD))
    }

    /// The failure, unless the field shows it.
    pub(crate) fn unplaced(self) -> Option<Failure> {
        unplaced(self.failure.get(), &[FIELD])
    }
}

/// The reasons of a text, one a line, without empty lines.
fn typed_reasons(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn each_line_is_a_reason_and_empty_ones_are_none() {
        assert_eq!(typed_reasons(" Vendor \r\n\n  \nNo budget"), ["Vendor", "No budget"]);
        assert!(typed_reasons(" \n").is_empty());
    }
}
