// Sample answers to the requests of the chat.
import { conversation, idOf } from './sample.js';

let sent = 0;

/** The answer to a request as the server would give it; none where it has none. */
export const respond = (look, path, { method = 'GET' }) => {
  const [place] = path.split('?');
  if (place == '/v1/look') return look;
  if (place == '/v1/chat' && method == 'POST') {
    sent = 0;
    return { conversation: idOf(0), token: 'preview', title: look?.name ?? '' };
  }
  if (!place.endsWith('/messages')) return undefined;
  if (method == 'POST') return { seq: conversation('en').length + ++sent };
  const after = Number(new URLSearchParams(path.split('?')[1]).get('after')) || 0;
  // A form is asked in a chat without messages.
  const asksFirst = look?.form?.when == 'before';
  return { messages: asksFirst ? [] : conversation(look?.language).filter(({ seq }) => seq > after) };
};
