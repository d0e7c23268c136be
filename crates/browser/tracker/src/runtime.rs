//! What the standard library would bring: without it the module is a sixth smaller.

use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

/// A bug of ours ends in a trap, which never reaches the page: the script that calls us catches it.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// 1.4 KB (brotli) smaller than the standard library's.
#[global_allocator]
static ALLOCATOR: WasmDynamicTalc = new_wasm_dynamic_allocator();
