//! Setting a workspace up: its first admin, its sites.

use crate::audited::{Change, Note, subject};
use crate::notice::Notice;
use knock_agent::Answer;
use knock_model::{AuditAction, Millis, SiteId};
use knock_ports::{AuditSubject, Ledger, Link, Member, Site, StoreError};
use knock_routing::{Funnel, Rule};
use serde_json::{Value, json};

/// The first start: an admin, the demo site, the Default Routing Rules (RR-01) and a chat link, unless they are there.
#[derive(Clone, Debug)]
pub struct SetUp {
    /// The admin, if there is none yet.
    pub admin: Member,
    /// The demo site, if there is no site yet.
    pub demo: Site,
    /// What the built-in agent knows at first.
    pub answers: Vec<Answer>,
    /// The instant now.
    pub now: Millis,
}

impl Change for SetUp {
    /// Whether this was the first start.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<(bool, Option<Note>), StoreError> {
        if ledger.first_admin()?.is_some() {
            return Ok((false, None));
        }
        ledger.create_member(&self.admin, self.now)?;
        ledger.create_site(&self.demo, self.now)?;
        for funnel in Funnel::ALL {
            ledger.append_rule(&Rule::standard(*funnel, &self.admin.id.to_string()), self.now)?;
        }
        for link in first_links() {
            ledger.save_link(&link, self.now)?;
        }
        ledger.save_answers(&self.answers)?;
        notices.push(Notice::Site);
        let note = Note::new(AuditAction::WorkspaceSetUp, subject("workspace", "", ""));
        Ok((true, Some(note.with(json!({"admin": self.admin.email, "site": self.demo.name})))))
    }
}

/// The links that every workspace starts with; the launcher of a site is one.
fn first_links() -> [Link; 2] {
    let link = |slug: &str, name: &str, channel: &str| Link {
        slug: slug.into(),
        name: name.into(),
        funnel: Funnel::Chat,
        channel: channel.into(),
        rule: None,
    };
    [link("chat", "Chat with us", "Link"), link("Website", "Website", "Website")]
}

/// Adds a site.
#[derive(Clone, Debug)]
pub struct CreateSite {
    /// The site; its id is given by the store.
    pub site: Site,
    /// The instant now.
    pub now: Millis,
}

impl Change for CreateSite {
    type Outcome = Site;

    fn make(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<(Site, Option<Note>), StoreError> {
        let id = ledger.create_site(&self.site, self.now)?;
        notices.push(Notice::Site);
        let site = Site { id, ..self.site.clone() };
        let note = Note::new(AuditAction::SiteCreated, of_site(&site)).with(shown(&site));
        Ok((site, Some(note)))
    }
}

/// Changes a site's name, origins, base path, categories, or whose word it takes.
#[derive(Clone, Debug)]
pub struct SaveSite {
    /// The site as it shall be.
    pub site: Site,
}

impl Change for SaveSite {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.sites()?.into_iter().find(|site| site.id == self.site.id);
        ledger.save_site(&self.site)?;
        notices.push(Notice::Site);
        let note = Note::new(AuditAction::SiteChanged, of_site(&self.site));
        let (before, after) = (before.as_ref().map(shown).unwrap_or_default(), shown(&self.site));
        let note = (before != after).then(|| note.changed(before, after));
        Ok(((), note))
    }
}

/// Gives a site another identify secret; what the one before has proven stays.
#[derive(Clone, Copy, Debug)]
pub struct RotateIdentifySecret {
    /// Which site.
    pub site: SiteId,
}

impl Change for RotateIdentifySecret {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<((), Option<Note>), StoreError> {
        ledger.rotate_identify_secret(self.site)?;
        notices.push(Notice::Site);
        let site = ledger.sites()?.into_iter().find(|site| site.id == self.site);
        Ok(((), site.map(|site| Note::new(AuditAction::SiteSecretRotated, of_site(&site)))))
    }
}

fn of_site(site: &Site) -> AuditSubject {
    subject("site", &site.key, &site.name)
}

/// What members can change of a site.
fn shown(site: &Site) -> Value {
    let Site { name, origins, base, categories, identify, .. } = site;
    json!({"name": name, "origins": origins, "base": base, "categories": categories, "identify": identify})
}
