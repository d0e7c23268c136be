//! The language that a message is written in.

use crate::Language;
use knock_model::vocabulary;

/// A language in which leads write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    /// One that the agent speaks.
    Own(Language),
    /// Another one.
    Foreign(ForeignLanguage),
}

vocabulary! {
    /// A language that the agent recognises but does not speak, by its code (ISO 639-1).
    ForeignLanguage {
        Italian = "it",
        Portuguese = "pt",
        Dutch = "nl",
        Polish = "pl",
        Russian = "ru",
        Ukrainian = "uk",
        Turkish = "tr",
        Arabic = "ar",
        Persian = "fa",
        Hebrew = "he",
        Hindi = "hi",
        Bengali = "bn",
        Chinese = "zh",
        Japanese = "ja",
        Korean = "ko",
        Vietnamese = "vi",
        Thai = "th",
        Indonesian = "id",
        Swedish = "sv",
        Danish = "da",
        Norwegian = "no",
        Finnish = "fi",
        Czech = "cs",
        Slovak = "sk",
        Hungarian = "hu",
        Romanian = "ro",
        Bulgarian = "bg",
        Greek = "el",
        Croatian = "hr",
        Catalan = "ca",
    }
}
