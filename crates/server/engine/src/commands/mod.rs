//! The commands: everything that can change, one subject a file.

mod append_signals;
mod fire_timers;
mod fold;
mod identify;
mod let_in;
mod set_up;

pub use append_signals::{AppendSignals, Appended, FreshIds};
pub use fire_timers::{FireTimers, Fired};
pub use let_in::{CreateApiKey, CreateLoginLink, SignIn, SignOut};
pub use set_up::{CreateSite, SaveSite, SetUp};
