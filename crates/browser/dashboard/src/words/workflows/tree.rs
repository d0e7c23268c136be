//! Steps of a draft by their keys: found, added, moved and removed, also within branches.

use super::draft::StepDraft;

/// A list of steps: that of the workflow, or one of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Branch {
    Main,
    /// The steps of the step with this key, when its condition holds.
    Then(usize),
    Else(usize),
}

impl Branch {
    /// The end of the ids of its controls.
    pub(crate) fn id(self) -> String {
        match self {
            Branch::Main => "main".to_owned(),
            Branch::Then(key) => format!("then-{key}"),
            Branch::Else(key) => format!("else-{key}"),
        }
    }
}

/// The step with this key.
pub(crate) fn find(steps: &[StepDraft], key: usize) -> Option<&StepDraft> {
    steps.iter().find_map(|step| {
        if step.key == key {
            return Some(step);
        }
        find(&step.then, key).or_else(|| find(&step.otherwise, key))
    })
}

/// The same, to change it.
pub(crate) fn find_mut(steps: &mut [StepDraft], key: usize) -> Option<&mut StepDraft> {
    steps.iter_mut().find_map(|step| {
        if step.key == key {
            return Some(step);
        }
        match find_mut(&mut step.then, key) {
            Some(found) => Some(found),
            None => find_mut(&mut step.otherwise, key),
        }
    })
}

/// The steps of a branch.
pub(crate) fn branch(steps: &[StepDraft], of: Branch) -> &[StepDraft] {
    match of {
        Branch::Main => steps,
        Branch::Then(key) => find(steps, key).map(|step| step.then.as_slice()).unwrap_or_default(),
        Branch::Else(key) => find(steps, key).map(|step| step.otherwise.as_slice()).unwrap_or_default(),
    }
}

/// The same, to change it; none once its step was removed.
pub(crate) fn branch_mut(steps: &mut Vec<StepDraft>, of: Branch) -> Option<&mut Vec<StepDraft>> {
    match of {
        Branch::Main => Some(steps),
        Branch::Then(key) => find_mut(steps, key).map(|step| &mut step.then),
        Branch::Else(key) => find_mut(steps, key).map(|step| &mut step.otherwise),
    }
}

/// All steps, those of branches behind their step.
pub(crate) fn all(steps: &[StepDraft]) -> Vec<&StepDraft> {
    let mut found = Vec::new();
    for step in steps {
        found.push(step);
        found.extend(all(&step.then));
        found.extend(all(&step.otherwise));
    }
    found
}

/// The greatest number of an id `s1`, `s2`, ...; 0 without one.
pub(crate) fn last_number(steps: &[StepDraft]) -> usize {
    let number = |step: &StepDraft| step.id.strip_prefix('s')?.parse::<usize>().ok();
    all(steps).into_iter().filter_map(number).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::draft::Kind;
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn step(id: &str) -> StepDraft {
        StepDraft::new(id.to_owned(), Kind::Branch, "UTC")
    }

    #[wasm_bindgen_test]
    fn steps_within_branches_are_found() {
        let (mut outer, mut inner, leaf) = (step("s1"), step("s7"), step("x"));
        let (outer_key, inner_key, leaf_key) = (outer.key, inner.key, leaf.key);
        inner.otherwise = vec![leaf];
        outer.then = vec![inner];
        let mut steps = vec![outer, step("s3")];
        assert_eq!(find(&steps, leaf_key).map(|step| step.id.as_str()), Some("x"));
        assert_eq!(branch(&steps, Branch::Then(outer_key))[0].key, inner_key);
        assert_eq!(all(&steps).iter().map(|step| step.id.as_str()).collect::<Vec<_>>(), ["s1", "s7", "x", "s3"]);
        assert_eq!(last_number(&steps), 7);
        branch_mut(&mut steps, Branch::Else(inner_key)).expect("it is there").clear();
        assert!(find(&steps, leaf_key).is_none() && find_mut(&mut steps, inner_key).is_some());
    }
}
