//! The framework's prelude, with our `With`, `WithUntracked` and `Update` in place of its own.

pub(crate) use leptos::prelude::*;

pub(crate) use crate::reactive::{Update, With, WithUntracked};
