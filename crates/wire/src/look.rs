//! `/api/v1/sites/{key}/look`: how the chat and the public pages of a site look.

use knock_model::PictureId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text by the code of its language (ISO 639-1); a language without one uses the standard text.
pub type Texts = BTreeMap<String, String>;

/// `GET` and `PUT /api/v1/sites/{key}/look`. A field that is absent has its default: that of a site whose look was never
/// changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Look {
    /// The colour of the launcher, of buttons and of the visitor's own messages, as `#rrggbb`; that of Knock if empty. The
    /// colour of texts on it is derived.
    pub colour: String,
    /// The same on a dark ground; derived from `colour` if empty.
    pub colour_dark: String,
    /// Whether it is light or dark.
    pub scheme: Scheme,
    /// The path of the logo on this server; empty for none. It is uploaded apart (`PUT .../look/logo`), and not changed here.
    pub logo: String,
    /// The icon of the launcher.
    pub icon: LauncherIcon,
    /// The path of the launcher's own picture; empty for none. It is uploaded apart (`PUT .../look/icon`).
    pub icon_picture: String,
    /// Words beside the icon of the launcher, at most 40 characters.
    pub launcher_text: Texts,
    /// The corner of the launcher: `end` is on the right where texts run from left to right.
    pub corner: Corner,
    /// The distance of the launcher from the side, in CSS pixels.
    pub offset_x: u16,
    /// The distance of the launcher from the bottom, in CSS pixels.
    pub offset_y: u16,
    /// The `z-index` of the launcher and the chat.
    pub z_index: i32,
    /// The title of the chat, at most 60 characters.
    pub title: Texts,
    /// The line below the title, at most 120 characters.
    pub subtitle: Texts,
    /// The welcome at the beginning of a chat, before its first message; at most 500 characters.
    pub welcome: Texts,
    /// The bubble above the launcher that invites to a chat; none if absent.
    pub teaser: Option<Teaser>,
    /// The languages of the chat and the pages, as codes; a visitor with another one gets the first.
    pub languages: Vec<String>,
    /// The address of the privacy policy, shown where an e-mail address is asked for; empty for none.
    pub privacy_url: String,
    /// The line with a box to check before an e-mail address is sent; at most 300 characters.
    pub consent: Texts,
    /// Whether the chat shows the hours in which the team answers.
    pub shows_hours: bool,
    /// Whether a reply to a closed chat makes a sound.
    pub reply_sound: bool,
    /// Whether the title of the page begins with the number of unread replies.
    pub reply_title: bool,
    /// Where the launcher is hidden.
    pub hidden: Hidden,
    /// The questions of a form before the chat.
    pub form: ChatForm,
    /// Whether the visitor is asked for a rating at the end of a chat.
    pub rating: bool,
    /// Whether the visitor can have the transcript mailed.
    pub transcript: bool,
    /// Whether the visitor can end the chat.
    pub can_end: bool,
    /// Whether the visitor sees a list of their earlier chats.
    pub history: bool,
    /// Texts in place of those of the catalogues, by language and by key, such as `chat.send`. A text needs the same places
    /// (`{name}`) as the one that it replaces.
    pub words: BTreeMap<String, Texts>,
}

/// Whether the chat and the pages are light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// As the visitor's system.
    #[default]
    System,
    Light,
    Dark,
}

/// The icon of the launcher.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LauncherIcon {
    /// A speech bubble.
    #[default]
    Chat,
    /// A question mark.
    Question,
    /// A calendar.
    Calendar,
    /// The uploaded picture.
    Picture,
    /// None: only the words.
    None,
}

/// A corner at the bottom of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Corner {
    /// Where lines end.
    #[default]
    End,
    /// Where lines begin.
    Start,
}

/// The bubble that invites to a chat, once in a browser.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Teaser {
    /// Its text, at most 200 characters; not shown in a language without one.
    pub text: Texts,
    /// Patterns of the paths on which it is shown; all pages if empty.
    pub pages: Vec<String>,
    /// The seconds on a page before it is shown.
    pub delay_s: u16,
}

/// Where the launcher is hidden. `knock('open', 'chat')` opens the chat all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Hidden {
    /// Patterns of paths, as in rules: `/careers/*`. A star stands for any characters.
    pub paths: Vec<String>,
    /// The kinds of devices.
    pub devices: Vec<HiddenDevice>,
    /// Whether it is hidden while no member takes chats.
    pub outside_hours: bool,
    /// Whether only visitors that the page has identified see it (`knock('identify', ...)`).
    pub signed_in_only: bool,
}

/// A kind of device, by the width of its screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HiddenDevice {
    /// Up to 480 CSS pixels.
    Phone,
    /// Up to 1,024 CSS pixels.
    Tablet,
    /// Wider.
    Desktop,
}

/// The questions of a form before the chat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ChatForm {
    /// When it is asked.
    pub when: FormTime,
    /// Its fields, in order, at most eight.
    pub fields: Vec<FormField>,
}

/// The time of the form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FormTime {
    /// There is none.
    #[default]
    Never,
    /// Before the first message can be written.
    Before,
    /// After the first message.
    After,
}

/// A field of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FormField {
    /// `name`, `email`, `phone`, `company`, or `custom.KEY` of a custom field.
    pub field: String,
    /// Whether the chat needs it.
    #[serde(default)]
    pub is_required: bool,
}

impl Default for Look {
    fn default() -> Look {
        Look {
            colour: String::new(),
            colour_dark: String::new(),
            scheme: Scheme::System,
            logo: String::new(),
            icon: LauncherIcon::Chat,
            icon_picture: String::new(),
            launcher_text: Texts::new(),
            corner: Corner::End,
            offset_x: 16,
            offset_y: 16,
            z_index: 2_147_483_000,
            title: Texts::new(),
            subtitle: Texts::new(),
            welcome: Texts::new(),
            teaser: None,
            languages: ["en", "de", "fr", "es"].map(str::to_owned).to_vec(),
            privacy_url: String::new(),
            consent: Texts::new(),
            shows_hours: false,
            reply_sound: true,
            reply_title: true,
            hidden: Hidden::default(),
            form: ChatForm::default(),
            rating: false,
            transcript: false,
            can_end: false,
            history: false,
            words: BTreeMap::new(),
        }
    }
}

/// `GET /api/v1/look/words`: the texts that a look can replace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookWords {
    /// The texts, in the order of their catalogues.
    pub words: Vec<LookWord>,
}

/// A text that a look can replace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookWord {
    /// Its key, such as `chat.send`.
    pub key: String,
    /// The standard text in each language.
    pub texts: Texts,
}

/// The path of a picture of a look on the server; empty for none. A picture never changes under its path.
pub fn look_picture_path(picture: Option<PictureId>) -> String {
    picture.map_or_else(String::new, |id| format!("/v1/look/pictures/{id}"))
}
