//! Kinds and states of knowledge sources.

use crate::{spelled, vocabulary};

vocabulary! {
    /// What a source of knowledge is.
    SourceKind {
        /// One page of a website.
        Page = "page",
        /// The pages that a sitemap lists.
        Sitemap = "sitemap",
        /// An uploaded file.
        File = "file",
    }
}
spelled!(SourceKind);

vocabulary! {
    /// Where a source of knowledge stands.
    SourceState {
        /// It is due to be read.
        Waiting = "waiting",
        /// A server reads it.
        Reading = "reading",
        /// It was read.
        Ready = "ready",
        /// It could not be read; passages of an earlier reading stay.
        Failed = "failed",
    }
}
spelled!(SourceState);
