//! How many people are meant, as leads write it, and questions for it: what was given is not asked.

use alloc::vec::Vec;
use knock_intent::folded;

/// The people whom a number counts, in four languages, folded.
const PEOPLE: &str = "\
    people persons person ppl users user seats seat employees employee staff colleagues coworkers teammates \
    members licences licenses licence license heads agents reps sellers developers engineers workers personen \
    leute leuten mitarbeiter mitarbeitern mitarbeiterinnen mitarbeitende mitarbeitenden nutzer nutzern \
    nutzerinnen anwender anwendern benutzer benutzern platze platzen plaetze lizenzen kollegen kolleginnen \
    kopfe kopfen koepfe angestellte angestellten beschaftigte beschaftigten mann vertriebler personnes \
    personne utilisateurs utilisateur utilisatrices employes salaries collaborateurs collaboratrices \
    collegues postes sieges membres commerciaux developpeurs personas persona usuarios usuario usuarias \
    empleados empleadas trabajadores colaboradores companeros licencias puestos asientos plazas miembros \
    comerciales desarrolladores gente participants trabajadoras";

/// Numbers as words.
const NUMBERS: &str = "\
    two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty eighty \
    dozen hundred thousand zwei drei vier funf fuenf sechs sieben acht neun zehn elf zwolf zwoelf funfzehn \
    zwanzig dreissig vierzig funfzig hundert tausend deux trois quatre cinq sept huit neuf dix douze quinze \
    vingt trente quarante cinquante cent dos tres cuatro cinco seis siete ocho diez veinte cuarenta cien";

/// Words for all the people together, before the number or after it: "a team of 40", "a 40er-Team".
const TEAMS: &str = "\
    team headcount staff workforce company group department crew mannschaft belegschaft firma unternehmen \
    gruppe abteilung equipe effectif entreprise societe equipo plantilla empresa";

/// Words between a team or "we are" and the number.
const BETWEEN: &str = "\
    of size is are a an the about around roughly approximately some only just currently now von mit aus etwa \
    ca circa rund ungefahr knapp zu ein im de d une un una environ peu pres unos unas cerca aproximadamente \
    alrededor con nur ist est";

/// "We are", in two words or one.
const WE_ARE: &str = "\
    we are, we re, there are, there s, wir sind, nous sommes, on est, nous serons, somos, seremos, wir waren, \
    we d be";

/// One person alone.
const ALONE: &str = "\
    just me, only me, just myself, only myself, by myself, nur ich, nur mich, nur fur mich, juste moi, \
    que moi, moi seul, moi seule, solo yo, solo para mi";

/// "How many", before the people who are asked for.
const HOW_MANY: &str = "how many, wie viele, wieviele, combien de, combien d, cuantas, cuantos, number of";

/// The words that may lie between a number and the people: "40 or so of our people".
const APART: usize = 2;

/// Whether a message says how many people there are: "40 people", "a team of 12", "nur ich".
pub(crate) fn names_team_size(text: &str) -> bool {
    any_part(text, |words| {
        let counts = words.split_first().is_some_and(|(first, after)| is_number(first) && counts_people(after));
        counts || is_team(words) || starts(words, ALONE).is_some()
    })
}

/// Whether a text asks how many people there are.
pub(crate) fn asks_team_size(text: &str) -> bool {
    any_part(text, |words| {
        let asked = starts(words, HOW_MANY).and_then(|length| words.get(length));
        asked.is_some_and(|word| is_one_of(word, PEOPLE))
    })
}

/// Whether people stand right after a number, or a team does: "40 people", "40 of our people", "40er-Team".
fn counts_people(after: &[&str]) -> bool {
    let is_near = after.iter().take(APART + 1).any(|word| is_one_of(word, PEOPLE));
    is_near || after.first().is_some_and(|word| *word == "team") || matches!(after, ["of", "us", ..])
}

/// Whether the words begin with a team and its size, or with "we are" and nothing but a number.
fn is_team(words: &[&str]) -> bool {
    let team = words.first().is_some_and(|word| is_one_of(word, TEAMS)).then_some(1);
    let we = starts(words, WE_ARE);
    let Some(length) = team.or(we) else { return false };
    let rest = &words[length..];
    let between = rest.iter().take_while(|word| is_one_of(word, BETWEEN)).count();
    // "The company is 5 years old" and "we are 5 km away" count something else.
    matches!(&rest[between..], [number] if is_number(number))
        || matches!(&rest[between..], [number, last] if is_number(number) && matches!(*last, "strong" | "now" | "total"))
}

/// The length of the first of some phrases with which the words begin.
fn starts(words: &[&str], phrases: &str) -> Option<usize> {
    let length = |phrase: &str| phrase.split(' ').count();
    let is_begun =
        |phrase: &&str| words.len() >= length(phrase) && phrase.split(' ').eq(words[..length(phrase)].iter().copied());
    phrases.split(", ").find(is_begun).map(length)
}

fn is_one_of(word: &str, words: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// Whether a word is a number of people: of at most six digits, which are folded to zeros, or a word.
fn is_number(word: &str) -> bool {
    let digits = word.chars().take_while(|sign| *sign == '0').count();
    let rest = word.get(digits..).unwrap_or_default();
    is_one_of(word, NUMBERS) || ((1..=6).contains(&digits) && matches!(rest, "" | "er" | "k"))
}

/// Whether a sentence has a place from which on its words are such: they are folded.
fn any_part(text: &str, is_such: impl Fn(&[&str]) -> bool) -> bool {
    folded(text).split(['.', '!', '?', ';', '\n']).any(|sentence| {
        let words = sentence.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
        let words: Vec<&str> = words.collect();
        (0..words.len()).any(|place| is_such(&words[place..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_found_in_four_languages_and_many_forms() {
        for text in [
            "40 people",
            "We are 40 people and need a quote",
            "What does it cost for 40 users?",
            "a quote for 40 seats please",
            "1,200 employees worldwide",
            "50-100 employees",
            "about 40 of our people",
            "there are 40 of us",
            "We are a team of 40",
            "our team size is around 12",
            "a 40-person company",
            "twenty users to start with",
            "headcount: 250",
            "We are 12.",
            "it's just me",
            "Wir sind 40 Personen",
            "Angebot für 40 Nutzer",
            "Wir haben 25 Mitarbeiterinnen und Mitarbeiter",
            "ein 40er-Team",
            "Team von etwa 30",
            "20 Lizenzen, bitte",
            "zwanzig Leute",
            "nur für mich",
            "Nous sommes 40 personnes",
            "un devis pour 40 utilisateurs",
            "une équipe de 15",
            "nous sommes 12",
            "vingt salariés",
            "Somos 40 personas",
            "presupuesto para 40 usuarios",
            "un equipo de 15",
            "somos unos 30",
            "veinte empleados",
        ] {
            assert!(names_team_size(text), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_size() {
        for text in [
            "What does it cost?",
            "40 euros a month is too much",
            "The company is 5 years old",
            "We are 5 km away",
            "We start on 1 March 2027",
            "Call me at 40",
            "my team needs a quote",
            "People like it",
            "Version 3 of the API",
            "Wir sind seit 2019 Kunde",
            "il y a 3 ans",
            "hace 3 meses",
            "",
        ] {
            assert!(!names_team_size(text), "{text}");
        }
    }

    #[test]
    fn a_question_for_the_size_is_known_in_four_languages() {
        for text in [
            "So that we can answer: how many people would use it, and when would you like to start?",
            "Wie viele Personen würden damit arbeiten?",
            "Combien de personnes l'utiliseraient ?",
            "Combien d'utilisateurs ?",
            "¿Cuántas personas lo usarían?",
        ] {
            assert!(asks_team_size(text), "{text}");
        }
        for text in ["How many of them would use it?", "Which system do you use today?", "How much is it?", ""] {
            assert!(!asks_team_size(text), "{text}");
        }
    }
}
