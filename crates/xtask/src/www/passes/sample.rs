//! Modules as the linker writes them, for tests.

use wasm_encoder::{
    ConstExpr, CustomSection, DataSection, DataSymbolDefinition, Encode, EntityType, FunctionSection, ImportSection,
    LinkingSection, MemorySection, MemoryType, Module, RawSection, SymbolTable, TypeSection,
};
use wasmparser::{RelocationType, Validator};

use super::linked::Linked;
use super::locations::operand;

/// The address of the first piece of data.
pub(super) const START: u32 = 1_024;

/// A part of a function.
pub(super) enum Code {
    /// An instruction without operands.
    Plain(u8),
    Call(u32),
    /// The address of a piece of data.
    Address(u32),
}

pub(super) const END: Code = Code::Plain(0x0b);
pub(super) const DROP: Code = Code::Plain(0x1a);
pub(super) const UNREACHABLE: Code = Code::Plain(0x00);

/// The sections of the code and of its relocations.
#[derive(Default)]
struct Assembled {
    code: Vec<u8>,
    relocations: Vec<u8>,
    count: u32,
}

/// A module of functions that take and return nothing: an imported one, number 0, and these. Each piece of data is a
/// symbol after those of all functions.
pub(super) fn linked(functions: &[(&str, &[Code])], pieces: &[&[u8]]) -> Linked {
    let (mut types, mut imports, mut own) = (TypeSection::new(), ImportSection::new(), FunctionSection::new());
    types.ty().function([], []);
    imports.import("page", "show", EntityType::Function(0));
    for _ in functions {
        own.function(0);
    }
    let mut memories = MemorySection::new();
    memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(START.cast_signed()), pieces.concat());
    let assembled = Assembled::of(functions, pieces);
    let mut relocations = Vec::new();
    4_u32.encode(&mut relocations);
    assembled.count.encode(&mut relocations);
    relocations.extend(assembled.relocations);
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&own).section(&memories);
    module.section(&RawSection { id: 10, data: &assembled.code }).section(&data).section(&linking(functions, pieces));
    module.section(&CustomSection { name: "reloc.CODE".into(), data: relocations.into() });
    read(&module.finish())
}

/// Reads a module, which must be valid.
pub(super) fn read(module: &[u8]) -> Linked {
    Validator::new().validate_all(module).expect("a valid module");
    Linked::read(module).expect("a linked module")
}

fn linking(functions: &[(&str, &[Code])], pieces: &[&[u8]]) -> LinkingSection {
    let mut symbols = SymbolTable::new();
    symbols.function(SymbolTable::WASM_SYM_UNDEFINED, 0, None);
    for (number, (name, _)) in (1..).zip(functions) {
        symbols.function(0, number, Some(name));
    }
    for piece in 0..pieces.len() {
        let (offset, size) = (offset(pieces, piece), length(pieces[piece]));
        symbols.data(0, "anon", Some(DataSymbolDefinition { index: 0, offset, size }));
    }
    let mut linking = LinkingSection::new();
    linking.symbol_table(&symbols);
    linking
}

fn offset(pieces: &[&[u8]], piece: usize) -> u32 {
    pieces[..piece].iter().map(|piece| length(piece)).sum()
}

fn length(piece: &[u8]) -> u32 {
    u32::try_from(piece.len()).expect("a small piece")
}

impl Assembled {
    fn of(functions: &[(&str, &[Code])], pieces: &[&[u8]]) -> Self {
        let mut assembled = Self::default();
        functions.len().encode(&mut assembled.code);
        for (_, parts) in functions {
            let size: usize = parts.iter().map(|part| if let Code::Plain(_) = part { 1 } else { 6 }).sum();
            // The number of locals before, the end of the function behind.
            (size + 2).encode(&mut assembled.code);
            assembled.code.push(0);
            for part in *parts {
                match part {
                    Code::Plain(instruction) => assembled.code.push(*instruction),
                    Code::Call(function) => {
                        assembled.refer(0x10, *function, RelocationType::FunctionIndexLeb, *function)
                    }
                    Code::Address(piece) => {
                        let address = START + offset(pieces, *piece as usize);
                        let symbol = 1 + u32::try_from(functions.len()).expect("few functions") + piece;
                        assembled.refer(0x41, address, RelocationType::MemoryAddrSleb, symbol);
                    }
                }
            }
            assembled.code.push(0x0b);
        }
        assembled
    }

    fn refer(&mut self, instruction: u8, number: u32, kind: RelocationType, symbol: u32) {
        self.code.push(instruction);
        self.relocations.push(kind as u8);
        length(&self.code).encode(&mut self.relocations);
        symbol.encode(&mut self.relocations);
        if kind == RelocationType::MemoryAddrSleb {
            self.relocations.push(0);
        }
        self.count += 1;
        self.code.extend(operand(number));
    }
}
