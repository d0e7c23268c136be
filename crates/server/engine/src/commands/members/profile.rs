//! The profile of a member: name, title, picture.

use super::{MemberChange, present};
use crate::audited::{Change, Note, of_member};
use crate::changes::Changes;
use knock_model::{AuditAction, Millis, PictureId, RepId};
use knock_ports::{Ledger, Member, Profile, StoreError};
use serde_json::json;

/// Changes the name and the title of a member. Earlier messages show the new name too.
#[derive(Clone, Debug)]
pub struct SetProfile {
    pub member: RepId,
    /// The name; empty for none.
    pub name: String,
    /// The title; empty for none.
    pub title: String,
}

impl Change for SetProfile {
    type Outcome = MemberChange;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(MemberChange, Option<Note>), StoreError> {
        let Some(before) = present(ledger, self.member)? else { return Ok((MemberChange::Unknown, None)) };
        let was = before.profile.clone();
        let (name, title) = (self.name.clone(), self.title.clone());
        let profile = Profile { name, title, ..*was.clone() };
        let member = Member { profile: Box::new(profile), ..before };
        ledger.save_member(&member)?;
        let words = |profile: &Profile| json!({"name": profile.name, "title": profile.title});
        let note = Note::new(AuditAction::MemberProfileChanged, of_member(&member));
        let note = (was != member.profile).then(|| note.changed(words(&was), words(&member.profile)));
        Ok((MemberChange::Done(member), note))
    }
}

/// Changes or removes the picture of a member.
#[derive(Clone, Debug)]
pub struct SetPicture {
    pub member: RepId,
    /// The picture, a JPEG; none removes it.
    pub picture: Option<(PictureId, Vec<u8>)>,
    pub now: Millis,
}

impl Change for SetPicture {
    type Outcome = MemberChange;

    fn make(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(MemberChange, Option<Note>), StoreError> {
        let Some(before) = present(ledger, self.member)? else { return Ok((MemberChange::Unknown, None)) };
        let had = before.profile.picture.is_some();
        let picture = self.picture.as_ref().map(|(id, content)| (*id, content.as_slice()));
        ledger.save_picture(self.member, picture, self.now)?;
        let profile = Profile { picture: picture.map(|(id, _)| id), ..*before.profile.clone() };
        let member = Member { profile: Box::new(profile), ..before };
        ledger.save_member(&member)?;
        let has = member.profile.picture.is_some();
        let note = Note::new(AuditAction::MemberProfileChanged, of_member(&member));
        let note = (had || has).then(|| note.changed(json!({"picture": had}), json!({"picture": has})));
        Ok((MemberChange::Done(member), note))
    }
}
