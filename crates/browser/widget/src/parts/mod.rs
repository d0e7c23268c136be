//! The panel's parts, one per file.

mod card;
mod choices;
mod composer;
mod consent;
mod entry;
mod file;
mod head;
mod icon;
mod log;
mod meeting_bar;
mod message_text;
mod notice;
mod panel;

use card::Card;
use choices::Choices;
use composer::Composer;
use consent::Privacy;
use entry::EntryRow;
use file::FileLink;
use head::Head;
use icon::{Icon, IconMark};
use log::Log;
use meeting_bar::MeetingBar;
use message_text::MessageText;
use notice::NoticeBar;
pub(crate) use panel::Panel;
