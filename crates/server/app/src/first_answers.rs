//! What the built-in agent knows before the team has told it anything: about the demo company.

use knock_agent::Answer;

/// Questions that visitors of the demo site may ask.
pub(crate) fn first_answers() -> Vec<Answer> {
    let known = [
        (
            "How much does it cost? What are your prices?",
            "Starter is $490 a month and Team $1,450; Enterprise starts at $4,200. Details are on the pricing page: /demo/pricing",
        ),
        (
            "Where is my data stored?",
            "In the EU or in the US: Frankfurt or Ohio, chosen once and never mixed. The security page has the rest: /demo/security",
        ),
        ("Do you have an API?", "Yes, a REST API with webhooks. Start here: /demo/docs/api"),
        ("Which carriers and systems do you integrate with?", "The list of integrations is here: /demo/integrations"),
        ("How long does onboarding take?", "Most teams audit their first invoices within two weeks."),
    ];
    known.map(|(question, answer)| Answer { question: question.into(), answer: answer.into() }).into()
}
