//! The questions of a meeting link, and the answers of a visitor.

use super::place::invalid;
use crate::http::problem::Problem;
use knock_model::{Answer, Label};
use knock_ports::Answered;
use knock_wire::{LinkQuestion, Question, QuestionKind};
use std::collections::BTreeMap;

/// The questions as visitors see them.
pub(super) fn shown(questions: &[LinkQuestion]) -> Vec<Question> {
    let shown = questions.iter().map(|question| Question {
        id: question.id.clone(),
        label: question.label.clone(),
        kind: word(question.kind).into(),
        options: question.options.clone(),
        required: question.required,
    });
    shown.collect()
}

const fn word(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Text => "text",
        QuestionKind::Number => "number",
        QuestionKind::Choice => "choice",
    }
}

/// The answers: for routing, by the field that each fills, and as the team reads them.
#[derive(Default)]
pub(super) struct Answers {
    pub(super) fields: Vec<(String, Answer)>,
    pub(super) read: Vec<Answered>,
}

/// Checks the answers; `is_complete` says whether all required ones must be there.
pub(super) fn check(
    questions: &[LinkQuestion],
    given: &BTreeMap<String, String>,
    is_complete: bool,
) -> Result<Answers, Problem> {
    if let Some(id) = given.keys().find(|id| questions.iter().all(|question| question.id != **id)) {
        return Err(invalid(&format!("/answers/{id}"), "is no question of this link"));
    }
    let mut answers = Answers::default();
    for question in questions {
        let pointer = format!("/answers/{}", question.id);
        let given = given.get(&question.id).map_or("", |given| given.trim());
        if given.chars().count() > Answer::MAX {
            return Err(invalid(&pointer, format!("is longer than {} characters", Answer::MAX)));
        }
        let answer = Answer::parse(given);
        if answer.is_empty() {
            if question.required && is_complete {
                return Err(invalid(&pointer, "has to be answered"));
            }
            continue;
        }
        if let Some(reason) = wrong(question, &answer) {
            return Err(invalid(&pointer, reason));
        }
        if !question.field.is_empty() {
            answers.fields.push((question.field.clone(), answer.clone()));
        }
        answers.read.push(Answered { question: Label::parse(&question.label), answer });
    }
    Ok(answers)
}

fn wrong(question: &LinkQuestion, answer: &str) -> Option<&'static str> {
    match question.kind {
        QuestionKind::Number if answer.parse::<f64>().is_err() => Some("is no number"),
        QuestionKind::Choice if question.options.iter().all(|option| Answer::parse(option) != answer) => {
            Some("is none of the choices")
        }
        QuestionKind::Text | QuestionKind::Number | QuestionKind::Choice => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(id: &str, kind: QuestionKind, field: &str) -> LinkQuestion {
        let options = if kind == QuestionKind::Choice { vec!["a".into(), "b".into()] } else { Vec::new() };
        LinkQuestion { id: id.into(), label: format!("{id}?"), kind, options, required: true, field: field.into() }
    }

    fn answers(all: &[(&str, &str)]) -> BTreeMap<String, String> {
        all.iter().map(|(id, answer)| ((*id).to_owned(), (*answer).to_owned())).collect()
    }

    #[test]
    fn answers_fill_fields_and_what_is_wrong_is_named() {
        let asked = [question("size", QuestionKind::Number, "employees"), question("pick", QuestionKind::Choice, "")];
        let checked = |given: &[(&str, &str)], is_complete| check(&asked, &answers(given), is_complete);
        let good = checked(&[("size", " 40 "), ("pick", "b")], true).expect("good");
        assert_eq!(good.fields, [("employees".to_owned(), Answer::from("40"))]);
        assert_eq!(good.read.len(), 2);
        assert!(checked(&[("size", "40")], false).is_ok(), "for a hold not all are needed");
        for given in [
            &[("size", "40")][..],
            &[("size", "many"), ("pick", "b")],
            &[("size", "40"), ("pick", "c")],
            &[("size", "40"), ("pick", "b"), ("other", "x")],
        ] {
            assert!(checked(given, true).is_err(), "{given:?}");
        }
    }
}
