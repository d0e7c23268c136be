//! Sites: added, changed, removed.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{AuditAction, Millis, SiteId};
use knock_ports::{AuditSubject, Ledger, Site, StoreError};
use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub struct CreateSite {
    /// The site; its id is given by the store.
    pub site: Site,
    pub now: Millis,
}

impl Change for CreateSite {
    type Outcome = Site;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(Site, Option<Note>), StoreError> {
        let id = ledger.create_site(&self.site, self.now)?;
        changes.push(Notice::Site);
        let site = Site { id, ..self.site.clone() };
        let note = Note::new(AuditAction::SiteCreated, of_site(&site)).with(shown(&site));
        Ok((site, Some(note)))
    }
}

/// Changes a site's name, origins, base path, categories, or its trust in `identify`.
#[derive(Clone, Debug)]
pub struct SaveSite {
    /// The new state of the site.
    pub site: Site,
}

impl Change for SaveSite {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.sites()?.into_iter().find(|site| site.id == self.site.id);
        ledger.save_site(&self.site)?;
        changes.push(Notice::Site);
        let note = Note::new(AuditAction::SiteChanged, of_site(&self.site));
        let (before, after) = (before.as_ref().map(shown).unwrap_or_default(), shown(&self.site));
        let note = (before != after).then(|| note.changed(before, after));
        Ok(((), note))
    }
}

/// Replaces the identify secret of a site; addresses proven by the old one stay proven.
#[derive(Clone, Copy, Debug)]
pub struct RotateIdentifySecret {
    pub site: SiteId,
}

impl Change for RotateIdentifySecret {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        ledger.rotate_identify_secret(self.site)?;
        changes.push(Notice::Site);
        let site = ledger.sites()?.into_iter().find(|site| site.id == self.site);
        Ok(((), site.map(|site| Note::new(AuditAction::SiteSecretRotated, of_site(&site)))))
    }
}

/// Removes a site: it accepts no more data, and its data stays, except the knowledge and the own playbooks of the AI
/// agent.
#[derive(Clone, Copy, Debug)]
pub struct RemoveSite {
    pub site: SiteId,
    pub now: Millis,
}

impl Change for RemoveSite {
    /// Whether the site was in use until now.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        if !ledger.remove_site(self.site, self.now)? {
            return Ok((false, None));
        }
        ledger.drop_knowledge(self.site)?;
        ledger.drop_playbooks(self.site)?;
        ledger.raise_knowledge_version(self.site)?;
        changes.extend([Notice::Site, Notice::Knowledge(self.site)]);
        let site = ledger.sites()?.into_iter().find(|site| site.id == self.site);
        let note =
            site.map(|site| Note::new(AuditAction::SiteRemoved, of_site(&site)).changed(shown(&site), json!({})));
        Ok((true, note))
    }
}

pub(super) fn of_site(site: &Site) -> AuditSubject {
    subject("site", &site.key, &site.name)
}

/// The parts of a site that members can change.
fn shown(site: &Site) -> Value {
    let Site { name, origins, base, categories, identify, .. } = site;
    json!({"name": name, "origins": origins, "base": base, "categories": categories, "identify": identify})
}
