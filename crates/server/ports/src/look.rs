//! Looks of sites in the store.

use crate::StoreError;
use knock_model::look::LookPicture;
use knock_model::{Millis, PictureId, SiteId};
use knock_wire::Look;

/// A picture of a look, as pages get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookImage {
    /// `image/png` or `image/jpeg`.
    pub content_type: String,
    pub content: Vec<u8>,
}

/// Writing looks.
pub trait LookLedger {
    /// Stores the look of a site, without its pictures.
    fn save_look(&mut self, site: SiteId, look: &Look, now: Millis) -> Result<(), StoreError>;

    /// Stores a picture of a look in place of the previous one; none removes it.
    fn save_look_picture(
        &mut self,
        site: SiteId,
        kind: LookPicture,
        picture: Option<(PictureId, &LookImage)>,
        now: Millis,
    ) -> Result<(), StoreError>;
}

/// Reading looks.
pub trait LookView {
    /// The looks that were ever changed, by site, with the paths of their pictures.
    fn looks(&self) -> Result<Vec<(SiteId, Look)>, StoreError>;

    /// The look of a site, with the paths of its pictures; the default if it was never changed.
    fn look(&self, site: SiteId) -> Result<Look, StoreError>;

    /// A picture of a look.
    fn look_picture(&self, id: PictureId) -> Result<Option<LookImage>, StoreError>;
}
