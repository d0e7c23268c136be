//! The draft of a rule: read from a saved version, written as the next one.

use knock_routing::{CrmAware, Funnel, Plan, Rule, Segment};

use super::condition::{Group, Joint};
use super::fault::{FALLBACK, Fault, NAME};
use super::target::TargetDraft;
use crate::words::rules::next_id;

/// A rule in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RuleDraft {
    /// Its id.
    pub(crate) id: String,
    /// The initial version of the form.
    pub(crate) version: u32,
    /// Whether it takes the leads whose link has no rule.
    pub(crate) is_default: bool,
    /// Its funnel.
    pub(crate) funnel: Funnel,
    /// Its name.
    pub(crate) name: String,
    /// Whether links may use it.
    pub(crate) is_enabled: bool,
    /// The use of the owner in the CRM.
    pub(crate) crm_aware: CrmAware,
    /// Its monitoring channel; empty for none.
    pub(crate) channel: String,
    /// Whether bookings with private addresses are refused.
    pub(crate) rejects_private: bool,
    /// The segments, from top to bottom.
    pub(crate) segments: Vec<SegmentDraft>,
    /// The assignee of the Fallback Segment.
    pub(crate) fallback: TargetDraft,
}

/// A segment in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SegmentDraft {
    /// Its key in the form.
    pub(crate) key: usize,
    /// Its id.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// Whether it is evaluated.
    pub(crate) is_enabled: bool,
    /// The condition on leads.
    pub(crate) when: Group,
    /// The assignee.
    pub(crate) target: TargetDraft,
    /// Its own monitoring channel; empty for the channel of the rule.
    pub(crate) channel: String,
}

impl SegmentDraft {
    /// A segment that matches every lead.
    pub(crate) fn new(id: String, name: String, target: TargetDraft) -> SegmentDraft {
        let when = Group::new(Joint::All);
        SegmentDraft { key: next_id(), id, name, is_enabled: true, when, target, channel: String::new() }
    }

    /// A copy with its own id.
    pub(crate) fn copied(&self, id: String) -> SegmentDraft {
        let mut copy = self.clone();
        copy.when.renumber();
        SegmentDraft { key: next_id(), id, name: format!("{} (copy)", self.name), ..copy }
    }
}

impl RuleDraft {
    /// Reads a version of a rule.
    pub(crate) fn read(rule: &Rule) -> RuleDraft {
        let (rejects_private, segments, fallback) = match &rule.plan {
            Plan::Chat { segments, fallback } => {
                (false, read(segments, TargetDraft::of_chat), TargetDraft::of_chat(fallback))
            }
            Plan::Meeting { reject_private_email, segments, fallback } => {
                (*reject_private_email, read(segments, TargetDraft::of_meeting), TargetDraft::of_meeting(fallback))
            }
        };
        RuleDraft {
            id: rule.id.clone(),
            version: rule.version,
            is_default: rule.is_default,
            funnel: rule.funnel(),
            name: rule.name.clone(),
            is_enabled: rule.enabled,
            crm_aware: rule.crm_aware,
            channel: rule.monitoring_channel.clone().unwrap_or_default(),
            rejects_private,
            segments,
            fallback,
        }
    }

    /// The rule; otherwise all missing inputs.
    pub(crate) fn rule(&self) -> Result<Rule, Vec<Fault>> {
        let mut faults = Vec::new();
        if self.name.trim().is_empty() {
            faults.push(Fault { at: NAME, reason: "Fill in a name.".to_owned() });
        }
        let plan = match self.funnel {
            Funnel::Chat => {
                let segments = self.written(TargetDraft::chat, &mut faults);
                placed(self.fallback.chat(), FALLBACK, &mut faults).map(|fallback| Plan::Chat { segments, fallback })
            }
            Funnel::Meeting => {
                let segments = self.written(TargetDraft::meeting, &mut faults);
                let reject_private_email = self.rejects_private;
                placed(self.fallback.meeting(), FALLBACK, &mut faults).map(|fallback| Plan::Meeting {
                    reject_private_email,
                    segments,
                    fallback,
                })
            }
        };
        let Some(plan) = plan.filter(|_| faults.is_empty()) else { return Err(faults) };
        let rule = Rule {
            id: self.id.clone(),
            name: self.name.trim().to_owned(),
            version: self.version,
            is_default: self.is_default,
            enabled: self.is_enabled,
            crm_aware: self.crm_aware,
            monitoring_channel: given(&self.channel),
            plan,
        };
        rule.check().map_err(|invalid| vec![self.fault(&invalid.field, invalid.reason)])?;
        Ok(rule)
    }

    /// The fault at a place such as `segments[2].when`, as named by the rule's own check and by the server.
    pub(crate) fn fault(&self, place: &str, reason: String) -> Fault {
        let mut words = place.split(['[', ']', '.', '/']).filter(|word| !word.is_empty());
        let at = match words.next() {
            Some("segments") => {
                let number = words.next().and_then(|number| number.parse::<usize>().ok());
                number.and_then(|number| self.segments.get(number)).map_or(NAME, |segment| segment.key)
            }
            Some("fallback") => FALLBACK,
            _ => NAME,
        };
        Fault { at, reason }
    }

    /// The segment with this key.
    pub(crate) fn segment(&self, key: usize) -> Option<&SegmentDraft> {
        self.segments.iter().find(|segment| segment.key == key)
    }

    /// The position of the segment.
    pub(crate) fn place(&self, key: usize) -> Option<usize> {
        self.segments.iter().position(|segment| segment.key == key)
    }

    /// Moves a segment to a place; the others keep their order. Returns whether that changed anything.
    pub(crate) fn move_to(&mut self, key: usize, to: usize) -> bool {
        let Some(from) = self.place(key) else { return false };
        let to = to.min(self.segments.len() - 1);
        let segment = self.segments.remove(from);
        self.segments.insert(to, segment);
        from != to
    }

    /// The assignee of a segment or of the fallback.
    pub(crate) fn target(&self, at: usize) -> Option<&TargetDraft> {
        if at == FALLBACK { Some(&self.fallback) } else { self.segment(at).map(|segment| &segment.target) }
    }

    /// The same, mutable.
    pub(crate) fn target_mut(&mut self, at: usize) -> Option<&mut TargetDraft> {
        if at == FALLBACK {
            return Some(&mut self.fallback);
        }
        self.segments.iter_mut().find(|segment| segment.key == at).map(|segment| &mut segment.target)
    }

    fn written<T>(&self, target: fn(&TargetDraft) -> Result<T, String>, faults: &mut Vec<Fault>) -> Vec<Segment<T>> {
        let mut all = Vec::with_capacity(self.segments.len());
        for segment in &self.segments {
            let when = segment.when.condition(faults);
            let Some(target) = placed(target(&segment.target), segment.key, faults) else { continue };
            if segment.name.trim().is_empty() {
                faults.push(Fault { at: segment.key, reason: "Fill in a name.".to_owned() });
            }
            all.push(Segment {
                id: segment.id.clone(),
                name: segment.name.trim().to_owned(),
                enabled: segment.is_enabled,
                when,
                target,
                monitoring_channel: given(&segment.channel),
            });
        }
        all
    }
}

fn read<T>(segments: &[Segment<T>], target: fn(&T) -> TargetDraft) -> Vec<SegmentDraft> {
    let segment = |segment: &Segment<T>| SegmentDraft {
        key: next_id(),
        id: segment.id.clone(),
        name: segment.name.clone(),
        is_enabled: segment.enabled,
        when: Group::read(&segment.when),
        target: target(&segment.target),
        channel: segment.monitoring_channel.clone().unwrap_or_default(),
    };
    segments.iter().map(segment).collect()
}

fn placed<T>(target: Result<T, String>, at: usize, faults: &mut Vec<Fault>) -> Option<T> {
    target.map_err(|reason| faults.push(Fault { at, reason })).ok()
}

fn given(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_rule_that_is_read_is_written_as_it_was() {
        for rule in [sample::chat_rule(), sample::meeting_rule()] {
            assert_eq!(RuleDraft::read(&rule).rule(), Ok(rule));
        }
    }

    #[wasm_bindgen_test]
    fn a_segment_moves_and_the_others_keep_their_order() {
        let mut draft = RuleDraft::read(&sample::chat_rule());
        let before = draft.rule();
        let (first, last) = (draft.segments[0].key, draft.segments.len() - 1);
        assert!(draft.move_to(first, last + 7));
        assert_eq!(draft.place(first), Some(last));
        assert_ne!(draft.rule(), before);
        assert!(draft.move_to(first, 0) && !draft.move_to(first, 0));
        assert_eq!(draft.rule(), before);
    }

    #[wasm_bindgen_test]
    fn faults_stand_where_something_is_missing() {
        let mut draft = RuleDraft::read(&sample::chat_rule());
        draft.name = " ".to_owned();
        draft.segments[1].target.reps.clear();
        draft.fallback.reps.clear();
        let faults = draft.rule().expect_err("it is not complete");
        let places: Vec<usize> = faults.iter().map(|fault| fault.at).collect();
        assert_eq!(places, [NAME, draft.segments[1].key, FALLBACK]);
        let of_server = draft.fault("/segments/1/assign/pool", "is empty".to_owned());
        assert_eq!(of_server.at, draft.segments[1].key);
    }
}
