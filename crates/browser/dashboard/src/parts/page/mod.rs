//! What every page has: its frame, its heading, and what is shown while there is nothing to show.

mod announcer;
mod connection;
mod empty;
mod failed;
mod heading;
mod icon;
mod lines;
mod load_more;
mod loaded;
mod notification_offer;
mod only;
mod password_offer;
mod presence_button;
mod shell;
mod skeleton;
mod time_ago;
mod waiting_badge;
mod when;

pub(crate) use announcer::{Announcer, AnnouncerRegion, use_announcer};
pub(crate) use connection::{ConnectionMark, OfflineNote};
pub(crate) use empty::Empty;
pub(crate) use failed::Failed;
pub(crate) use heading::{Heading, Visited};
pub(crate) use icon::{Icon, IconMark, signal_icon};
pub(crate) use lines::Lines;
pub(crate) use load_more::LoadMore;
pub(crate) use loaded::Loaded;
pub(crate) use notification_offer::NotificationOffer;
pub(crate) use only::only;
pub(crate) use password_offer::PasswordOffer;
pub(crate) use presence_button::PresenceButton;
pub(crate) use shell::{SITE_SETTINGS, Shell};
pub(crate) use skeleton::Skeleton;
pub(crate) use time_ago::TimeAgo;
pub(crate) use waiting_badge::WaitingBadge;
pub(crate) use when::When;
