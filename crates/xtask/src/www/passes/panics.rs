//! Panics that trap at once. No browser shows the message that the code before it makes, and the trap comes in any case.

use std::collections::BTreeSet;
use std::ops::Range;

use wasmparser::{BinaryReader, Operator, OperatorsReader};

use super::linked::{Linked, Symbol};

/// Functions that end in a panic, by a part of the compiler's names for them.
const PANICS: [&str; 6] = [
    "4core9panicking",
    "4core3str16slice_error_fail",
    "4core5slice5index16slice_index_fail",
    "5alloc7raw_vec12handle_error",
    "5alloc5alloc18handle_alloc_error",
    "3std9panicking11begin_panic",
];

/// Functions that a library exports for streams, and that no script of ours calls.
const UNUSED: [&str; 3] = ["intounderlyingbytesource_", "intounderlyingsink_", "intounderlyingsource_"];

/// A function that wasm-bindgen runs to find out how another one is called.
const DESCRIPTION: &str = "__wbindgen_describe_";

/// Makes traps of all functions that do nothing but panic, and of all calls to them with what prepares these.
pub(super) fn trap(linked: &mut Linked) -> anyhow::Result<()> {
    let mut panics: BTreeSet<u32> = linked.symbols.iter().filter_map(panic).filter(|f| *f >= linked.imported).collect();
    for function in &panics {
        linked.trap(linked.bodies[(function - linked.imported) as usize].clone());
    }
    loop {
        let known = panics.len();
        for function in 0..linked.bodies.len() {
            let body = linked.bodies[function].clone();
            for call in calls(linked, body.clone(), &panics)? {
                if call.start == body.start {
                    panics.insert(linked.imported + u32::try_from(function)?);
                }
                linked.trap(call);
            }
        }
        // What calls a function that was found now may stand before it.
        if panics.len() == known {
            return Ok(());
        }
    }
}

/// The index of a function that only panics, or that nothing calls.
fn panic(symbol: &Symbol) -> Option<u32> {
    let Symbol::Function { name, index } = symbol else { return None };
    let is_any = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    (is_any(&PANICS) || is_any(&UNUSED) && !name.contains(DESCRIPTION)).then_some(*index)
}

/// The calls of some functions in a body, each with the instructions before it that always run with it and whose only
/// effects are on this module's memory.
fn calls(linked: &Linked, body: Range<usize>, called: &BTreeSet<u32>) -> anyhow::Result<Vec<Range<usize>>> {
    let mut start = body.start;
    let mut operators = OperatorsReader::new(BinaryReader::new(&linked.bytes[body], start as u64));
    let mut found = Vec::new();
    while !operators.eof() {
        let operator = operators.read()?;
        let end = usize::try_from(operators.original_position())?;
        if let Operator::Call { function_index } = operator
            && called.contains(&function_index)
        {
            found.push(start..end);
        }
        if is_boundary(&operator) {
            start = end;
        }
    }
    Ok(found)
}

/// Whether what stands before an instruction may run without what stands behind it, or leaves the function.
fn is_boundary(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::Block { .. }
            | Operator::Loop { .. }
            | Operator::If { .. }
            | Operator::Else
            | Operator::End
            | Operator::Br { .. }
            | Operator::BrIf { .. }
            | Operator::BrTable { .. }
            | Operator::Return
            | Operator::Unreachable
            | Operator::Call { .. }
            | Operator::CallIndirect { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Code, Code::*, DROP, END, UNREACHABLE, linked, read};
    use super::*;

    const BLOCK: [Code; 2] = [Plain(0x02), Plain(0x40)];
    const PANIC: &str = "_RNvNtCsgXGp5Oqx2Ny_4core9panicking9panic_fmt";

    /// The calls of functions, and the number of references, that are left when panics are traps.
    fn left(functions: &[(&str, &[Code])]) -> (Vec<u32>, usize) {
        let mut module = linked(functions, &[b"text"]);
        trap(&mut module).expect("it is read");
        let module = read(&module.write().expect("a module"));
        let mut calls = Vec::new();
        for body in &module.bodies {
            let mut operators = OperatorsReader::new(BinaryReader::new(&module.bytes[body.clone()], 0));
            while !operators.eof() {
                if let Operator::Call { function_index } = operators.read().expect("an instruction") {
                    calls.push(function_index);
                }
            }
        }
        (calls, module.references.len())
    }

    #[test]
    fn a_panic_is_a_trap_without_what_prepares_it() {
        let panic: &[Code] = &[Address(0), DROP, Call(0), UNREACHABLE];
        assert_eq!(left(&[(PANIC, panic), ("f", &[Address(0), DROP, Call(1), UNREACHABLE])]), (vec![], 0));
        assert_eq!(left(&[("panics", panic), ("f", &[Address(0), DROP, Call(1), UNREACHABLE])]), (vec![0, 1], 4));
    }

    #[test]
    fn what_calls_one_that_only_panics_is_one_too_wherever_it_stands() {
        let (first, second): (&[Code], &[Code]) = (&[Call(2), UNREACHABLE], &[Address(0), DROP, Call(3), UNREACHABLE]);
        assert_eq!(
            left(&[("first", first), ("second", second), (PANIC, &[UNREACHABLE]), ("f", &[Call(1)])]),
            (vec![], 0)
        );
    }

    #[test]
    fn what_may_run_without_the_panic_and_what_calls_others_stays() {
        let [block, empty] = BLOCK;
        let in_block: &[Code] = &[Address(0), DROP, block, empty, Address(0), DROP, Call(1), UNREACHABLE, END, Call(0)];
        assert_eq!(left(&[(PANIC, &[UNREACHABLE]), ("f", in_block)]), (vec![0], 2));
        assert_eq!(
            left(&[(PANIC, &[UNREACHABLE]), ("f", &[Call(0), Address(0), DROP, Call(1), UNREACHABLE])]),
            (vec![0], 1)
        );
    }

    #[test]
    fn streams_of_the_library_are_removed_and_their_descriptions_stay() {
        let uses: &[Code] = &[Call(0)];
        assert_eq!(left(&[("intounderlyingsink_close", uses)]), (vec![], 0));
        assert_eq!(left(&[("__wbindgen_describe_intounderlyingsink_close", uses)]), (vec![0], 1));
    }
}
