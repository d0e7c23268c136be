//! Editor of a condition as a tree of groups and comparisons.

use knock_routing::Condition;

use super::comparison::Comparison;
use super::fault::Fault;
use crate::words::rules::next_id;

/// The way in which the parts of a group are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joint {
    /// All parts must hold.
    All,
    /// One part must hold.
    Any,
    /// No part may hold.
    None,
}

impl Joint {
    pub(crate) const ALL: [Joint; 3] = [Joint::All, Joint::Any, Joint::None];

    /// The spelling in the form.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Joint::All => "all",
            Joint::Any => "any",
            Joint::None => "none",
        }
    }
}

/// Comparisons and groups of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// Its key.
    pub(crate) id: usize,
    /// The way in which its parts are joined.
    pub(crate) joint: Joint,
    pub(crate) parts: Vec<Part>,
}

/// A part of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Comparison(Comparison),
    Group(Group),
}

impl Group {
    pub(crate) fn new(joint: Joint) -> Group {
        Group { id: next_id(), joint, parts: Vec::new() }
    }

    /// A condition as a group; a single comparison is a group of one.
    pub(crate) fn read(condition: &Condition) -> Group {
        let (joint, parts) = match condition {
            Condition::All(parts) => (Joint::All, parts.iter().map(Part::read).collect()),
            Condition::Any(parts) => (Joint::Any, parts.iter().map(Part::read).collect()),
            Condition::Not(inner) => match &**inner {
                Condition::Any(parts) => (Joint::None, parts.iter().map(Part::read).collect()),
                other => (Joint::None, vec![Part::read(other)]),
            },
            Condition::Leaf(_) => (Joint::All, vec![Part::read(condition)]),
        };
        Group { id: next_id(), joint, parts }
    }

    /// The condition; missing inputs are added to `faults` and left out.
    pub(crate) fn condition(&self, faults: &mut Vec<Fault>) -> Condition {
        let mut parts = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            match part {
                Part::Group(group) => parts.push(group.condition(faults)),
                Part::Comparison(comparison) => match comparison.leaf() {
                    Ok(leaf) => parts.push(Condition::Leaf(leaf)),
                    Err(reason) => faults.push(Fault { at: comparison.id, reason }),
                },
            }
        }
        match self.joint {
            Joint::All => Condition::All(parts),
            Joint::Any => Condition::Any(parts),
            Joint::None => Condition::Not(Box::new(Condition::Any(parts))),
        }
    }

    /// The group with this id, itself or nested.
    pub(crate) fn group_mut(&mut self, id: usize) -> Option<&mut Group> {
        if self.id == id {
            return Some(self);
        }
        self.parts.iter_mut().find_map(|part| match part {
            Part::Group(group) => group.group_mut(id),
            Part::Comparison(_) => None,
        })
    }

    pub(crate) fn group(&self, id: usize) -> Option<&Group> {
        if self.id == id {
            return Some(self);
        }
        self.parts.iter().find_map(|part| match part {
            Part::Group(group) => group.group(id),
            Part::Comparison(_) => None,
        })
    }

    pub(crate) fn comparison_mut(&mut self, id: usize) -> Option<&mut Comparison> {
        self.parts.iter_mut().find_map(|part| match part {
            Part::Comparison(comparison) => (comparison.id == id).then_some(comparison),
            Part::Group(group) => group.comparison_mut(id),
        })
    }

    pub(crate) fn comparison(&self, id: usize) -> Option<&Comparison> {
        self.parts.iter().find_map(|part| match part {
            Part::Comparison(comparison) => (comparison.id == id).then_some(comparison),
            Part::Group(group) => group.comparison(id),
        })
    }

    /// Removes the part with this id from the tree; returns the id of its group.
    pub(crate) fn remove(&mut self, id: usize) -> Option<usize> {
        if let Some(place) = self.parts.iter().position(|part| part.id() == id) {
            self.parts.remove(place);
            return Some(self.id);
        }
        self.parts.iter_mut().find_map(|part| match part {
            Part::Group(group) => group.remove(id),
            Part::Comparison(_) => None,
        })
    }

    /// Gives all parts new ids, for a copy.
    pub(crate) fn renumber(&mut self) {
        self.id = next_id();
        for part in &mut self.parts {
            match part {
                Part::Comparison(comparison) => comparison.id = next_id(),
                Part::Group(group) => group.renumber(),
            }
        }
    }
}

impl Part {
    /// Its key.
    pub(crate) const fn id(&self) -> usize {
        match self {
            Part::Comparison(comparison) => comparison.id,
            Part::Group(group) => group.id,
        }
    }

    fn read(condition: &Condition) -> Part {
        match condition {
            Condition::Leaf(leaf) => Part::Comparison(Comparison::read(leaf)),
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => Part::Group(Group::read(condition)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_json::parse_with_fractions;
    use knock_routing::Operator;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn condition(text: &str) -> Condition {
        parse_with_fractions(text).expect("a condition")
    }

    #[wasm_bindgen_test]
    fn a_condition_that_is_read_is_written_as_the_same_question() {
        let check = |text: &str, expected: &str| {
            let mut faults = Vec::new();
            let written = Group::read(&condition(text)).condition(&mut faults);
            assert_eq!((written, faults), (condition(expected), Vec::new()), "{text}");
        };
        let leaf = r#"{"field":"intent.type","op":"eq","value":"Buying"}"#;
        check(leaf, &format!("{{\"all\":[{leaf}]}}"));
        check(&format!("{{\"not\":{leaf}}}"), &format!("{{\"not\":{{\"any\":[{leaf}]}}}}"));
        for same in [
            r#"{"any":[]}"#,
            r#"{"all":[{"field":"custom.plan","op":"eq","value":7},{"field":"custom.is_pro","op":"eq","value":true}]}"#,
            r#"{"all":[{"field":"session.page_count","op":"between","value":[1.5,20]}]}"#,
            r#"{"any":[{"all":[{"field":"email","op":"is_set"}]},{"not":{"any":[{"field":"link.id","op":"in","value":["a, b","c"]}]}}]}"#,
            r#"{"all":[{"field":"custom.signed_at","op":"within_last","value":"7d"}]}"#,
            r#"{"all":[{"field":"custom.signed_at","op":"within_last","value":86400000}]}"#,
        ] {
            check(same, same);
        }
    }

    #[wasm_bindgen_test]
    fn what_is_not_filled_in_is_a_fault_of_its_comparison() {
        let mut group = Group::new(Joint::All);
        let comparison = Comparison::new("session.page_count");
        let id = comparison.id;
        group.parts.push(Part::Comparison(comparison));
        let check = |group: &Group, expected: Option<&str>| {
            let mut faults = Vec::new();
            group.condition(&mut faults);
            let found: Vec<_> = faults.iter().map(|fault| (fault.at, fault.reason.as_str())).collect();
            assert_eq!(found, expected.map(|reason| (id, reason)).into_iter().collect::<Vec<_>>());
        };
        check(&group, Some("Fill in a value."));
        let mut write = |value: &str| {
            group.comparison_mut(id).expect("it is in the group").write(0, value.to_owned());
            group.clone()
        };
        check(&write("many"), Some("Fill in a number."));
        check(&write(" 12 "), None);
    }

    #[wasm_bindgen_test]
    fn another_operator_keeps_the_values_that_fit() {
        let mut comparison = Comparison::new("intent.type");
        comparison.values = vec!["Buying".to_owned(), "Support".to_owned()];
        comparison.ask_by(Operator::In);
        assert_eq!(comparison.values.len(), 2);
        comparison.ask_by(Operator::Eq);
        assert_eq!(comparison.values, ["Buying"]);
        comparison.ask_by(Operator::IsSet);
        assert!(comparison.values.is_empty());
    }
}
