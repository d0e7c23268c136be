//! The face of a hosted page: the name, the logo, the colours and the words of its site.

use super::colours;
use crate::http::look::{language_of, shown, text};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::http::texts::{escaped, spoken};
use knock_agent::Language;
use knock_model::catalogue::{Places, filled};
use knock_ports::Site;
use knock_wire::{LauncherIcon, Look, Scheme};
use std::sync::Arc;

/// The icon of a page whose site has none.
const NO_ICON: &str = "data:,";

/// The site of a page and its look, in the language of the page.
pub(super) struct Face {
    site: Option<Arc<Site>>,
    look: Arc<Look>,
    pub(super) language: Language,
}

impl Face {
    /// The face of a site, of none where the workspace has no site: in the language asked for, if the site offers it.
    pub(super) fn of(state: &AppState, site: Option<Arc<Site>>, asked: Language) -> Face {
        let look = site.as_ref().map_or_else(Arc::default, |site| state.sites.look(site.id));
        let language = language_of(&look, asked.as_str());
        Face { site, look, language }
    }

    /// The name of the site.
    pub(super) fn name(&self) -> &str {
        self.site.as_ref().map_or("", |site| site.title())
    }

    /// The home page of the site.
    pub(super) fn home(&self) -> Option<String> {
        self.site.as_ref().and_then(|site| site.home())
    }

    pub(super) fn site(&self) -> Option<&Arc<Site>> {
        self.site.as_ref()
    }

    /// A text of the page: that of the look, else the standard one.
    pub(super) fn text(&self, key: &str) -> &str {
        text(&self.look, self.language, &format!("page.{key}"))
    }

    /// A text of the page with something in its places.
    pub(super) fn filled(&self, key: &str, places: &Places<'_>) -> String {
        filled(self.text(key), places)
    }

    /// A page with its texts and its face. Places that are filled from outside of the catalogues come last.
    pub(super) fn page(&self, state: &AppState, file: &str) -> Result<String, Problem> {
        let page = state.assets.text(file).ok_or_else(Problem::not_found)?;
        let scheme = match self.look.scheme {
            Scheme::System => "",
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        };
        let of_scheme = |text: &str| if scheme.is_empty() { String::new() } else { text.replace("{}", scheme) };
        Ok(spoken(&page, self.language, |key| self.text(key))
            .replace("__V__", state.assets.version())
            .replace("__SCHEME__", &of_scheme(" data-scheme=\"{}\""))
            .replace("__SCHEMED__", &of_scheme("?scheme={}"))
            .replace("__GROUNDS__", if scheme.is_empty() { "light dark" } else { scheme })
            .replace("__COLOURS__", &self.colours())
            .replace("__ICON__", &escaped(self.icon()))
            .replace("__FOOT__", &self.foot())
            .replace("__LOGO__", &self.logo())
            .replace("__BRAND__", &self.brand())
            .replace("__NAME__", &escaped(self.name())))
    }

    /// The look for the script of the page, as a block of data.
    pub(super) async fn data(&self, state: &AppState) -> Result<String, Problem> {
        let Some(site) = &self.site else { return Ok(String::new()) };
        let look = shown(state, site, self.language.as_str(), "").await?;
        let look = serde_json::to_string(&look).map_err(|_| Problem::internal())?;
        Ok(format!("<script type=\"application/json\" id=\"look\">{}</script>", look.replace('<', "\\u003c")))
    }

    /// The link to the style sheet of the site's colours.
    fn colours(&self) -> String {
        let sheet = self.site.as_ref().and_then(|site| colours::path(&site.key, &self.look));
        sheet.map_or_else(String::new, |path| format!("<link rel=\"stylesheet\" href=\"{}\">", escaped(&path)))
    }

    fn icon(&self) -> &str {
        let Look { icon, icon_picture, logo, .. } = &*self.look;
        let own = if *icon == LauncherIcon::Picture && !icon_picture.is_empty() { icon_picture } else { logo };
        if own.is_empty() { NO_ICON } else { own }
    }

    /// The logo beside the name of the site.
    fn logo(&self) -> String {
        match &*self.look.logo {
            "" => String::new(),
            logo => format!("<img class=\"logo\" src=\"{}\" alt=\"\">", escaped(logo)),
        }
    }

    /// The logo in place of the name of the site, else the name.
    fn brand(&self) -> String {
        let name = escaped(self.name());
        match &*self.look.logo {
            "" => format!("<p class=\"brand\">{name}</p>"),
            logo => format!("<p class=\"brand\"><img class=\"logo\" src=\"{}\" alt=\"{name}\"></p>", escaped(logo)),
        }
    }

    /// The link to the privacy policy.
    fn foot(&self) -> String {
        let words = escaped(self.text("face.privacy"));
        match &*self.look.privacy_url {
            "" => String::new(),
            url => format!(
                "<footer class=\"foot\"><a href=\"{}\" target=\"_blank\" rel=\"noopener\">{words}</a></footer>",
                escaped(url)
            ),
        }
    }
}
