//! Intent: what an action was about, and what all actions of a person say about
//! their readiness to buy.
//!
//! Pure: the instant is an argument, sums are exact, and `libm` gives the same numbers
//! on every machine, so that server and browser never disagree.
#![no_std]

extern crate alloc;

mod account_type;
mod backtest;
mod categorise;
mod course;
mod decay;
mod evidence;
mod funnel;
mod history;
mod message;
mod profile;
mod provisional;
mod score;
mod strength;
mod type_why;
mod visit;

pub use account_type::{TypedContact, account_type};
pub use backtest::{BANDS, Backtest, ENOUGH_OF_ONE, ENOUGH_OUTCOMES, Rate, Tally, wilson};
pub use categorise::{
    Action, Categorised, CategoryOverride, CategoryRule, OverrideBy, categorise, categorise_channel, categorise_with,
    is_cta_label,
};
pub use course::{Course, Move, Sample, course};
pub use evidence::{Evidence, InvalidEvidence};
pub use funnel::{FunnelStage, Relation, funnel_stage};
pub use history::{Change, History, Weighed};
pub use message::*;
pub use profile::{Profile, profile};
pub use provisional::provisional_type;
pub use score::{HIGH_FROM, MEDIUM_FROM, Scored, bucket_of, points_at, score};
pub use strength::{ENGAGED_MS, ENGAGED_STRENGTH, PAGE_VIEW_LONG, strength};
pub use type_why::TypeWhy;
pub use visit::{LONGEST_STAY, Visit, last_visit, on_site_until};
