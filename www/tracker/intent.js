// What the visitor seems to want, for the page's listeners.
import { emit } from './emit.js';
import { envelope } from './guard.js';

const listeners = [];
let known;

const inform = (listener) => {
  try {
    listener({ ...known });
  } catch {
    // Theirs, and it ends here.
  }
};

export const listen = (listener) => {
  listeners.push(listener);
  known && inform(listener);
};

/** Tells them of another category or type. */
export const intent = (category, type) => {
  if (known?.category == category && known.type == type) return;
  known = { category, type };
  envelope.intent_type = type;
  listeners.forEach(inform);
  emit('intent', { ...known });
};
