//! Where visitors can go on from a page that shows nothing: the chat and the booking of its site.

use super::face::Face;
use super::notice::Way;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use knock_ports::{Link, Site, WEBSITE};
use knock_routing::Funnel;
use std::sync::Arc;

/// The links that every workspace begins with. Others are published where the team wants them, and named nowhere else.
const USUAL_CHAT: &str = "chat";
const USUAL_MEETING: &str = "meeting";

/// The booking of the site, if it has one, and its chat.
pub(super) async fn to_talk(state: &AppState, face: &Face) -> Result<Vec<Way>, Problem> {
    let Some(site) = face.site() else { return Ok(Vec::new()) };
    let chat = match usual(state, site, USUAL_CHAT).await? {
        Some(link) => format!("/l/{}", link.slug),
        None => format!("/l/{WEBSITE}?site={}", site.key),
    };
    let meeting = usual(state, site, USUAL_MEETING).await?.filter(|link| link.funnel == Funnel::Meeting);
    let meeting = meeting.map(|link| Way { href: format!("/l/{}", link.slug), text: "gone.meeting" });
    Ok(meeting.into_iter().chain([Way { href: chat, text: "gone.chat" }]).collect())
}

/// A link in use whose chats or meetings are of this site.
async fn usual(state: &AppState, site: &Arc<Site>, slug: &'static str) -> Result<Option<Link>, Problem> {
    let link = read(state.core.store.clone(), move |view| view.link(slug)).await?;
    let is_of_it = |link: &Link| state.sites.of_link(link).is_some_and(|of| of.id == site.id);
    Ok(link.filter(|link| link.archived_at.is_none() && is_of_it(link)))
}
