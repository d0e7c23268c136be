// The question before a chat is ended.
import { button, card, make } from './page.js';

export const endQuestion = (extras) => {
  const { say } = extras;
  const end = async () => {
    const { code, body } = await extras.asking.ask('/end', {});
    if (code != 200) return extras.announce(say('failed'));
    extras.state = body;
    extras.choose();
    extras.slot.querySelector('h3')?.focus();
  };
  return card(
    say('end.title'),
    make('p', {}, say('end.why')),
    make(
      'div',
      { class: 'extras-row' },
      button('main', say('end'), end),
      button('quiet', say('end.keep'), () => extras.choose()),
    ),
  );
};
