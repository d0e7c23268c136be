//! The transition tables and the stories that a table of single steps cannot tell.

mod chat;
mod chat_stories;
mod course;
mod grid;
mod inbox;
mod meeting;
mod meeting_stories;
mod waiting;
mod words;
mod work;
