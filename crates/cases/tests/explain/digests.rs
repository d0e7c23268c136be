//! Every answer to the byte and every score to the bit: both builds come to the digests that stand in one file.

use crate::{scores, test};
use knock_cases::{Subject, explain};
use sha2::{Digest, Sha256};

const DIGESTS: &str = include_str!("../../../../tests/vectors/answers.sha256");

const VECTORS: [(&str, Subject, &str); 5] = [
    ("intent", Subject::Intent, include_str!("../../../../tests/vectors/intent.json")),
    ("routing", Subject::Routing, include_str!("../../../../tests/vectors/routing.json")),
    ("slots", Subject::Slots, include_str!("../../../../tests/vectors/slots.json")),
    ("status", Subject::Status, include_str!("../../../../tests/vectors/status.json")),
    ("workflow", Subject::Workflow, include_str!("../../../../tests/vectors/workflow.json")),
];

#[test]
fn answers_and_scores_are_the_same_to_the_bit() {
    let mut found = String::new();
    for (name, subject, vectors) in VECTORS {
        let answers = explain(subject, vectors).expect("vectors are good cases");
        found += &line(answers.to_string().as_bytes(), name);
    }
    found += &line(&scores::folded(), "scores");
    assert!(found == DIGESTS, "not as in tests/vectors/answers.sha256; if that is meant, it must be:\n{found}");
}

fn line(bytes: &[u8], name: &str) -> String {
    let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{hex}  {name}\n")
}
