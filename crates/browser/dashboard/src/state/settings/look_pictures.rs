//! Pictures of a look: uploaded and removed at once, apart from the form.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_model::look::LookPicture;
use knock_wire::{LauncherIcon, Look};
use leptos::prelude::*;

use super::look_form::LookForm;
use crate::api::{Client, Failure, Upload};
use crate::kit::browser::files::{File, content_of};

impl LookForm {
    pub(crate) fn set_picture(self, which: LookPicture, file: File) {
        let site = self.site.get_value();
        let work = move |client: Client| {
            async move {
                let content = content_of(&file).await.ok_or(Failure::Unreadable)?;
                let upload = Upload { id: String::new(), name: file.name(), content };
                client.set_look_picture(&site, which, upload).await
            }
            .boxed_local()
        };
        self.send_picture("The picture is saved.", work, move |draft, look| match which {
            LookPicture::Logo => draft.logo = look.logo,
            LookPicture::Icon => {
                draft.icon_picture = look.icon_picture;
                draft.icon = LauncherIcon::Picture;
            }
        });
    }

    pub(crate) fn remove_picture(self, which: LookPicture) {
        let site = self.site.get_value();
        let work = move |client: Client| {
            async move {
                let look = client.remove_look_picture(&site, which).await?;
                self.removing.try_set(None);
                Ok(look)
            }
            .boxed_local()
        };
        self.send_picture("The picture is removed.", work, move |draft, look| match which {
            LookPicture::Logo => draft.logo = look.logo,
            LookPicture::Icon => {
                draft.icon_picture = look.icon_picture;
                if draft.icon == LauncherIcon::Picture {
                    draft.icon = LauncherIcon::Chat;
                }
            }
        });
    }

    /// Takes only the picture from the answer: the rest of the form may have unsaved changes.
    fn send_picture(
        self,
        said: &'static str,
        work: impl FnOnce(Client) -> LocalBoxFuture<'static, Result<Look, Failure>>,
        take: impl FnOnce(&mut Look, Look) + 'static,
    ) {
        let answer = work(self.client());
        let taken = async move {
            let look = answer.await?;
            let stored = look.clone();
            self.draft.try_update(|draft| take(draft, look));
            Ok(stored)
        };
        self.run(said, taken.boxed_local());
    }
}
