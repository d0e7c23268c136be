//! The reason of an intent type, as stored and shown with decisions.

use knock_model::vocabulary;

vocabulary! {
    /// The reason of a type.
    TypeWhy {
        /// The first message that says something, with the activity before it.
        Message = "message",
        /// The answer to the question, with the activity before it.
        Answer = "answer",
        /// The message says nothing; the activity before it does.
        Activity = "activity",
        /// Neither the message nor the activity decides the type.
        Nothing = "nothing",
        /// A later message left no doubt.
        LaterMessage = "later_message",
        /// No new evidence against the current type.
        Kept = "kept",
        /// A human has set it.
        SetByRep = "set_by_rep",
        /// Spam tells of no purpose.
        Spam = "spam",
    }
}
