//! Chunks of one module become one chunk.

use std::convert::Infallible;

use anyhow::bail;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, DataSection, ElementSection, EntityType, FunctionSection, ImportSection, Module, TypeSection,
};
use wasmparser::{Import, Parser, Payload, TypeRef};

/// The common part of the chunks. Their memory, table and stack are the main module's, so that only functions are
/// renumbered: those of each chunk come after those of the chunks before it.
#[derive(Default)]
struct Joined<'c> {
    types: TypeSection,
    imports: Vec<Import<'c>>,
    functions: FunctionSection,
    elements: ElementSection,
    code: CodeSection,
    data: DataSection,
}

/// Numbers the functions of a chunk behind so many others.
struct Behind(u32);

impl Reencode for Behind {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.0 + function)
    }
}

/// Joins chunks; all of them have the types of the whole module.
pub(super) fn join(chunks: &[&[u8]]) -> anyhow::Result<Vec<u8>> {
    let mut joined = Joined::default();
    for chunk in chunks {
        joined.add(chunk)?;
    }
    joined.finish()
}

impl<'c> Joined<'c> {
    fn add(&mut self, chunk: &'c [u8]) -> anyhow::Result<()> {
        let (is_first, mut behind) = (self.types.is_empty(), Behind(self.functions.len()));
        for payload in Parser::new(0).parse_all(chunk) {
            match payload? {
                Payload::TypeSection(types) if is_first => behind.parse_type_section(&mut self.types, types)?,
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        self.import(import?)?;
                    }
                }
                Payload::FunctionSection(functions) => {
                    behind.parse_function_section(&mut self.functions, functions)?;
                }
                Payload::ElementSection(elements) => behind.parse_element_section(&mut self.elements, elements)?,
                Payload::CodeSectionEntry(body) => behind.parse_function_body(&mut self.code, body)?,
                Payload::DataSection(segments) => {
                    for segment in segments {
                        let segment = segment?;
                        // The places of what other chunks have.
                        if !segment.data.is_empty() {
                            behind.parse_data(&mut self.data, segment)?;
                        }
                    }
                }
                Payload::ExportSection(exports) if exports.count() == 0 => {}
                Payload::TypeSection(_)
                | Payload::Version { .. }
                | Payload::DataCountSection { .. }
                | Payload::CodeSectionStart { .. }
                | Payload::CustomSection(_)
                | Payload::End(_) => {}
                other => bail!("a chunk has what cannot be joined: {other:?}"),
            }
        }
        Ok(())
    }

    /// Takes an import once. A second one of its kind would have another number than in the chunk that it comes from.
    fn import(&mut self, import: Import<'c>) -> anyhow::Result<()> {
        if self.imports.contains(&import) {
            return Ok(());
        }
        let is_same_kind = |other: &Import<'_>| std::mem::discriminant(&other.ty) == std::mem::discriminant(&import.ty);
        if matches!(import.ty, TypeRef::Func(_)) || self.imports.iter().any(is_same_kind) {
            bail!("a chunk imports what cannot be joined: {import:?}");
        }
        self.imports.push(import);
        Ok(())
    }

    fn finish(self) -> anyhow::Result<Vec<u8>> {
        let mut imports = ImportSection::new();
        for Import { module, name, ty } in self.imports {
            imports.import(module, name, EntityType::try_from(ty)?);
        }
        let mut module = Module::new();
        module.section(&self.types).section(&imports).section(&self.functions).section(&self.elements);
        module.section(&self.code).section(&self.data);
        Ok(module.finish())
    }
}
