//! A workspace lives: random stories on a real store, and what must hold whatever happens.

mod as_of;
mod burst;
mod erase;
mod machine;
mod order;
mod persons;
mod rebuild;
mod retention;
mod story;
mod visits;
