//! A routing rule: segments, conditions, tester, what-if, versions and links.

pub(crate) mod channel_field;
pub(crate) mod comparison;
pub(crate) mod conditions;
pub(crate) mod controls;
pub(crate) mod created;
pub(crate) mod custom_field;
pub(crate) mod fairness;
pub(crate) mod given_links;
pub(crate) mod pool;
pub(crate) mod rule_bar;
pub(crate) mod rule_card;
pub(crate) mod rule_fields;
pub(crate) mod rule_versions;
pub(crate) mod segment_card;
pub(crate) mod segment_list;
pub(crate) mod segment_values;
pub(crate) mod target_fields;
pub(crate) mod templates;
pub(crate) mod tester_panel;
pub(crate) mod what_if_panel;
