//! The look of a site in one language.

use super::hours;
use super::words::text;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use knock_agent::Language;
use knock_engine::TeamHours;
use knock_model::look::teaser_id;
use knock_ports::Site;
use knock_wire::{
    CustomField, FormTime, LauncherIcon, Look, ShownField, ShownForm, ShownLauncher, ShownLook, ShownTeaser, Texts,
};
use std::sync::Arc;

/// The field names of custom fields begin so.
const CUSTOM: &str = "custom.";

/// The language in which a look is shown to a browser that asks for one by its tag, such as `de-AT`: that one, if the
/// site offers it, else the first that it offers.
pub(crate) fn language_of(look: &Look, tag: &str) -> Language {
    let offered = |language: &Language| look.languages.iter().any(|code| code == language.as_str());
    let first = || look.languages.iter().find_map(|code| Language::parse(code));
    Language::of_tag(tag).filter(offered).or_else(first).unwrap_or(Language::En)
}

/// The look of a site for pages, in the language of a tag, its hours in a time zone (empty if it is not known).
///
/// # Errors
/// When the database fails; it is read only for a look with hours or custom fields.
pub(crate) async fn shown(state: &AppState, site: &Site, tag: &str, zone: &str) -> Result<ShownLook, Problem> {
    shown_as(state, site, state.sites.look(site.id), tag, zone).await
}

/// The same with another look than that of the site.
///
/// # Errors
/// As for [`shown`].
pub(crate) async fn shown_as(
    state: &AppState,
    site: &Site,
    look: Arc<Look>,
    tag: &str,
    zone: &str,
) -> Result<ShownLook, Problem> {
    let language = language_of(&look, tag);
    let needs_hours = look.shows_hours || look.hidden.outside_hours;
    let needs_fields =
        look.form.when != FormTime::Never && look.form.fields.iter().any(|field| is_custom(&field.field));
    let (now, zone) = (state.core.clock.now(), zone.to_owned());
    let (hours, fields) = if needs_hours || needs_fields {
        let found = read(state.core.store.clone(), move |view| {
            let hours = needs_hours.then(|| TeamHours::load(view, now, &zone)).transpose()?;
            Ok((hours, if needs_fields { view.custom_fields()?.fields } else { Vec::new() }))
        });
        found.await?
    } else {
        (None, Vec::new())
    };
    let drawn = Drawn { look, language, hours, fields };
    Ok(ShownLook {
        name: site.title().to_owned(),
        transcript: drawn.look.transcript && state.is_mail_set_up(),
        ..drawn.shown()
    })
}

fn is_custom(field: &str) -> bool {
    field.starts_with(CUSTOM)
}

/// A look with all that its texts depend on.
struct Drawn {
    look: Arc<Look>,
    language: Language,
    /// The hours; none if the look does not depend on them.
    hours: Option<TeamHours>,
    /// The custom fields, if the form has some.
    fields: Vec<CustomField>,
}

impl Drawn {
    fn shown(&self) -> ShownLook {
        let look = &*self.look;
        let hours = self.hours.as_ref().filter(|_| look.shows_hours);
        ShownLook {
            language: self.language.as_str().to_owned(),
            name: String::new(),
            colours: look.colours(),
            scheme: look.scheme,
            logo: look.logo.clone(),
            launcher: self.launcher(),
            title: self.own(&look.title),
            subtitle: self.own(&look.subtitle),
            welcome: self.own(&look.welcome),
            teaser: self.teaser(),
            privacy_url: look.privacy_url.clone(),
            consent: self.own(&look.consent),
            hours: hours.map(|hours| hours::line(hours, look, self.language)).unwrap_or_default(),
            form: self.form(),
            rating: look.rating,
            transcript: look.transcript,
            can_end: look.can_end,
            history: look.history,
            words: look.words.get(self.language.as_str()).cloned().unwrap_or_default(),
        }
    }

    /// The text of the language; empty if it has none.
    fn own(&self, texts: &Texts) -> String {
        texts.get(self.language.as_str()).cloned().unwrap_or_default()
    }

    fn launcher(&self) -> ShownLauncher {
        let look = &*self.look;
        let text = self.own(&look.launcher_text);
        let icon = match look.icon {
            // A launcher without anything on it could not be seen.
            LauncherIcon::Picture if look.icon_picture.is_empty() => LauncherIcon::Chat,
            LauncherIcon::None if text.is_empty() => LauncherIcon::Chat,
            icon => icon,
        };
        let picture = if icon == LauncherIcon::Picture { look.icon_picture.clone() } else { String::new() };
        let hides = self.hours.as_ref().filter(|_| look.hidden.outside_hours);
        ShownLauncher {
            icon,
            picture,
            text,
            corner: look.corner,
            x: look.offset_x,
            y: look.offset_y,
            z: look.z_index,
            hidden_paths: look.hidden.paths.clone(),
            hidden_devices: look.hidden.devices.clone(),
            is_hidden: hides.is_some_and(|hours| !hours.takes_chats),
            // The line of the hours changes then too.
            changes_at: self.hours.as_ref().and_then(|hours| hours.changes_at),
            signed_in_only: look.hidden.signed_in_only,
            is_silent: !look.reply_sound,
            keeps_title: !look.reply_title,
        }
    }

    fn teaser(&self) -> Option<ShownTeaser> {
        let teaser = self.look.teaser.as_ref()?;
        let text = self.own(&teaser.text);
        let id = teaser_id(teaser.text.iter().map(|(language, text)| (language.as_str(), text.as_str())));
        let (pages, delay_s) = (teaser.pages.clone(), teaser.delay_s);
        (!text.is_empty()).then_some(ShownTeaser { id, text, pages, delay_s })
    }

    fn form(&self) -> Option<ShownForm> {
        let form = &self.look.form;
        let fields = form.fields.iter().filter_map(|field| {
            let label = match field.field.strip_prefix(CUSTOM) {
                // A field that was removed since is not asked.
                Some(name) => self.fields.iter().find(|known| known.name == name)?.label.clone(),
                None => text(&self.look, self.language, &format!("page.form.{}", field.field)).to_owned(),
            };
            Some(ShownField { field: field.field.clone(), label, is_required: field.is_required, choices: Vec::new() })
        });
        let fields: Vec<ShownField> = fields.collect();
        let is_asked = form.when != FormTime::Never && !fields.is_empty();
        is_asked.then_some(ShownForm { when: form.when, fields })
    }
}
