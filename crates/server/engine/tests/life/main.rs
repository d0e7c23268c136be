//! A workspace lives: random stories on a real store, and what must hold whatever happens.

mod as_of;
mod audit;
mod burst;
mod cost;
mod erase;
mod events;
mod everywhere;
mod machine;
mod order;
mod outbox;
mod outbox_model;
mod persons;
mod rebuild;
mod retention;
mod rewind;
mod shown;
mod story;
mod visits;
