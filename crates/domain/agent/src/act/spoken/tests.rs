//! Languages of messages.

use super::*;

fn code(text: &str) -> &'static str {
    match spoken(text) {
        Some(Spoken::Own(language)) => language.as_str(),
        Some(Spoken::Foreign(language)) => language.as_str(),
        None => "",
    }
}

#[test]
fn short_messages_have_a_language() {
    for (text, expected) in [
        ("hello", "en"),
        ("Why was my card charged twice?", "en"),
        ("I was asked to write here", "en"),
        ("Was kostet ein Zugang im Monat?", "de"),
        ("Hallo!", "de"),
        ("bonjour", "fr"),
        ("est-ce que vous livrez le samedi", "fr"),
        ("¿tienen tienda en Lima?", "es"),
        ("puedo pagar con tarjeta", "es"),
    ] {
        assert_eq!(code(text), expected, "{text}");
    }
}

#[test]
fn words_of_several_languages_and_what_is_no_text_decide_nothing() {
    for text in
        ["", "no", "ok", "why", "was", "die", "123 456", "ann@example.com", "https://example.com/die-der-das", "👍"]
    {
        assert_eq!(code(text), "", "{text}");
    }
}

#[test]
fn a_foreign_language_is_not_taken_for_a_neighbour() {
    for (text, expected) in [
        ("Buonasera, la fattura non è arrivata", "it"),
        ("Boa tarde, preciso de uma fatura", "pt"),
        ("kan ik morgen iemand bellen", "nl"),
        ("ile kosztuje dostawa?", "pl"),
        ("kaç gün sürer", "tr"),
        ("hur lång tid tar det", "sv"),
        ("где мой заказ", "ru"),
        ("де моє замовлення", "uk"),
        ("いくらですか", "ja"),
        ("多少钱", "zh"),
        ("얼마예요", "ko"),
        ("كم الثمن", "ar"),
        ("πόσο κοστίζει", "el"),
        ("כמה זה עולה", "he"),
        ("ราคาเท่าไหร่", "th"),
        ("कितना खर्च होगा", "hi"),
    ] {
        assert_eq!(code(text), expected, "{text}");
    }
}

#[test]
fn a_conversation_keeps_its_language() {
    let own = |language| Some(Spoken::Own(language));
    for (spoken, before, expected) in [
        (own(Language::Fr), Some(Language::De), Language::Fr),
        (None, Some(Language::De), Language::De),
        (Some(Spoken::Foreign(ForeignLanguage::Italian)), Some(Language::De), Language::De),
        (Some(Spoken::Foreign(ForeignLanguage::Italian)), None, Language::En),
        (None, None, Language::En),
    ] {
        assert_eq!(language_after(spoken, before, Language::En), expected, "{spoken:?} {before:?}");
    }
}
