//! Lines of messages with and without a telephone number.

use crate::Phone;
use alloc::string::String;
use proptest::prelude::*;

#[test]
fn a_number_that_is_written_as_one_is_found() {
    for (line, number) in [
        ("You can reach me at +49 30 1234567.", "+49 30 1234567"),
        ("+4915123456789", "+4915123456789"),
        ("call me: +1 (415) 555-0132, thanks", "+1 (415) 555-0132"),
        ("My cell is (415) 555-0132 after 5", "(415) 555-0132"),
        ("Phone 415-555-0132", "415-555-0132"),
        ("It is 1-415-555-0132.", "1-415-555-0132"),
        ("415.555.0132 works best", "415.555.0132"),
        ("my number is 4155550132", "4155550132"),
        ("UK office: 020 7946 0958", "020 7946 0958"),
        ("ring 07700 900123 please", "07700 900123"),
        ("Meine Nummer ist 0171 1234567", "0171 1234567"),
        ("Tel.: 030/123456-0", "030/123456-0"),
        ("Tel.030 1234567", "030 1234567"),
        ("Sie erreichen mich unter 01711234567", "01711234567"),
        ("Rufen Sie mich an: 0049 (0)30 1234567", "0049 (0)30 1234567"),
        ("(030) 1234567 oder per Mail", "(030) 1234567"),
        ("(+49 171 1234567)", "+49 171 1234567"),
        ("Büro 030 / 1234567", "030 / 1234567"),
        ("mobil 0171-1234567 / Büro 030 7654321", "0171-1234567"),
        ("030 1234567 / 0171 1234567", "030 1234567"),
        ("Mi móvil es 612345678", "612345678"),
        ("llámame al 612 345 678", "612 345 678"),
        ("Oficina: 912 34 56 78", "912 34 56 78"),
        ("+34 612 34 56 78, gracias", "+34 612 34 56 78"),
        ("Mon numéro : 06 12 34 56 78", "06 12 34 56 78"),
        ("06.12.34.56.78", "06.12.34.56.78"),
        ("appelez-moi au 0612345678", "0612345678"),
        ("vous pouvez me joindre au +33\u{a0}6\u{a0}12\u{a0}34\u{a0}56\u{a0}78", "+33 6 12 34 56 78"),
        ("My order is 12345. Call me at 030 1234567", "030 1234567"),
        ("we are 250 people\n+41 44 668 18 00", "+41 44 668 18 00"),
        ("on 2026-03-04 or by +45 12 34 56 78", "+45 12 34 56 78"),
    ] {
        assert_eq!(Phone::find(line).as_ref().map(Phone::as_str), Some(number), "{line}");
    }
}

#[test]
fn other_numbers_are_none() {
    for line in [
        "",
        "We are 250 people",
        "Order 4155550132 has not arrived",
        "order number 0171 1234567",
        "Bestellnummer 0171 1234567",
        "Best.-Nr. 0815 4711 99",
        "Kundennummer: 030 1234567",
        "Rechnung Nr. 0012 3456 789",
        "numéro de commande 06 12 34 56 78",
        "mi pedido 912 34 56 78",
        "ticket #0171 1234567",
        "1234567890",
        "0171234567890",
        "invoice 2026-000123",
        "It costs 1 250 000 €",
        "612 345 678",
        "612 345 678 €",
        "budget of 912 34 56 78 EUR",
        "revenue +1 000 000 000",
        "grew by +10000000",
        "+250.000.000 users",
        "on 01.02.2026",
        "from 01.02.2026 - 03.02.2026",
        "01.02.2026 10:00",
        "01/02/2026 030/2026",
        "2026-02-01 09:00",
        "between 09:00-17:00",
        "IP 192.168.100.200",
        "DE89 3704 0044 0532 0130 00",
        "NL91 ABNA 0417 1643 00",
        "GB29NWBK60161331926819",
        "card 4111 1111 1111 1111",
        "0.1234567890",
        "52.5200, 13.4050",
        "https://example.com/0301234567",
        "id=0301234567",
        "file 030 1234567.pdf",
        "v0.10.22.333",
        "+49",
        "+49 30 123",
        "5+12345678",
        "ISBN 978-3-16-148410-0",
    ] {
        assert_eq!(Phone::find(line), None, "{line}");
    }
}

#[test]
fn the_shortest_texts_are_read_to_their_end() {
    for line in ["+", "(", "((((", "+(+(", "0", "-", "1 ", ") 1 (", "++49 30 1234567 89 1 1 1 1", "(+", "1-", "0--0"] {
        assert_eq!(Phone::find(line), None, "{line}");
    }
}

proptest! {
    #[test]
    fn what_is_found_is_a_number_of_the_text(text in "([0-9]{1,5}|[ ()+./-]{1,2}|tel |[a-z]|\u{a0}){0,20}") {
        if let Some(phone) = Phone::find(&text) {
            prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone.clone()));
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            prop_assert!(digits(&text).contains(&digits(phone.as_str())), "{} of {}", phone, text);
        }
    }
}
