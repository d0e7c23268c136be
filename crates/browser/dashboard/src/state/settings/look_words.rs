//! State of the own words of a look: a search over all standard texts.

use futures_util::FutureExt;
use knock_wire::LookWord;
use leptos::prelude::*;

use super::look_form::LookForm;
use crate::kit::letters::lower;
use crate::kit::single::Single;
use crate::words::look::standard_text;

/// The number of texts that are shown at once.
pub(crate) const SHOWN: usize = 20;

/// The standard texts and the search in them.
#[derive(Clone, Copy)]
pub(crate) struct LookWordSearch {
    pub(crate) form: LookForm,
    /// The standard texts.
    pub(crate) all: Single<Vec<LookWord>>,
    pub(crate) search: RwSignal<String>,
}

impl LookWordSearch {
    /// Loads the texts.
    pub(crate) fn start(form: LookForm) -> LookWordSearch {
        let all = Single::new(move || {
            let client = form.client();
            async move { Ok(client.look_words().await?.words) }.boxed_local()
        });
        all.load();
        LookWordSearch { form, all, search: RwSignal::new(String::new()) }
    }

    /// Keys and standard texts that match the search by key, standard text or own text; without a search those with an own
    /// text. One whose own text is being removed stays until the next search.
    pub(crate) fn found(self) -> Vec<(String, String)> {
        let (search, language) = (lower(self.search.get().trim()), self.form.language.get());
        let found = |word: &LookWord| {
            let own = untrack(|| self.form.own_word(&word.key));
            let standard = standard_text(word, &language);
            let is_found = if search.is_empty() {
                !own.is_empty()
            } else {
                [&word.key, &standard, &own].iter().any(|text| lower(text).contains(&search))
            };
            is_found.then(|| (word.key.clone(), standard))
        };
        self.all.value.with(|all| all.iter().flatten().filter_map(found).collect())
    }
}
