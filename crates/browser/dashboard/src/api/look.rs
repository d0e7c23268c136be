//! The look of a site: its settings, its pictures, and the draft as pages would draw it.

use knock_model::look::LookPicture;
use knock_wire::{Look, LookWords, ShownLook};

use super::{Client, Failure, Method, Upload, encode, json};

impl Client {
    pub(crate) async fn look(&self, site: &str) -> Result<Look, Failure> {
        self.get(path(site, "")).await
    }

    pub(crate) async fn change_look(&self, site: &str, look: &Look) -> Result<Look, Failure> {
        self.ask(Method::Put, path(site, ""), Some(json(look)?)).await
    }

    /// The texts that a look can replace.
    pub(crate) async fn look_words(&self) -> Result<LookWords, Failure> {
        self.get("/api/v1/look/words".to_owned()).await
    }

    /// What pages would get if the draft were saved, in a language.
    pub(crate) async fn shown_look(&self, site: &str, language: &str, draft: &Look) -> Result<ShownLook, Failure> {
        let path = path(site, "/preview") + "?lang=" + &encode(language);
        self.ask(Method::Post, path, Some(json(draft)?)).await
    }

    pub(crate) async fn set_look_picture(
        &self,
        site: &str,
        which: LookPicture,
        picture: Upload,
    ) -> Result<Look, Failure> {
        self.put_file(path(site, "/") + which.as_str(), picture).await
    }

    pub(crate) async fn remove_look_picture(&self, site: &str, which: LookPicture) -> Result<Look, Failure> {
        self.ask(Method::Delete, path(site, "/") + which.as_str(), None).await
    }
}

fn path(site: &str, rest: &str) -> String {
    format!("/api/v1/sites/{}/look{rest}", encode(site))
}
