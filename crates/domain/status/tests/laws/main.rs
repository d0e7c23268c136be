//! Laws that hold for every history of Chat Status and of Meeting Status.

mod both;
mod chat;
mod chat_fields;
mod course;
mod history;
mod machine;
mod meeting;
mod reversals;
mod waiting;
