//! Why an intent type is what it is, as decisions are stored and shown.

use knock_model::vocabulary;

vocabulary! {
    /// Why a type is what it is.
    TypeWhy {
        /// The first message that says something, with the activity before it.
        Message = "message",
        /// The answer to the question, with the activity before it.
        Answer = "answer",
        /// The message says nothing; the activity before it does.
        Activity = "activity",
        /// The message says nothing, and nothing was done before.
        Nothing = "nothing",
        /// A later message left no doubt.
        LaterMessage = "later_message",
        /// Nothing new against what stands.
        Kept = "kept",
        /// A human has set it.
        SetByRep = "set_by_rep",
        /// Spam tells of no purpose.
        Spam = "spam",
    }
}
