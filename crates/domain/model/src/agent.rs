//! The AI agent.

/// What the AI agent is called where a rep could stand, in fields of the CRM, decisions and pages.
pub const AI_AGENT: &str = "AI Agent";
