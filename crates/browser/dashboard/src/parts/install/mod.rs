//! Sites, and whether the snippet works.

pub(crate) mod category_fields;
pub(crate) mod demo_notice;
pub(crate) mod guides;
pub(crate) mod identify_fields;
pub(crate) mod live_check;
pub(crate) mod refused_signals;
pub(crate) mod site_card;
pub(crate) mod site_form;
pub(crate) mod unlisted_origins;
