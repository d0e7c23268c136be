//! Kinds and states of knowledge sources.

use crate::{spelled, vocabulary};

vocabulary! {
    /// The kind of a source of knowledge.
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
    /// The state of a source of knowledge.
    SourceState {
        /// A reading is due.
        Waiting = "waiting",
        /// A server reads it.
        Reading = "reading",
        /// The last reading succeeded.
        Ready = "ready",
        /// The last reading failed; passages of an earlier one are kept.
        Failed = "failed",
    }
}
spelled!(SourceState);
