//! Rules of a site's look: its colours, where its launcher is hidden, which teaser was shown.

mod colour;
mod path;
mod shades;
mod teaser;

pub use colour::{Colour, contrast};
pub use path::path_matches;
pub use shades::{READABLE, Shades, VISIBLE, on_dark, on_light};
pub use teaser::teaser_id;

use crate::vocabulary;

vocabulary! {
    /// A picture of a look.
    LookPicture {
        /// The logo in the chat, on pages and in mails.
        Logo = "logo",
        /// The icon of the launcher.
        Icon = "icon",
    }
}
