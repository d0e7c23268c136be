//! What leads write: some of it says what they want, most of it does not, none of it is spam.

const TEXTS: [&str; 24] = [
    "Hi, is somebody there?",
    "What does the team plan cost for {} people?",
    "We have {} warehouses in three countries.",
    "Can we pay by invoice?",
    "We need a quote for {} seats by Friday.",
    "Ok, thanks.",
    "How long does it take to set up?",
    "Does it work with HubSpot?",
    "We use something of our own at the moment, since 20{}.",
    "The export stopped working {} minutes ago.",
    "Yes.",
    "I would like to see a demo.",
    "Where is the data stored?",
    "Is there a discount for a year?",
    "Our security team will ask for a report.",
    "I am comparing {} products.",
    "That sounds good.",
    "Do you have an office in Vienna?",
    "How do I reset my password?",
    "Let me ask my colleague.",
    "We could start with {} users and grow from there.",
    "Do you work with resellers?",
    "No, that is all for now.",
    "What is the difference between the two larger plans?",
];

/// What a conversation's lead writes as its message `written`; each conversation begins elsewhere.
pub(crate) fn text(conversation: u32, written: u32) -> String {
    let place = (conversation * 7 + written) as usize % TEXTS.len();
    TEXTS[place].replace("{}", &(10 + (conversation + written) % 80).to_string())
}
