//! Setting a workspace up: its first admin, its demo site, its first rules.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::{AuditAction, Millis};
use knock_ports::{KnownAnswer, Ledger, Link, Member, Site, StoreError, WEBSITE};
use knock_routing::{Funnel, Rule};
use serde_json::json;

/// The first start: an admin, the demo site, the Default Routing Rules (RR-01) and the first links, unless they are there.
#[derive(Clone, Debug)]
pub struct SetUp {
    /// The admin, if there is none yet.
    pub admin: Member,
    /// The demo site, if there is no site yet.
    pub demo: Site,
    /// The first knowledge of the AI agent about the demo site, which replaces the site named in each answer.
    pub answers: Vec<KnownAnswer>,
    pub now: Millis,
}

impl Change for SetUp {
    /// Whether this was the first start.
    type Outcome = bool;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(bool, Option<Note>), StoreError> {
        if ledger.first_admin()?.is_some() {
            return Ok((false, None));
        }
        ledger.create_member(&self.admin, self.now)?;
        ledger.create_site(&self.demo, self.now)?;
        for funnel in Funnel::ALL {
            ledger.append_rule(&Rule::standard(*funnel, &self.admin.id.to_string()), None, self.now)?;
        }
        for link in first_links() {
            ledger.save_link(&link, self.now)?;
        }
        if let Some(demo) = ledger.sites()?.into_iter().find(|site| site.demo) {
            for answer in &self.answers {
                ledger.save_answer(&KnownAnswer { site: demo.id, ..answer.clone() })?;
            }
            ledger.raise_knowledge_version(demo.id)?;
        }
        changes.push(Notice::Site);
        let note = Note::new(AuditAction::WorkspaceSetUp, subject("workspace", "", ""));
        Ok((true, Some(note.with(json!({"admin": self.admin.email, "site": self.demo.name})))))
    }
}

/// The links that every workspace starts with; the launcher of a site is one.
fn first_links() -> [Link; 3] {
    [
        Link::new("chat", "Chat with us", Funnel::Chat, "Link"),
        Link::new("meeting", "Book a meeting", Funnel::Meeting, "Link"),
        Link::new(WEBSITE, "Website", Funnel::Chat, "Website"),
    ]
}
