// Writes signals as the server reads them (`POST /v1/signals`), and classifies them.
import { addressOf } from './address.js';
import { endForms } from './capture.js';
import { classify } from './core.js';
import { emit } from './emit.js';
import { envelope } from './guard.js';
import { claim as claimNumber, newId, session } from './identity.js';
import { updateIntent } from './intent.js';
import { add, ownerNumber } from './outbox.js';
import { label, scrub, trimmed } from './privacy.js';
import { settings } from './settings.js';

/** Instant and owner of the signal that is written next. */
let at;
let owner;
/** Id and address of the current page view. */
let current = {};

export const claim = (isNew, instant) => {
  at = instant;
  owner = claimNumber(at, isNew);
  return ownerNumber(owner);
};

/** Writes a signal, on the current page unless the facts name another; returns its size in bytes. */
export const write = (handle, { type, props, fields, ...texts }) => {
  const [, , number, evidence] = session;
  texts.url &&= scrub(texts.url);
  texts.href &&= scrub(texts.href);
  texts.name &&= label(texts.name);
  texts.text &&= label(texts.text);
  const { url = current.url, href, referrer, name, text, form } = texts;
  const lines = [type, at, evidence, url, envelope.base, href, referrer, name, text, form];
  const [kind, category, guess, evidenceNow] = classify(lines);
  session[3] = evidenceNow;
  const id = newId(at, number);
  if (type == 'page_view') current = { id, url };
  const signal = { id, at, type: kind || type, seq: number, category, view: current.id, url };
  // Own names only: a page may have extended `Object.prototype`.
  Object.keys(texts).forEach((name) => texts[name] && (signal[name] = texts[name]));
  if (fields?.length) signal.fields = fields;
  const json = JSON.stringify(signal);
  emit('signal', signal);
  updateIntent(category, guess);
  return add(handle, { at, owner, id, json: props ? `${json.slice(0, -1)},"props":${props}}` : json });
};

export const view = (handle, number, title) => {
  endForms();
  const { referrer } = settings;
  settings.referrer = '';
  // Without the number of unread messages that the launcher puts before it (`www/title.js`).
  title = label(trimmed(title).replace(/^\u200b\S+ /, ''), 200);
  return write(handle, { type: 'page_view', url: addressOf(number), referrer: scrub(referrer), title });
};

export const forgetView = () => {
  current = {};
};
