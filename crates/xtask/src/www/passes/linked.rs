//! A module and its linker's relocations, edited in place: functions keep their indices, data their addresses.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Context, bail};
use wasm_encoder::{Encode, Module, RawSection};
use wasmparser::{
    DataKind, DataSectionReader, FunctionBody, KnownCustom, Linking, LinkingSectionReader, Operator, Parser, Payload,
    RelocAddendKind, RelocSectionReader, RelocationEntry, SymbolInfo, TypeRef,
};

/// The custom section with the relocations of the code.
const RELOCATIONS: &str = "reloc.CODE";

/// A module that was linked with its relocations.
#[derive(Default)]
pub(super) struct Linked {
    /// The file.
    pub(super) bytes: Vec<u8>,
    /// The number of imported functions, whose indices come first.
    pub(super) imported: u32,
    /// The instructions of each function, without the last `end`.
    pub(super) bodies: Vec<Range<usize>>,
    /// The symbols that relocations refer to by index.
    pub(super) symbols: Vec<Symbol>,
    /// The relocations of the code, by their offset in the file.
    pub(super) references: BTreeMap<usize, RelocationEntry>,
    /// The address of each data segment, and its range in the file.
    segments: Vec<(u32, Range<usize>)>,
    /// The offset of the code section's content in the file.
    code: usize,
    /// The index of the code section.
    code_index: u32,
}

/// A symbol of the linker.
pub(super) enum Symbol {
    /// A function.
    Function { name: String, index: u32 },
    /// Data: its address, and its range in the file.
    Data { address: u32, bytes: Range<usize> },
    /// Anything else, or what the module imports.
    Other,
}

impl Linked {
    pub(super) fn read(bytes: &[u8]) -> anyhow::Result<Self> {
        let mut linked = Self { bytes: bytes.to_vec(), ..Self::default() };
        for payload in Parser::new(0).parse_all(bytes) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        linked.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionStart { range, .. } => linked.code = usize::try_from(range.start)?,
                Payload::CodeSectionEntry(body) => linked.body(&body)?,
                Payload::DataSection(segments) => linked.segments(segments)?,
                Payload::CustomSection(custom) => match custom.as_known() {
                    KnownCustom::Linking(linking) => linked.symbols(&linking)?,
                    KnownCustom::Reloc(entries) if custom.name() == RELOCATIONS => linked.references(&entries)?,
                    _ => {}
                },
                _ => {}
            }
        }
        Ok(linked)
    }

    fn body(&mut self, body: &FunctionBody<'_>) -> anyhow::Result<()> {
        let start = body.get_operators_reader()?.original_position();
        self.bodies.push(usize::try_from(start)?..usize::try_from(body.range().end)? - 1);
        Ok(())
    }

    fn segments(&mut self, segments: DataSectionReader<'_>) -> anyhow::Result<()> {
        for segment in segments {
            let segment = segment?;
            let DataKind::Active { offset_expr, .. } = segment.kind else { bail!("a segment of data has no address") };
            let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                bail!("the address of a segment of data is computed");
            };
            let end = usize::try_from(segment.range.end)?;
            self.segments.push((value.cast_unsigned(), end - segment.data.len()..end));
        }
        Ok(())
    }

    fn symbols(&mut self, linking: &LinkingSectionReader<'_>) -> anyhow::Result<()> {
        for part in linking.subsections() {
            let Linking::SymbolTable(symbols) = part? else { continue };
            for symbol in symbols {
                let symbol = match symbol? {
                    SymbolInfo::Func { name: Some(name), index, .. } => {
                        Symbol::Function { name: name.to_owned(), index }
                    }
                    SymbolInfo::Data { symbol: Some(data), .. } => {
                        let (address, bytes) = self.segments.get(data.index as usize).context("data of no segment")?;
                        let start = bytes.start + data.offset as usize;
                        Symbol::Data { address: address + data.offset, bytes: start..start + data.size as usize }
                    }
                    _ => Symbol::Other,
                };
                self.symbols.push(symbol);
            }
        }
        Ok(())
    }

    fn references(&mut self, relocations: &RelocSectionReader<'_>) -> anyhow::Result<()> {
        self.code_index = relocations.section_index();
        for entry in relocations.entries() {
            let entry = entry?;
            self.references.insert(self.code + entry.offset as usize, entry);
        }
        Ok(())
    }

    /// The data at an address, if there is so much of it.
    pub(super) fn data(&self, address: u32, length: u32) -> Option<&[u8]> {
        self.segments.iter().find_map(|(start, bytes)| {
            let from = address.checked_sub(*start)? as usize;
            self.bytes[bytes.clone()].get(from..from + length as usize)
        })
    }

    /// Replaces instructions by a trap and removes their relocations.
    pub(super) fn trap(&mut self, instructions: Range<usize>) {
        const UNREACHABLE: u8 = 0x00;
        const NOP: u8 = 0x01;
        self.bytes[instructions.clone()].fill(NOP);
        self.bytes[instructions.start] = UNREACHABLE;
        let gone: Vec<usize> = self.references.range(instructions).map(|(place, _)| *place).collect();
        for place in gone {
            self.references.remove(&place);
        }
    }

    /// The file with what was changed.
    pub(super) fn write(&self) -> anyhow::Result<Vec<u8>> {
        let mut module = Module::new();
        for payload in Parser::new(0).parse_all(&self.bytes) {
            let payload = payload?;
            let Some((id, range)) = payload.as_section() else { continue };
            let relocations;
            let data = match &payload {
                Payload::CustomSection(custom) if custom.name() == RELOCATIONS => {
                    relocations = self.relocations();
                    &relocations
                }
                _ => &self.bytes[usize::try_from(range.start)?..usize::try_from(range.end)?],
            };
            module.section(&RawSection { id, data });
        }
        Ok(module.finish())
    }

    fn relocations(&self) -> Vec<u8> {
        let mut section = Vec::new();
        RELOCATIONS.encode(&mut section);
        self.code_index.encode(&mut section);
        self.references.len().encode(&mut section);
        for entry in self.references.values() {
            section.push(entry.ty as u8);
            entry.offset.encode(&mut section);
            entry.index.encode(&mut section);
            if entry.ty.addend_kind() != RelocAddendKind::None {
                entry.addend.encode(&mut section);
            }
        }
        section
    }
}
