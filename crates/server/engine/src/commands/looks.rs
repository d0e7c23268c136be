//! The look of a site: its settings, its logo and the icon of its launcher.

use super::sites::of_site;
use crate::audited::{Change, Note};
use crate::changes::Changes;
use crate::notice::Notice;
use knock_model::look::LookPicture;
use knock_model::{AuditAction, Millis, PictureId, SiteId};
use knock_ports::{Ledger, LookImage, Site, StoreError};
use knock_wire::Look;
use serde_json::json;

/// The outcome of a change of a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookChanged {
    /// The look as it is now.
    Done(Box<Look>),
    /// The site was removed meanwhile.
    SiteRemoved,
}

/// Changes the settings of a look; its pictures stay.
#[derive(Clone, Debug)]
pub struct ChangeLook {
    pub site: SiteId,
    /// The settings, validated.
    pub look: Look,
    pub now: Millis,
}

impl Change for ChangeLook {
    type Outcome = LookChanged;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(LookChanged, Option<Note>), StoreError> {
        let Some(site) = in_use(ledger, self.site)? else { return Ok((LookChanged::SiteRemoved, None)) };
        let before = ledger.look(self.site)?;
        let (logo, icon_picture) = (before.logo.clone(), before.icon_picture.clone());
        let look = Look { logo, icon_picture, ..self.look.clone() };
        if before == look {
            return Ok((LookChanged::Done(Box::new(look)), None));
        }
        ledger.save_look(self.site, &look, self.now)?;
        changes.push(Notice::Site);
        let note = Note::new(AuditAction::SiteLookChanged, of_site(&site)).changed(json!(before), json!(look));
        Ok((LookChanged::Done(Box::new(look)), Some(note)))
    }
}

/// Changes or removes a picture of a look.
#[derive(Clone, Debug)]
pub struct SetLookPicture {
    pub site: SiteId,
    pub kind: LookPicture,
    /// The picture; none removes it.
    pub picture: Option<(PictureId, LookImage)>,
    pub now: Millis,
}

impl Change for SetLookPicture {
    type Outcome = LookChanged;

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(LookChanged, Option<Note>), StoreError> {
        let Some(site) = in_use(ledger, self.site)? else { return Ok((LookChanged::SiteRemoved, None)) };
        let had = has(&ledger.look(self.site)?, self.kind);
        let picture = self.picture.as_ref().map(|(id, image)| (*id, image));
        ledger.save_look_picture(self.site, self.kind, picture, self.now)?;
        let look = ledger.look(self.site)?;
        if !had && picture.is_none() {
            return Ok((LookChanged::Done(Box::new(look)), None));
        }
        changes.push(Notice::Site);
        let fields = |is_there: bool| json!({self.kind.as_str(): is_there});
        let note = Note::new(AuditAction::SiteLookChanged, of_site(&site));
        let note = note.changed(fields(had), fields(has(&look, self.kind)));
        Ok((LookChanged::Done(Box::new(look)), Some(note)))
    }
}

fn in_use(ledger: &dyn Ledger, site: SiteId) -> Result<Option<Site>, StoreError> {
    Ok(ledger.site(site)?.filter(|site| site.removed_at.is_none()))
}

fn has(look: &Look, kind: LookPicture) -> bool {
    match kind {
        LookPicture::Logo => !look.logo.is_empty(),
        LookPicture::Icon => !look.icon_picture.is_empty(),
    }
}
