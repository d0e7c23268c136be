// Settings of the script tag (`mayIdentify`, `needsConsent`, `referrer`), whether the page refuses WebAssembly
// (`isRefused`), and the facts of the current event (`facts`).
export const settings = {};
