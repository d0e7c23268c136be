// Sample answers to the requests of the chat.
import { conversation, idOf } from './sample.js';

/** A new chat, and what the visitor has done in it beside writing. */
const opened = (look) => {
  // A form is asked in a chat without messages.
  const isBlank = look?.form?.when == 'before';
  return {
    messages: isBlank ? [] : conversation(look?.language),
    state: { has_form: false, is_written: !isBlank, is_over: false, is_ended: false, can_rate: true, has_address: true },
  };
};

let chat = opened();

const change = (changes) => Object.assign(chat.state, changes);

/** The answers to what a visitor does in a chat, by the end of the path. */
const ACTS = {
  messages: (_, query) => ({ messages: chat.messages.filter(({ seq }) => seq > Number(query.get('after'))) }),
  state: () => chat.state,
  form: () => change({ has_form: true }),
  rating: ({ rating }) => change({ rating }),
  end: () => change({ is_over: true, is_ended: true }),
  transcript: ({ email }) => ({ to: email || 'ana@example.com' }),
};

/** The status codes of acts that are done later. */
const LATER = { transcript: 202 };

/** The list of earlier chats. */
const listed = () => {
  const [, first] = chat.messages;
  const { text = '' } = chat.messages.at(-1) ?? {};
  return { chats: [{ conversation: idOf(0), first: first?.text ?? '', last: text, last_at: Date.now(), is_over: false }] };
};

const open = (look) => {
  chat = opened(look);
  return { conversation: idOf(0), token: 'preview', title: look?.name ?? '' };
};

/** Takes a message of the visitor. */
const write = ({ id, text }) => {
  const seq = chat.messages.length + 1;
  chat.messages.push({ seq, id, author: 'lead', name: '', text, at: Date.now() });
  change({ is_written: true });
  return { seq };
};

/** The body of the answer to a request; none where the server has none. */
const answered = (look, pathname, query, { method = 'GET', body }) => {
  const sent = body ? JSON.parse(body) : {};
  if (pathname == '/v1/look') return look;
  if (pathname == '/v1/chat' && method == 'POST') return open(look);
  if (pathname == '/v1/chat/list') return listed();
  const act = actOf(pathname);
  return act == 'messages' && method == 'POST' ? write(sent) : ACTS[act]?.(sent, query);
};

const actOf = (pathname) => /^\/v1\/chat\/[^/]+\/(\w+)$/.exec(pathname)?.[1];

/** The answer to a request as the server would give it: `{ status, body }`. */
export const respond = (look, path, request) => {
  const { pathname, searchParams } = new URL(path, location.origin);
  const body = answered(look, pathname, searchParams, request);
  return body ? { status: LATER[actOf(pathname)] ?? 200, body } : { status: 404, body: {} };
};
