//! Random stories of a workspace on a real store, and their invariants.

mod account_types;
mod as_of;
mod audit;
mod backtest;
mod burst;
mod cost;
mod course;
mod erase;
mod events;
mod everywhere;
mod fairness;
mod inbox;
mod leaving;
mod machine;
mod meetings;
mod order;
mod outbox;
mod outbox_model;
mod persons;
mod rebuild;
mod retention;
mod rewind;
mod session_sequences;
mod shown;
mod story;
mod what_if;
