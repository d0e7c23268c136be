//! `knock explain status`: facts to the history of a status.

mod answer;
mod case;
mod chat;
mod meeting;

use crate::refused::Refused;
use answer::Answer;
pub(crate) use case::Case;
use case::Machine;

pub(crate) fn answer(case: &Case) -> Result<Answer, Refused> {
    match case.machine {
        Machine::Chat => chat::answer(case),
        Machine::Meeting => meeting::answer(case),
    }
}
