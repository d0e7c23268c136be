//! `GET /v1/look`: the look of a site as its pages, its launcher and its chat draw it.

#[cfg(feature = "openapi")]
use crate::schema::MillisSchema;
use crate::{Corner, FormTime, HiddenDevice, LauncherIcon, Look, Scheme, Texts};
use knock_model::Millis;
use knock_model::look::{Colour, Shades, on_dark, on_light};
use serde::{Deserialize, Serialize};

/// The look of a site in one language. What is absent is as Knock comes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ShownLook {
    /// The code of the language of all texts: the one asked for, or the first that the site offers.
    pub language: String,
    /// The name of the site.
    pub name: String,
    /// Its own colours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colours: Option<LookColours>,
    /// Whether it is light or dark.
    pub scheme: Scheme,
    /// The path of the logo on this server; empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub logo: String,
    /// The launcher.
    pub launcher: ShownLauncher,
    /// The title of the chat; empty for the standard one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The line below the title; empty for the standard one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub subtitle: String,
    /// The welcome; empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub welcome: String,
    /// The bubble that invites to a chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub teaser: Option<ShownTeaser>,
    /// The address of the privacy policy; empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub privacy_url: String,
    /// The line with a box to check before an e-mail address is sent; empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub consent: String,
    /// The line about the hours, in the time zone asked for; empty where they are not shown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hours: String,
    /// The form before the chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<ShownForm>,
    /// Whether the visitor is asked for a rating at the end of a chat.
    pub rating: bool,
    /// Whether the visitor can have the transcript mailed; never without a mail server.
    pub transcript: bool,
    /// Whether the visitor can end the chat.
    pub can_end: bool,
    /// Whether the visitor sees a list of their earlier chats.
    pub history: bool,
    /// Texts in place of those of the catalogues, by key.
    #[serde(skip_serializing_if = "Texts::is_empty")]
    pub words: Texts,
}

/// The colours of a look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookColours {
    /// On a light ground.
    pub light: Accent,
    /// On a dark ground.
    pub dark: Accent,
}

/// The colour of buttons and links with what stands on it, as `#rrggbb`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Accent {
    /// The ground of buttons: `--k-accent`.
    pub accent: String,
    /// Texts on it: `--k-accent-ink`.
    pub ink: String,
    /// A pale ground of the same hue: `--k-accent-soft`.
    pub soft: String,
    /// The accent as a text on the surface and on the pale ground: `--k-accent-text`.
    #[serde(default)]
    pub text: String,
}

impl Look {
    /// Its own colours; none for those of Knock.
    pub fn colours(&self) -> Option<LookColours> {
        let colour = Colour::parse(&self.colour)?;
        let (light, dark) = (on_light(colour), on_dark(colour, Colour::parse(&self.colour_dark)));
        Some(LookColours { light: light.into(), dark: dark.into() })
    }
}

impl From<Shades> for Accent {
    fn from(shades: Shades) -> Accent {
        let Shades { accent, ink, soft, text } = shades;
        let [accent, ink, soft, text] = [accent, ink, soft, text].map(Colour::to_text);
        Accent { accent, ink, soft, text }
    }
}

/// The launcher of a look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShownLauncher {
    /// Its icon.
    pub icon: LauncherIcon,
    /// The path of its own picture on this server; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub picture: String,
    /// The words beside the icon; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Its corner.
    pub corner: Corner,
    /// The distance from the side, in CSS pixels.
    pub x: u16,
    /// The distance from the bottom, in CSS pixels.
    pub y: u16,
    /// Its `z-index`.
    pub z: i32,
    /// Patterns of paths on which it is hidden.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden_paths: Vec<String>,
    /// The kinds of devices on which it is hidden.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden_devices: Vec<HiddenDevice>,
    /// Whether it is hidden now, because no member takes chats.
    #[serde(default)]
    pub is_hidden: bool,
    /// The next instant at which `is_hidden` and `hours` change, in ms since 1970; absent if they do not or it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes_at: Option<Millis>,
    /// Whether only visitors that the page has identified see it.
    #[serde(default)]
    pub signed_in_only: bool,
    /// Whether replies to a closed chat make no sound.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_silent: bool,
    /// Whether the title of the page stays as it is when there are unread replies.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub keeps_title: bool,
}

/// The bubble that invites to a chat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShownTeaser {
    /// Its id: another one once its text has changed. A browser shows each once.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Patterns of the paths on which it is shown; all pages if empty.
    #[serde(default)]
    pub pages: Vec<String>,
    /// The seconds on a page before it is shown.
    pub delay_s: u16,
}

/// The form before the chat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShownForm {
    /// When it is asked.
    pub when: FormTime,
    /// Its fields, in order.
    pub fields: Vec<ShownField>,
}

/// A field of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShownField {
    /// `name`, `email`, `phone`, `company`, or `custom.KEY`.
    pub field: String,
    /// Its label in the language.
    pub label: String,
    /// Whether the chat needs it.
    pub is_required: bool,
    /// The choices of a custom field that has some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
}
