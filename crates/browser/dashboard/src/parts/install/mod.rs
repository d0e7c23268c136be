//! Sites, and whether the snippet works.

mod live_check;
mod refused_signals;
mod site_card;
mod site_form;

pub(crate) use live_check::LiveCheck;
pub(crate) use refused_signals::RefusedSignals;
pub(crate) use site_card::SiteCard;
pub(crate) use site_form::SiteForm;
