// The visitor's intent, for listeners of the page (`knock('on', 'intent', ...)`).
import { emit } from './emit.js';
import { envelope } from './guard.js';

const listeners = [];
let current;

const notify = (listener) => {
  try {
    listener({ ...current });
  } catch {
    // An error of the page's listener is not ours to report.
  }
};

export const onIntent = (listener) => {
  listeners.push(listener);
  current && notify(listener);
};

/** Notifies the listeners of a new category or type. */
export const updateIntent = (category, type) => {
  if (current?.category == category && current.type == type) return;
  current = { category, type };
  envelope.intent_type = type;
  listeners.forEach(notify);
  emit('intent', { ...current });
};
