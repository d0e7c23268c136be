//! The pages of Settings.

pub(crate) mod availability;
pub(crate) mod credentials;
pub(crate) mod deliveries;
pub(crate) mod enrichment_form;
pub(crate) mod hand_over;
pub(crate) mod holidays;
pub(crate) mod install;
pub(crate) mod installing;
pub(crate) mod keys;
pub(crate) mod mails;
pub(crate) mod meeting_form;
pub(crate) mod notification_form;
pub(crate) mod other_hours;
pub(crate) mod own_password;
pub(crate) mod own_profile;
pub(crate) mod presence;
pub(crate) mod reject_reasons;
pub(crate) mod reply_settings;
pub(crate) mod site_form;
pub(crate) mod sites;
pub(crate) mod slack_acting;
pub(crate) mod slack_form;
pub(crate) mod tag_settings;
pub(crate) mod team;
pub(crate) mod team_notification_form;
pub(crate) mod webhooks;
