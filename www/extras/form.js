// The form before or in the chat.
import { button, card, consent, field, make } from './page.js';

/** The kind and the purpose of the standard fields. */
const KINDS = {
  name: { type: 'text', autocomplete: 'name' },
  email: { type: 'email', autocomplete: 'email' },
  phone: { type: 'tel', autocomplete: 'tel' },
  company: { type: 'text', autocomplete: 'organization' },
};

/** The key of what the browser stores, beside those of the chat. */
export const key = (what, { site, link }) => `knock_${what}:${site ? 'site:' + site : 'link:' + link}:`;

/** Whether this visitor was asked all fields of the form in this browser, in whatever chat. */
export const isAnswered = (extras) => {
  const [visitor, ...fields] = extras.recall(key('f', extras)).split(' ');
  const isIn = ({ field }) => fields.includes(field);
  return !!visitor && visitor == extras.recall('knock_v') && extras.look.form.fields.every(isIn);
};

/** Notes the fields that this visitor was asked, and the line that they agreed to: the chat does not ask again. */
export const remember = (extras, fields, line) => {
  const visitor = extras.recall('knock_v');
  extras.keep(key('f', extras), [visitor, ...fields].join(' '));
  if (line) extras.keep(key('a', extras), visitor + ' ' + line);
  extras.keepInTab(draftKey(extras), '');
};

/** The key of what was entered in this tab and not sent. */
const draftKey = (extras) => key('d', extras) + 'form';

/** The values by field that this visitor has entered in this tab and not sent. */
const entered = (extras) => {
  const [visitor, ...rest] = extras.recallInTab(draftKey(extras)).split(' ');
  if (visitor != extras.recall('knock_v')) return {};
  try {
    return JSON.parse(rest.join(' '));
  } catch {
    return {};
  }
};

const inputOf = ({ field, is_required: isRequired, choices }, say) => {
  const required = isRequired && 'true';
  if (choices?.length) {
    const options = choices.map((choice) => make('option', { value: choice }, choice));
    return make('select', { 'aria-required': required }, make('option', { value: '' }, say('choose')), ...options);
  }
  const kind = KINDS[field] ?? { type: 'text' };
  return make('input', { ...kind, 'aria-required': required, maxlength: '500', dir: 'auto' });
};

/** The card with the form. */
export const chatForm = (extras) => {
  const { look, say } = extras;
  const isBefore = look.form.when == 'before';
  const fields = new Map(
    look.form.fields.map((of) => {
      const hint = of.is_required ? '' : say('optional');
      return [of.field, field(of.label, inputOf(of, say), hint)];
    }),
  );
  const agreed = fields.has('email') ? consent(extras) : undefined;
  const failed = make('p', { class: 'extras-wrong', role: 'alert' });
  const send = button('main', say(isBefore ? 'form.before.send' : 'form.after.send'));
  const canSkip = !isBefore && look.form.fields.every((of) => !of.is_required);
  const skip = canSkip ? button('link', say('skip'), () => extras.skip('form')) : '';
  let isRight = false;

  const values = () => Object.fromEntries([...fields].map(([name, of]) => [name, of.input.value.trim()]));
  /** Shows what is wrong without asking the server; whether anything is. */
  const isWrong = () => {
    const wrong = look.form.fields.filter((of) => of.is_required && !fields.get(of.field).input.value.trim());
    wrong.forEach((of) => fields.get(of.field).wrong(say('missing')));
    const lacks = agreed && !agreed.input.checked && fields.get('email').input.value.trim();
    if (lacks) agreed.wrong(say('consent.missing'));
    (wrong.length ? fields.get(wrong[0].field) : lacks ? agreed : undefined)?.input.focus();
    return wrong.length || lacks;
  };
  /** Asks whether another address is meant. */
  const doubt = (meant) => {
    const email = fields.get('email');
    const choose = (text, isMeant) =>
      button('link', text, () => {
        if (isMeant) email.input.value = meant;
        isRight = true;
        email.wrong();
        form.requestSubmit();
      });
    const question = make('span', {}, say('email.meant', { email: meant }));
    email.wrong(question, choose(say('meant.yes'), true), choose(say('meant.no'), false));
    email.input.focus();
  };
  const refuse = (problem) => {
    if (problem.suggestion) return doubt(problem.suggestion);
    const pointer = problem.errors?.[0]?.pointer ?? '';
    if (pointer == '/consent' && agreed) return agreed.wrong(say('consent.missing'));
    const name = pointer.replace('/values/', '');
    const of = fields.get(name);
    if (!of) return (failed.textContent = say('failed'));
    of.wrong(say(name == 'email' ? 'email.wrong' : 'wrong'));
    of.input.focus();
  };
  const submit = async (event) => {
    event.preventDefault();
    failed.textContent = '';
    if (isWrong() || send.disabled) return;
    const consent = !!agreed?.input.checked;
    const body = { values: values(), consent, email_is_right: isRight, language: look.language };
    send.disabled = true;
    const { code, body: reply } = await extras.asking.ask('/form', body);
    send.disabled = false;
    if (code == 200) return extras.answered(reply, [...fields.keys()], body.consent && body.values.email && look.consent);
    if (code == 422) return refuse(reply);
    failed.textContent = say('failed');
  };
  fields.get('email')?.input.addEventListener('input', () => (isRight = false));
  const row = make('div', { class: 'extras-row' }, send, skip);
  const known = entered(extras);
  for (const [name, { input }] of fields) if (typeof known[name] == 'string') input.value = known[name];
  const input = () => extras.keepInTab(draftKey(extras), extras.recall('knock_v') + ' ' + JSON.stringify(values()));
  const form = make('form', { novalidate: true, submit, input }, ...fields.values(), agreed, failed, row);
  [...fields.values()][0]?.input.setAttribute('data-first', '');
  return card(say(isBefore ? 'form.before' : 'form.after'), form);
};
