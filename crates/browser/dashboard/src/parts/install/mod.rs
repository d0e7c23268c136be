//! Sites, and whether the snippet works.

mod category_fields;
mod guides;
mod identify_fields;
mod live_check;
mod refused_signals;
mod site_card;
mod site_form;
mod unlisted_origins;

pub(crate) use guides::Guides;
pub(crate) use live_check::LiveCheck;
pub(crate) use refused_signals::RefusedSignals;
pub(crate) use site_card::SiteCard;
pub(crate) use site_form::SiteForm;
pub(crate) use unlisted_origins::UnlistedOrigins;
