//! What messages do.
