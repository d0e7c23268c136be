// What the script tag says: `mayIdentify`, `needsConsent`, `referrer`; whether the page refuses WebAssembly; and the facts of
// what is being told.
export const settings = {};
