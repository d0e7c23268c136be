//! Source locations, which functions pass to panics: one instead of all.

use wasmparser::RelocationType;

use super::linked::{Linked, Symbol};

/// The size of a location in bytes: address and length of the file's name, line, column.
const SIZE: usize = 16;

/// Makes every reference to a location one to the first of them.
pub(super) fn merge(linked: &mut Linked) {
    let is_location: Vec<bool> = linked.symbols.iter().map(|symbol| is_location(linked, symbol)).collect();
    let Some(first) = is_location.iter().position(|is| *is) else { return };
    let Symbol::Data { address, .. } = linked.symbols[first] else { return };
    for (place, reference) in &mut linked.references {
        let is_whole = reference.ty == RelocationType::MemoryAddrSleb && reference.addend == 0;
        if is_whole && is_location[reference.index as usize] {
            reference.index = u32::try_from(first).unwrap_or_default();
            linked.bytes[*place..*place + reference.ty.extent()].copy_from_slice(&operand(address));
        }
    }
}

fn is_location(linked: &Linked, symbol: &Symbol) -> bool {
    let Symbol::Data { bytes, .. } = symbol else { return false };
    let words: Vec<u32> =
        linked.bytes[bytes.clone()].as_chunks().0.iter().map(|word| u32::from_le_bytes(*word)).collect();
    let [file, length, line, column] = words[..] else { return false };
    bytes.len() == SIZE
        && line > 0
        && column > 0
        && linked.data(file, length).is_some_and(|name| name.ends_with(b".rs"))
}

/// An operand as the linker writes it: a LEB128 number padded to five bytes.
pub(super) fn operand(address: u32) -> [u8; 5] {
    let bits = |shift: u32| (address >> shift & 0x7f) as u8;
    [bits(0) | 0x80, bits(7) | 0x80, bits(14) | 0x80, bits(21) | 0x80, bits(28)]
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Code::Address, DROP, START, linked};
    use super::*;

    fn location(file: u32, length: u32, line: u32) -> Vec<u8> {
        [file, length, line, 9].iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    #[test]
    fn locations_become_the_first_one_and_other_data_stays() {
        let (first, second, text) = (location(START, 4, 7), location(START, 4, 8), location(START + 4, 4, 7));
        let pieces: [&[u8]; 5] = [b"a.rs", b"text", &first, &second, &text];
        let function = [Address(3), DROP, Address(2), DROP, Address(4), DROP, Address(1), DROP];
        let mut module = linked(&[("f", &function)], &pieces);
        merge(&mut module);
        let same = linked(&[("f", &[Address(2), DROP, Address(2), DROP, Address(4), DROP, Address(1), DROP])], &pieces);
        assert_eq!(module.write().expect("a module"), same.write().expect("a module"));
    }
}
