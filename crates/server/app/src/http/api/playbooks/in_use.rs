//! The playbooks in use, and those that apply where a site or a workspace has none of its own.

use knock_agent::{Language, Playbook};
use knock_model::{Millis, SiteId};
use knock_ports::{PlaybookVersion, Site, StoreError, View};
use knock_routing::AgentKind;
use knock_wire::TextsOf;

/// The newest versions for all sites, and for a site.
pub(super) struct InUse<'a> {
    /// The site; none for all sites.
    site: Option<&'a Site>,
    current: Vec<PlaybookVersion>,
}

impl<'a> InUse<'a> {
    pub(super) fn load(view: &dyn View, site: Option<&'a Site>) -> Result<InUse<'a>, StoreError> {
        Ok(InUse { site, current: view.current_playbooks(site.map(|site| site.id))? })
    }

    /// The key of the site.
    pub(super) fn key(&self) -> Option<String> {
        self.site.map(|site| site.key.clone())
    }

    /// The newest version for the site, or for all sites; version 0 where none was saved.
    pub(super) fn newest(&self, kind: AgentKind, language: Language) -> PlaybookVersion {
        let site = self.site.map(|site| site.id);
        let saved = self.saved(site, kind, language).cloned();
        saved.unwrap_or_else(|| first(site, kind, language))
    }

    /// The texts of a version, and whose they are.
    pub(super) fn texts(&self, version: &PlaybookVersion) -> (Playbook, TextsOf) {
        let PlaybookVersion { site, kind, language, playbook, .. } = version;
        if let Some(own) = playbook {
            return (own.clone(), if site.is_some() { TextsOf::Own } else { TextsOf::Workspace });
        }
        let of_all = self.saved(None, *kind, *language).filter(|_| site.is_some());
        match of_all.and_then(|saved| saved.playbook.clone()) {
            Some(of_all) => (of_all, TextsOf::Workspace),
            None => (Playbook::shipped(*kind, *language), TextsOf::Standard),
        }
    }

    fn saved(&self, site: Option<SiteId>, kind: AgentKind, language: Language) -> Option<&PlaybookVersion> {
        self.current.iter().find(|saved| (saved.site, saved.kind, saved.language) == (site, kind, language))
    }
}

/// The version before the first that is saved.
pub(super) const fn first(site: Option<SiteId>, kind: AgentKind, language: Language) -> PlaybookVersion {
    PlaybookVersion { site, kind, language, version: 0, saved_at: Millis(0), playbook: None }
}
