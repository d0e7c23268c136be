//! The intent type of a chat message (IF-08).

mod keywords;

#[cfg(feature = "messages")]
mod decide;
#[cfg(feature = "messages")]
mod features;
#[cfg(feature = "messages")]
mod fold;
#[cfg(feature = "messages")]
mod marks;
#[cfg(feature = "messages")]
mod model;
#[cfg(feature = "messages")]
mod reading;
#[cfg(feature = "messages")]
mod themes;
#[cfg(feature = "messages")]
mod vocabulary;

#[cfg(feature = "messages")]
pub use decide::{ASK_BELOW, CHANGE_FROM, Question, Standing, TypeDecision, decide_choice, decide_type, prior};
#[cfg(feature = "messages")]
pub use features::{BUCKETS, Features};
#[cfg(feature = "messages")]
pub use fold::folded;
pub use keywords::message_type;
use knock_model::{Category, IntentType};
#[cfg(feature = "messages")]
pub use marks::{CASED_MARKS, MARKS};
#[cfg(feature = "messages")]
pub use model::{COLUMNS, GROUPS, MODEL_BYTES, Model};
#[cfg(feature = "messages")]
pub use reading::{NOTHING, Reading, SPAM, SPAM_FROM, TYPES, read_message, read_with};
#[cfg(feature = "messages")]
pub use themes::THEMES;
#[cfg(feature = "messages")]
pub use vocabulary::words_of;

/// The category of a chat message of a lead of this type.
pub const fn message_category(kind: Option<IntentType>) -> Category {
    match kind {
        Some(IntentType::Buying) => Category::ChatBuying,
        Some(IntentType::Partnership) => Category::Partner,
        Some(IntentType::Support) => Category::Support,
        Some(IntentType::JobSeeker) => Category::Job,
        Some(IntentType::Unknown) | None => Category::Home,
    }
}
