// The chats of this browser.
import { button, card, make } from './page.js';

/** The ids of the browser by which the server knows its chats; none before the first. */
const browser = ({ recall, site, link }) => {
  const visitor = recall('knock_v');
  const [of, secret] = recall('knock_k').split(' ');
  return visitor && secret && of == visitor ? { visitor, secret, ...(site ? { site } : { link }) } : undefined;
};

/** The list, above all else. */
export const history = (extras) => {
  const { say } = extras;
  const place = make('div', { 'aria-busy': 'true' });
  load(extras, place);
  return card(say('history'), place, button('link', say('back'), () => extras.choose()));
};

const load = async (extras, place) => {
  const { say } = extras;
  const ask = browser(extras);
  const { code, body } = ask ? await extras.asking.send('/v1/chat/list', '', ask) : { code: 200, body: { chats: [] } };
  place.removeAttribute('aria-busy');
  if (code != 200) return place.replaceChildren(make('p', { role: 'alert' }, say('failed')));
  if (!body.chats.length) return place.replaceChildren(make('p', {}, say('history.none')));
  const lines = body.chats.map((chat) => make('li', {}, line(extras, chat)));
  place.replaceChildren(make('ul', { class: 'extras-chats' }, ...lines));
};

const line = (extras, { conversation, first, last, last_at: at, is_over: isOver }) => {
  const { say, lang, chat } = extras;
  const ended = isOver ? ' · ' + say('history.ended') : '';
  const when = make('time', { datetime: new Date(at).toISOString() }, day(lang, at) + ended);
  const click = () => {
    extras.choose();
    if (conversation != chat.conversation) extras.open(conversation);
  };
  const isCurrent = conversation == chat.conversation && 'true';
  return make(
    'button',
    { class: 'extras-chat', type: 'button', 'aria-current': isCurrent, click },
    make('bdi', { class: 'extras-first' }, first),
    first == last ? '' : make('bdi', { class: 'extras-last' }, last),
    when,
  );
};

const day = (lang, at) => {
  try {
    return new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
  } catch {
    return '';
  }
};
