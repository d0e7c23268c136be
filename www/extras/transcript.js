// The transcript by mail.
import { button, card, consent, field, make } from './page.js';

export const transcript = (extras) => {
  const { look, say, state } = extras;
  const email = make('input', { type: 'email', autocomplete: 'email', 'data-first': true });
  const address = state.has_address ? undefined : field(say('mail.label'), email);
  const agreed = address && consent(extras);
  const why = address ? undefined : make('p', {}, say('mail.why'));
  const submit = async (event) => {
    event.preventDefault();
    agreed?.wrong(agreed.input.checked ? '' : say('consent.missing'));
    if (agreed && !agreed.input.checked) return agreed.input.focus();
    const body = address ? { email: email.value.trim(), consent: !!agreed, language: look.language } : {};
    if (address && !body.email) return wrong('email.wrong');
    const { code, body: reply } = await extras.asking.ask('/transcript', body);
    if (code == 202) {
      extras.choose();
      extras.announce(say('mail.sent', { email: reply.to }));
      return extras.read();
    }
    wrong({ 409: 'mail.refused', 422: 'email.wrong', 429: 'mail.soon' }[code] ?? 'failed');
  };
  const wrong = (key) => {
    if (!address) return extras.announce(say(key));
    address.wrong(say(key));
    email.focus();
  };
  const cancel = button('quiet', say('cancel'), () => extras.choose());
  const row = make('div', { class: 'extras-row' }, button('main', say('mail.send')), cancel);
  return card(say('mail'), make('form', { novalidate: true, submit }, why, address, agreed, row));
};
