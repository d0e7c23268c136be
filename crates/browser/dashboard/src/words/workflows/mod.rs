//! Drafts of workflows, and how workflows, their steps and their runs read.

pub(crate) mod content;
pub(crate) mod draft;
pub(crate) mod fields;
pub(crate) mod place;
pub(crate) mod placeholders;
pub(crate) mod reasons;
pub(crate) mod span;
pub(crate) mod texts;
pub(crate) mod times;
pub(crate) mod tree;
pub(crate) mod trigger;
pub(crate) mod written;

use knock_model::Permission;

/// The permission to make workflows.
pub(crate) const MANAGE: Permission = Permission::ManageWorkflows;
