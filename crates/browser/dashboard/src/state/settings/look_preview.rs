//! State of the preview of a look: what it shows, and the draft as pages would get it.

use futures_util::FutureExt;
use knock_wire::ShownLook;
use leptos::prelude::*;
use serde::Serialize;

use super::look_form::LookForm;
use crate::api::Failure;
use crate::kit::debounce::Debounce;
use crate::kit::frame::Frame;
use crate::kit::reactive::effect;
use crate::kit::single::Single;
use crate::words::look::{Ground, shown_draft};

/// The pause after the last key before the draft is shown.
const TYPING_MS: u64 = 300;

/// The size of the page in the preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Device {
    Desktop,
    Phone,
}

/// What of the site is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Part {
    /// The closed launcher, with the teaser.
    Launcher,
    Chat,
}

/// The message to the page in the frame.
#[derive(Serialize)]
struct Shown {
    look: ShownLook,
    device: Device,
    part: Part,
    ground: Ground,
}

/// The choices of the preview and its frame.
#[derive(Clone, Copy)]
pub(crate) struct LookPreview {
    pub(crate) device: RwSignal<Device>,
    pub(crate) part: RwSignal<Part>,
    pub(crate) ground: RwSignal<Ground>,
    /// The draft as the server shows it.
    pub(crate) look: Single<ShownLook>,
    /// Whether the draft has an error, so that the one before it is shown.
    pub(crate) is_behind: RwSignal<bool>,
    pub(crate) frame: Frame,
}

impl LookPreview {
    /// Follows the draft and its language.
    pub(crate) fn start(form: LookForm) -> LookPreview {
        let is_behind = RwSignal::new(false);
        let look = Single::new(move || {
            let (client, site, language) = (form.client(), form.site.get_value(), form.language.get_untracked());
            let draft = shown_draft(form.draft.get_untracked());
            async move {
                let shown = client.shown_look(&site, &language, &draft).await;
                is_behind.try_set(matches!(shown, Err(Failure::Refused(_))));
                shown
            }
            .boxed_local()
        });
        let again = Debounce::new(TYPING_MS, move || look.load());
        let preview = LookPreview {
            device: RwSignal::new(Device::Desktop),
            part: RwSignal::new(Part::Launcher),
            ground: RwSignal::new(Ground::Light),
            look,
            is_behind,
            frame: Frame::new(),
        };
        effect(move || {
            form.draft.track();
            form.language.track();
            again.ask();
        });
        effect(move || preview.show());
        preview
    }

    /// Sends the look to the frame, once its page is there.
    fn show(self) {
        let (device, part, ground) = (self.device.get(), self.part.get(), self.ground.get());
        let Some(look) = self.look.value.get().filter(|_| self.frame.is_ready.get()) else { return };
        if let Ok(json) = serde_json::to_string(&Shown { look, device, part, ground }) {
            self.frame.post(&json);
        }
    }
}
