// The card of a chat that is over: the rating, and a new chat.
import { button, card, field, make } from './page.js';

const RATINGS = [1, 2, 3, 4, 5];

/** The card at the end of a chat. */
export const overCard = (extras) => {
  const { say, look, state } = extras;
  const title = say(state.is_ended ? 'ended' : 'over');
  const rate = look.rating && (state.can_rate || state.rating) ? rating(extras) : '';
  const again = button(rate ? 'quiet' : 'main', say('new'), () => extras.startNew());
  const skip = button('link', say('skip'), () => extras.skip('over'));
  return card(title, rate, make('div', { class: 'extras-row' }, again, skip));
};

/** The rating: a form, or the thanks for one. */
const rating = (extras) => {
  const place = make('div', { class: 'extras-rating' });
  const ask = () => place.replaceChildren(form(extras, thank));
  const thank = () => {
    const { say, state } = extras;
    const thanks = make('p', { tabindex: '-1' }, say('rate.thanks') + ' ' + say('rate.' + state.rating) + '.');
    const change = state.can_rate ? button('link', say('rate.change'), ask) : '';
    place.replaceChildren(thanks, change);
    return thanks;
  };
  if (extras.state.rating) thank();
  else ask();
  return place;
};

const form = (extras, thank) => {
  const { say, state } = extras;
  const choices = RATINGS.map((value) => {
    const input = make('input', { type: 'radio', name: 'knock-rating', value, checked: state.rating == value });
    return make('label', { class: 'extras-choice' }, input, make('span', {}, say('rate.' + value)));
  });
  const wrong = make('p', { class: 'extras-wrong', role: 'alert' });
  const comment = make('textarea', { rows: '2', maxlength: '1000', dir: 'auto' });
  comment.value = state.comment ?? '';
  const submit = async (event) => {
    event.preventDefault();
    const chosen = form.querySelector('input:checked');
    wrong.textContent = chosen ? '' : say('rate.missing');
    if (!chosen) return form.querySelector('input').focus();
    const { code, body } = await extras.asking.ask('/rating', { rating: +chosen.value, comment: comment.value });
    if (code != 200) return (wrong.textContent = say('failed'));
    extras.state = body;
    thank().focus();
  };
  const group = make('fieldset', { class: 'extras-choices' }, make('legend', {}, say('rate.title')), ...choices);
  const form = make(
    'form',
    { novalidate: true, submit },
    group,
    wrong,
    field(say('rate.comment'), comment, say('optional')),
    button('main', say('rate.send')),
  );
  return form;
};
