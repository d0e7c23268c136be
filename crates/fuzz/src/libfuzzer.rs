//! A target under libFuzzer: the one place that calls into C++.
#![expect(unsafe_code, reason = "libFuzzer is C++, and what it calls back must have a name in C")]

use std::cell::Cell;
use std::ffi::{CString, c_char, c_int};
use std::ptr;

/// The arguments of libFuzzer, one per line; set by `cargo xtask fuzz`.
const ARGUMENTS: &str = "KNOCK_LIBFUZZER";

type Check = dyn Fn(&[u8]);

thread_local! {
    static CHECK: Cell<Option<&'static Check>> = const { Cell::new(None) };
}

unsafe extern "C" {
    fn LLVMFuzzerRunDriver(
        count: *mut c_int,
        arguments: *mut *mut *mut c_char,
        input: unsafe extern "C" fn(*const u8, usize) -> c_int,
    ) -> c_int;
}

/// Runs `check` on the inputs of libFuzzer, for as long as its arguments say, and ends the process.
///
/// # Panics
/// When it is not started by `cargo xtask fuzz`.
pub fn target(_: &str, check: impl Fn(&[u8])) {
    let check: &(dyn Fn(&[u8]) + '_) = &check;
    // SAFETY: this function never returns, so what it borrows lives as long as the process.
    CHECK.set(Some(unsafe { std::mem::transmute::<&(dyn Fn(&[u8]) + '_), &'static Check>(check) }));
    #[expect(
        clippy::disallowed_methods,
        reason = "libFuzzer takes its arguments from the process that started the test"
    )]
    let arguments = std::env::var(ARGUMENTS).expect("started by `cargo xtask fuzz`");
    let program = std::env::args().next().unwrap_or_default();
    let texts: Vec<CString> = [program.as_str()]
        .into_iter()
        .chain(arguments.lines())
        .map(|text| CString::new(text).expect("no NUL"))
        .collect();
    let mut pointers: Vec<*mut c_char> = texts.iter().map(|text| text.as_ptr().cast_mut()).collect();
    let mut count = c_int::try_from(pointers.len()).expect("few");
    pointers.push(ptr::null_mut());
    let mut pointers = pointers.as_mut_ptr();
    // SAFETY: as many texts as `count` says, ended by a null pointer, as the `main` of a C program has them.
    let code = unsafe { LLVMFuzzerRunDriver(&raw mut count, &raw mut pointers, input) };
    std::process::exit(code);
}

unsafe extern "C" fn input(bytes: *const u8, length: usize) -> c_int {
    // SAFETY: libFuzzer hands over so many bytes, and keeps them until this returns.
    unsafe { libfuzzer_sys::test_input_wrap(bytes, length) }
}

/// The function that `libfuzzer_sys` calls with each input; a panic ends the process, which libFuzzer reports as a
/// failure.
#[unsafe(no_mangle)]
#[expect(improper_ctypes_definitions, reason = "both sides of it are Rust")]
extern "C" fn rust_fuzzer_test_input(input: &[u8]) -> i32 {
    if let Some(check) = CHECK.get() {
        check(input);
    }
    0
}
