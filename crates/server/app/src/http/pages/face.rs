//! The face of a hosted page: the name and the words of its site.

use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::http::texts::{escaped, spoken, texts};
use knock_agent::Language;
use knock_model::catalogue::Places;
use knock_ports::Site;
use std::sync::Arc;

/// The site of a page, in the language of the page.
pub(super) struct Face {
    site: Option<Arc<Site>>,
    pub(super) language: Language,
}

impl Face {
    /// The face of a site; of none where the workspace has no site.
    pub(super) fn of(site: Option<Arc<Site>>, language: Language) -> Face {
        Face { site, language }
    }

    /// The name of the site.
    pub(super) fn name(&self) -> &str {
        self.site.as_ref().map_or("", |site| site.title())
    }

    /// The home page of the site.
    pub(super) fn home(&self) -> Option<String> {
        self.site.as_ref().and_then(|site| site.home())
    }

    pub(super) fn site(&self) -> Option<&Arc<Site>> {
        self.site.as_ref()
    }

    /// A text of the page.
    pub(super) fn text(&self, key: &str) -> &str {
        texts(self.language).text(key)
    }

    /// A text of the page with something in its places.
    pub(super) fn filled(&self, key: &str, places: &Places<'_>) -> String {
        texts(self.language).filled(key, places)
    }

    /// A page with its texts and its face. Places that are filled from outside of the catalogues come last.
    pub(super) fn page(&self, state: &AppState, file: &str) -> Result<String, Problem> {
        let page = state.assets.text(file).ok_or_else(Problem::not_found)?;
        Ok(spoken(&page, self.language)
            .replace("__V__", state.assets.version())
            .replace("__NAME__", &escaped(self.name())))
    }
}
