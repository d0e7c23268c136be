//! Setting a workspace up: its first admin, its sites.

use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_agent::Answer;
use knock_model::{Millis, SiteId};
use knock_ports::{Ledger, Link, Member, Site, StoreError};
use knock_routing::{Funnel, Rule};

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

impl Command for SetUp {
    /// Whether this was the first start.
    type Outcome = bool;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<bool, StoreError> {
        if ledger.first_admin()?.is_some() {
            return Ok(false);
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
        Ok(true)
    }

    fn after(&self) -> After {
        After::Nothing
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

impl Command for CreateSite {
    type Outcome = Site;

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<Site, StoreError> {
        let id = ledger.create_site(&self.site, self.now)?;
        notices.push(Notice::Site);
        Ok(Site { id, ..self.site.clone() })
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Changes a site's name, origins, base path, categories, or whose word it takes.
#[derive(Clone, Debug)]
pub struct SaveSite {
    /// The site as it shall be.
    pub site: Site,
}

impl Command for SaveSite {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<(), StoreError> {
        ledger.save_site(&self.site)?;
        notices.push(Notice::Site);
        Ok(())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Gives a site another identify secret; what the one before has proven stays.
#[derive(Clone, Copy, Debug)]
pub struct RotateIdentifySecret {
    /// Which site.
    pub site: SiteId,
}

impl Command for RotateIdentifySecret {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, notices: &mut Vec<Notice>) -> Result<(), StoreError> {
        ledger.rotate_identify_secret(self.site)?;
        notices.push(Notice::Site);
        Ok(())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
