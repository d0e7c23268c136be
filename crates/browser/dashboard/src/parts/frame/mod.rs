//! The frame around every page: navigation, what is asked above a page, and the member.

pub(crate) mod copy_note;
pub(crate) mod hand_over;
pub(crate) mod name_offer;
pub(crate) mod notification_offer;
pub(crate) mod password_offer;
mod personal_notes;
pub(crate) mod shell;
