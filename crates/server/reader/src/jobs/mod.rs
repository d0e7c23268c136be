//! The jobs of readers: each calls one parser, and gives its result a form for the way back.

mod attachment;
mod calendar;
mod document;
mod entry;
mod look_picture;
mod mail;
mod portrait;
mod sitemap;

pub(crate) use attachment::Attachment;
pub(crate) use calendar::{Events, Properties};
pub(crate) use document::Document;
pub(crate) use entry::Entry;
pub(crate) use look_picture::LookPicture;
pub(crate) use mail::Mail;
pub(crate) use portrait::Portrait;
pub(crate) use sitemap::Sitemap;
