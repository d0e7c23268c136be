//! The AI agent.

/// The name of the AI agent in place of a rep, in fields of the CRM, decisions and pages.
pub const AI_AGENT: &str = "AI Agent";
