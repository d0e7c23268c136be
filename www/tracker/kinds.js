// Kinds of events for the module, in the order of `Kind` in `event.rs`.

export const START = 0;
export const CONSENT = 1;
export const REPLY = 2;
export const ADOPTED = 3;
export const NAVIGATED = 4;
export const REPLACED = 5;
export const PAGE = 6;
export const RESTORED = 7;
export const VISIBILITY = 8;
export const LEAVE = 9;
export const ONLINE = 10;
export const RESET = 11;
export const DEBOUNCED = 12;
export const SEND = 13;
export const CLICK = 14;
export const CALL = 15;
export const INPUT = 16;
export const SUBMIT = 17;
export const FLUSH = 18;
