//! The intent type after a message: what the person did and what they wrote, added as log-odds
//! (`docs/domain.md`, Intent type).

use super::reading::{Reading, best};
use crate::evidence::Evidence;
use crate::provisional;
use crate::type_why::TypeWhy;
use knock_model::{IntentType, Millis};

/// The margin `m`: with less the type is not sure, and one question is worth asking.
pub const ASK_BELOW: f64 = 1.5;
/// The minimum of a later message alone for a change of the type: twice `m`.
pub const CHANGE_FROM: f64 = 2.0 * ASK_BELOW;

/// Activity counts as no more than this: at most `ln(1 + 19)` = 3.0 between two types, so that a clear
/// sentence outweighs any number of page views.
const MOST_ACTIVITY: f64 = 19.0;

/// Whether the agent may ask what somebody wants; it asks once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Question {
    /// Asking is switched off, or a human has taken over.
    #[default]
    Off,
    /// Not asked yet.
    Ready,
    /// Asked; the next message is the answer.
    Asked,
    /// Asked and answered.
    Answered,
}

/// The state before a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The type so far; `Unknown` before the first message that says something.
    pub kind: IntentType,
    /// Whether a human has set it. Then no message changes it.
    pub is_set_by_rep: bool,
    pub question: Question,
}

impl Standing {
    /// The state after the last decision. One question may be asked, unless a human already takes part.
    pub fn after(last: Option<(IntentType, TypeWhy, Question)>, has_human: bool) -> Standing {
        let (kind, why, question) = last.unwrap_or((IntentType::Unknown, TypeWhy::Nothing, Question::Ready));
        Standing {
            kind,
            is_set_by_rep: why == TypeWhy::SetByRep,
            question: if has_human && question == Question::Ready { Question::Off } else { question },
        }
    }
}

/// The type after a message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TypeDecision {
    pub kind: IntentType,
    /// By how much it leads over the next type; 0 where nothing was weighed.
    pub margin: f64,
    /// Whether the agent should ask what the person wants.
    pub ask: bool,
    pub why: TypeWhy,
    /// The state before the next message.
    pub standing: Standing,
}

/// The log-odds of each type by the activity left at `now`, before the first message; all zero without activity.
pub fn prior(mix: &Evidence, now: Millis) -> [f64; 4] {
    let weights = provisional::weights(mix, now);
    let sum: f64 = weights.iter().sum();
    let share = if sum > MOST_ACTIVITY { MOST_ACTIVITY / sum } else { 1.0 };
    let even = (sum * share + 4.0) / 4.0;
    weights.map(|weight| libm::log((weight * share + 1.0) / even))
}

/// Decides the type after a message. `prior` is what was done before it, see [`prior`].
pub fn decide_type(standing: Standing, prior: &[f64; 4], reading: &Reading) -> TypeDecision {
    if reading.is_spam {
        return keep(standing, TypeWhy::Spam);
    }
    if standing.is_set_by_rep {
        return keep(standing, TypeWhy::SetByRep);
    }
    let is_answer = standing.question == Question::Asked;
    let is_open = is_answer || standing.kind == IntentType::Unknown;
    match (is_open, reading.says_nothing) {
        (true, false) => {
            let why = if is_answer { TypeWhy::Answer } else { TypeWhy::Message };
            let sum = core::array::from_fn(|kind| prior[kind] + reading.intent[kind]);
            settle(standing, best(&sum), why)
        }
        (true, true) if standing.kind != IntentType::Unknown => settle(standing, (standing.kind, 0.0), TypeWhy::Kept),
        // While there can be a question it comes first, and who did not answer it stays unknown.
        (true, true) => match (standing.question, best(prior)) {
            (Question::Off, (kind, margin)) if margin > 0.0 => settle(standing, (kind, margin), TypeWhy::Activity),
            _ => settle(standing, (IntentType::Unknown, 0.0), TypeWhy::Nothing),
        },
        (false, false) => match reading.best() {
            (kind, margin) if margin >= CHANGE_FROM && kind != standing.kind => {
                settle(standing, (kind, margin), TypeWhy::LaterMessage)
            }
            _ => keep(standing, TypeWhy::Kept),
        },
        (false, true) => keep(standing, TypeWhy::Kept),
    }
}

/// Decides the type after one of the choices that the question offers: it decides alone, unless a human has.
pub fn decide_choice(standing: Standing, kind: IntentType) -> TypeDecision {
    if standing.is_set_by_rep {
        return keep(standing, TypeWhy::SetByRep);
    }
    let question = if standing.question == Question::Off { Question::Off } else { Question::Answered };
    let standing = Standing { kind, question, ..standing };
    TypeDecision { kind, margin: CHANGE_FROM, ask: false, why: TypeWhy::Answer, standing }
}

fn keep(standing: Standing, why: TypeWhy) -> TypeDecision {
    TypeDecision { kind: standing.kind, margin: 0.0, ask: false, why, standing }
}

/// Activity decides without a question: it does so only where none can be asked.
fn settle(before: Standing, (kind, margin): (IntentType, f64), why: TypeWhy) -> TypeDecision {
    let is_unsure = match why {
        TypeWhy::Message => margin < ASK_BELOW,
        TypeWhy::Nothing => true,
        TypeWhy::Answer
        | TypeWhy::Activity
        | TypeWhy::LaterMessage
        | TypeWhy::Kept
        | TypeWhy::SetByRep
        | TypeWhy::Spam => false,
    };
    let ask = is_unsure && before.question == Question::Ready;
    let question = match before.question {
        Question::Ready if ask => Question::Asked,
        Question::Asked => Question::Answered,
        Question::Off | Question::Ready | Question::Answered => before.question,
    };
    TypeDecision { kind, margin, ask, why, standing: Standing { kind, question, ..before } }
}
