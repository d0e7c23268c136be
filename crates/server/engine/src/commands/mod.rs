//! The commands: everything that can change, one subject a file.

mod append_signals;
mod auth;
mod catch_up;
mod chat_status;
mod erase_person;
mod fire_timers;
mod fold;
mod identify;
mod lead_action;
mod lead_message;
mod let_go;
mod mail;
mod open_chat;
pub(crate) mod outbox;
mod rebuild;
mod rep_message;
pub(crate) mod routing;
mod set_type;
mod set_up;
mod visit_order;

pub use append_signals::{AppendSignals, Appended, FreshIds};
pub use auth::{CreateApiKey, CreateLoginLink, SignIn, SignOut};
pub use catch_up::CatchUp;
pub use erase_person::ErasePerson;
pub use fire_timers::{FireTimers, Fired};
pub use lead_action::ActOnLead;
pub use lead_message::LeadMessage;
pub use let_go::{LetGo, LetGoSoFar};
pub use mail::{MailSignInLink, NoteRead, StopMail};
pub use open_chat::OpenChat;
pub use outbox::{ClaimDeliveries, CompleteAttempt, DropEndpoint, SaveEndpoint, SendAgain, TestWebhook};
pub use rebuild::{Rebuild, Rebuilt, Step, Tally};
pub use rep_message::RepMessage;
pub use routing::{AssignRule, RuleSaved, SaveRule};
pub use set_type::SetType;
pub use set_up::{CreateSite, RotateIdentifySecret, SaveSite, SetUp};
