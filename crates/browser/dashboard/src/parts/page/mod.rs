//! Parts of every page: heading, marks, and the empty and loading states.

pub(crate) mod announcer;
pub(crate) mod badge;
pub(crate) mod chart;
pub(crate) mod connection;
pub(crate) mod demo_link;
pub(crate) mod empty;
pub(crate) mod face;
pub(crate) mod failed;
pub(crate) mod heading;
pub(crate) mod icon;
pub(crate) mod lazy;
pub(crate) mod lines;
pub(crate) mod load_more;
pub(crate) mod loaded;
pub(crate) mod meeting_badge;
pub(crate) mod only;
pub(crate) mod presence_button;
pub(crate) mod skeleton;
pub(crate) mod tag_chips;
pub(crate) mod technical;
pub(crate) mod time_ago;
pub(crate) mod waiting_badge;
pub(crate) mod when;
