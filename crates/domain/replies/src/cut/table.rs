//! Answers as people write them, each with what stays.

use super::cut;

fn check(text: &str, expected: &str) {
    assert_eq!(cut(text).text, expected, "{text}");
}

#[test]
fn an_answer_above_its_quote_stays_alone() {
    check("Yes.\n\nOn 3 Feb 2025, at 10:11, Bo <bo@first.example> wrote:\n\n> Can we meet?\n> Bo\n", "Yes.");
    check("Yes.\n\nOn Mon, Feb 3, 2025 at 10:11 AM Bo Bell <\nbo@first.example> wrote:\n\n> Can we meet?", "Yes.");
    check("Ja.\n\nAm Mo., 3. Feb. 2025 um 10:11 Uhr schrieb Bo <bo@first.example>:\n> Passt es?", "Ja.");
    check("Oui.\n\nLe lun. 3 févr. 2025 à 10:11, Bo <bo@first.example> a écrit\u{a0}:\n> Quand ?", "Oui.");
    check("Sí.\n\nEl lun, 3 feb 2025 a las 10:11, Bo (<bo@first.example>) escribió:\n> ¿Cuándo?", "Sí.");
    check("Yes.\n> Can we meet?", "Yes.");
    check("On my side 3 is fine.\nOn 3 Feb 2025, Bo <bo@first.example> wrote:\n> Hi", "On my side 3 is fine.");
    check("Yes.\nBo Bell <bo@first.example> wrote:\n> Hi", "Yes.");
}

#[test]
fn an_answer_below_its_quote_stays_alone() {
    check("On 3 Feb 2025 10:11, Bo wrote:\n> Can we meet?\n> Bo\n\nYes.\nAnn", "Yes.\nAnn");
    check("> Can we meet?\n\nYes.\n\n> Bo", "Yes.");
}

#[test]
fn answers_between_quotes_stay_with_what_they_answer() {
    check(
        "On 3 Feb 2025 10:11, Bo wrote:\n> Hi\n> How many?\nTen.\n> a\n> b\n> c\n> When?\nNow.\n> Bo",
        "> Hi\n> How many?\nTen.\n> b\n> c\n> When?\nNow.",
    );
    check("Hi Bo\n\n> How many?\n\nTen.", "Hi Bo\n\n> How many?\n\nTen.");
}

#[test]
fn all_after_the_head_of_a_mail_goes() {
    check("Yes.\n\nFrom: Bo <bo@first.example>\nSent: Monday\nTo: Ann\nSubject: Hi\n\nCan we meet?", "Yes.");
    check(
        "Yes.\n________________________________\nVon: Bo <bo@first.example>\nGesendet: Montag\nBetreff: x\n\nHallo",
        "Yes.",
    );
    check("Yes.\n-----Original Message-----\nCan we meet?", "Yes.");
    check("Oui.\n-------- Message d\u{2019}origine --------\nQuand ?", "Oui.");
    check(
        "We travel\nFrom: Berlin\nTo: Rome\nWhat is the price?",
        "We travel\nFrom: Berlin\nTo: Rome\nWhat is the price?",
    );
}

#[test]
fn signatures_and_lines_of_phones_go() {
    check("Yes.\n\n-- \nAnn Able\nAcme", "Yes.");
    check("Yes.\n\nSent from my iPhone\n\n> On 3 Feb 2025, at 10:11, Bo wrote:\n> Hi", "Yes.");
    check("Ja.\n\nVon meinem iPhone gesendet", "Ja.");
    check("Yes.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>", "Yes.");
    check(
        "Sent from my iPhone is what it said.\nBut I never sent it.",
        "Sent from my iPhone is what it said.\nBut I never sent it.",
    );
}

#[test]
fn what_somebody_passes_on_stays() {
    let forward =
        "Look:\n\n---------- Forwarded message ---------\nFrom: Cy <cy@acme.example>\nSubject: x\n\n> Hi\n\n-- \nCy";
    check(forward, &forward.replace("-- \n", "--\n"));
}

#[test]
fn what_is_no_quote_stays() {
    check("On Monday he wrote: \"10 seats\"", "On Monday he wrote: \"10 seats\"");
    check("On 3 May he wrote:\nten seats are enough", "On 3 May he wrote:\nten seats are enough");
    check("> Can we meet?", "> Can we meet?");
    check("-- \nAnn Able", "--\nAnn Able");
    check("", "");
    check("a\r\n\r\n\r\nb \u{a0}\r\n", "a\n\nb");
}
