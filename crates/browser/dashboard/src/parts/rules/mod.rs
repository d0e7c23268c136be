//! A routing rule: segments, conditions, tester, what-if, versions and links.

mod channel_field;
mod comparison;
mod conditions;
mod controls;
mod created;
mod custom_field;
mod fairness;
mod given_links;
mod pool;
mod rule_bar;
mod rule_card;
mod rule_fields;
mod rule_versions;
mod segment_card;
mod segment_list;
mod segment_values;
mod target_fields;
mod templates;
mod tester_panel;
mod what_if_panel;

pub(crate) use created::NewRule;
pub(crate) use custom_field::custom_field;
pub(crate) use fairness::FairnessPanel;
pub(crate) use given_links::GivenLinks;
pub(crate) use rule_bar::rule_bar;
pub(crate) use rule_card::rule_card;
pub(crate) use rule_fields::rule_fields;
pub(crate) use rule_versions::RuleVersionList;
pub(crate) use segment_list::SegmentList;
pub(crate) use templates::{RenameQuestion, TemplateQuestion};
pub(crate) use tester_panel::TesterPanel;
pub(crate) use what_if_panel::WhatIfPanel;
