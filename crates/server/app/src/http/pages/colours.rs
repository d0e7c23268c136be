//! `/l/look/{file}`: the colours of a site as a style sheet for its hosted pages, whose policy allows no inline styles.

use crate::http::body::Path;
use crate::http::problem::Problem;
use crate::sites::SiteDirectory;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use knock_wire::{Accent, Look, LookColours, Scheme};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The sheet of the site whose key the file is named after.
pub(super) async fn get(
    State(sites): State<Arc<SiteDirectory>>,
    Path(file): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let site = file.strip_suffix(".css").and_then(|key| sites.by_key(key)).ok_or_else(Problem::not_found)?;
    let sheet = sheet(&sites.look(site.id)).ok_or_else(Problem::not_found)?;
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=60")];
    Ok((headers, sheet))
}

/// The address of the sheet, another one for other colours; none for the colours of Knock.
pub(super) fn path(key: &str, look: &Look) -> Option<String> {
    let hash = hex::encode(&Sha256::digest(sheet(look)?)[..4]);
    Some(format!("/l/look/{key}.css?v={hash}"))
}

/// The custom properties of `www/css/tokens.css` that a look replaces.
fn sheet(look: &Look) -> Option<String> {
    let LookColours { light, dark } = look.colours()?;
    Some(match look.scheme {
        Scheme::System => format!("{}@media (prefers-color-scheme:dark){{{}}}", rule(&light), rule(&dark)),
        Scheme::Light => rule(&light),
        Scheme::Dark => rule(&dark),
    })
}

fn rule(Accent { accent, ink, soft, text }: &Accent) -> String {
    format!(":root{{--k-accent:{accent};--k-accent-ink:{ink};--k-accent-soft:{soft};--k-accent-text:{text}}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_has_the_colours_of_each_scheme_that_is_shown() {
        let look = |colour: &str, scheme| Look { colour: colour.into(), scheme, ..Look::default() };
        assert_eq!(sheet(&look("", Scheme::System)), None);
        for (scheme, rules, has_both) in
            [(Scheme::System, 2, true), (Scheme::Light, 1, false), (Scheme::Dark, 1, false)]
        {
            let sheet = sheet(&look("#b3261e", scheme)).expect("a sheet");
            assert_eq!((sheet.matches(":root{").count(), sheet.contains("@media")), (rules, has_both), "{sheet}");
        }
        let [light, dark] = [Scheme::Light, Scheme::Dark].map(|scheme| path("key", &look("#b3261e", scheme)));
        assert_ne!(light, dark);
    }
}
