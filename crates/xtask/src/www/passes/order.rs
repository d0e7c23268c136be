//! The order of a module's functions: similar ones stand side by side. What repeats close by compresses best; a large
//! module is a twentieth smaller on the wire.

use std::convert::Infallible;
use std::fs;
use std::path::Path;

use anyhow::Context;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

use super::similar::chain;

/// Writes a module anew with its functions in another order.
struct Reordered {
    /// The number of imported functions, which keep their indices.
    imported: u32,
    /// The former index of each function, in the new order.
    order: Vec<usize>,
    /// The new index of each function, in the former order.
    places: Vec<u32>,
}

/// Puts similar functions of a module side by side.
pub(in crate::www) fn sort(file: &Path) -> anyhow::Result<()> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut module = Module::new();
    Reordered::of(&bytes)?.parse_core_module(&mut module, Parser::new(0), &bytes)?;
    Ok(fs::write(file, module.finish())?)
}

impl Reordered {
    fn of(module: &[u8]) -> anyhow::Result<Self> {
        let (mut imported, mut bodies) = (0, Vec::new());
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
                _ => {}
            }
        }
        let order = chain(&bodies);
        let mut places = vec![0; order.len()];
        for (place, former) in (0..).zip(&order) {
            places[*former] = place;
        }
        Ok(Self { imported, order, places })
    }
}

impl Reencode for Reordered {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        let own = function.checked_sub(self.imported);
        Ok(own.map_or(function, |own| self.imported + self.places[own as usize]))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let types = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
        for former in &self.order {
            functions.function(types[*former]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for former in self.order.clone() {
            self.parse_function_body(code, bodies[former].clone())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        EntityType, ExportKind, ExportSection, Function, ImportSection, Instruction, TypeSection, ValType,
    };
    use wasmparser::{Operator, Validator};

    use super::*;

    /// A module whose functions return these numbers, each exported under its number.
    fn module(numbers: &[i64]) -> Vec<u8> {
        let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
        types.ty().function([], [ValType::I64]);
        imports.import("page", "show", EntityType::Function(0));
        let (mut functions, mut exports, mut code) = (FunctionSection::new(), ExportSection::new(), CodeSection::new());
        for (place, number) in (1..).zip(numbers) {
            functions.function(0);
            exports.export(&number.to_string(), ExportKind::Func, place);
            let mut function = Function::new([]);
            function.instruction(&Instruction::I64Const(*number)).instruction(&Instruction::End);
            code.function(&function);
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&exports).section(&code);
        module.finish()
    }

    /// The number that each export returns, by its name, and the numbers in the order of the functions.
    fn read(module: &[u8]) -> (Vec<(String, i64)>, Vec<i64>) {
        let (mut exports, mut numbers) = (Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(module) {
            match payload.expect("a module") {
                Payload::ExportSection(section) => {
                    let section = section.into_iter().map(|export| export.expect("an export"));
                    exports.extend(section.map(|export| (export.name.to_owned(), export.index as usize - 1)));
                }
                Payload::CodeSectionEntry(body) => {
                    let mut operators = body.get_operators_reader().expect("instructions");
                    let Ok(Operator::I64Const { value }) = operators.read() else { panic!("no number") };
                    numbers.push(value);
                }
                _ => {}
            }
        }
        (exports.into_iter().map(|(name, place)| (name, numbers[place])).collect(), numbers)
    }

    #[test]
    fn similar_functions_stand_side_by_side_under_their_names() {
        let file = std::env::temp_dir().join(format!("knock-order-{}.wasm", std::process::id()));
        fs::write(&file, module(&[0x0102_0304_0506, 7, 0x0908_0706_0504, 0x0102_0304_0507])).expect("written");
        sort(&file).expect("sorted");
        let sorted = fs::read(&file).expect("read");
        fs::remove_file(&file).expect("removed");
        Validator::new().validate_all(&sorted).expect("a valid module");
        let (exports, numbers) = read(&sorted);
        assert!(exports.iter().all(|(name, number)| *name == number.to_string()), "{exports:?}");
        let place = |number| numbers.iter().position(|other| *other == number).expect("it is there");
        assert_eq!(place(0x0102_0304_0506_i64).abs_diff(place(0x0102_0304_0507)), 1, "{numbers:?}");
    }
}
