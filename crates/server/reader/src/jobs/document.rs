//! The passages of a document.

use crate::job::Job;
use knock_agent::Language;
use knock_knowledge::{Document as ReadDocument, FileKind, Unreadable, read_document};
use knock_ports::Passage;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(crate) struct Document {
    pub(crate) content_type: String,
    pub(crate) url: String,
}

/// A document on the way back.
#[derive(Serialize, Deserialize)]
pub(crate) struct Sent {
    kind: FileKind,
    passages: Vec<SentPassage>,
}

#[derive(Serialize, Deserialize)]
struct SentPassage {
    title: String,
    heading: String,
    /// Its code.
    language: Option<String>,
    text: String,
}

impl Job for Document {
    type Read = Sent;
    type Refused = Unreadable;

    fn read(&self, content: &[u8]) -> Result<Sent, Unreadable> {
        let ReadDocument { kind, passages } = read_document(content, &self.content_type, &self.url)?;
        Ok(Sent { kind, passages: passages.into_iter().map(SentPassage::of).collect() })
    }
}

impl Sent {
    /// The document at this address.
    pub(crate) fn document(self, url: &str) -> ReadDocument {
        let passages = self.passages.into_iter().map(|passage| passage.passage(url)).collect();
        ReadDocument { kind: self.kind, passages }
    }
}

impl SentPassage {
    fn of(Passage { title, heading, url: _, language, text }: Passage) -> SentPassage {
        SentPassage { title, heading, language: language.map(|language| language.as_str().to_owned()), text }
    }

    fn passage(self, url: &str) -> Passage {
        let SentPassage { title, heading, language, text } = self;
        let language = language.and_then(|code| Language::parse(&code));
        Passage { title, heading, url: url.to_owned(), language, text }
    }
}
