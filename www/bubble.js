/*
 * A bubble above the button of the launcher, with its buttons. It takes no focus; Escape in it dismisses it.
 *
 *   bubble({ make, label, head, text, answers, dismiss, sound })
 *
 *   make     makes elements, as the launcher does
 *   label    its name
 *   head     the elements above its text
 *   answers  `[words, act]` of each button for an answer, the first of them the main one; `dismiss` of the last one
 *   sound    that of one more, if any; `act` returns its next words
 *
 * Texts are shown as text only.
 */
import style from './css/widget/invitation.css';

export { style };

export const bubble = ({ make, label, head, text, answers, dismiss, sound }) => {
  const button = (kind, [words, act]) => {
    const element = make('button', { class: 'invitation-' + kind, type: 'button' }, words);
    element.addEventListener('click', act);
    return element;
  };
  const turn = () => {
    const toggle = button('quiet', [sound[0], () => (toggle.textContent = sound[1]())]);
    return toggle;
  };
  const element = make(
    'section',
    { class: 'invitation', 'aria-label': label },
    ...head,
    make('p', { class: 'invitation-text', dir: 'auto' }, text),
    make(
      'p',
      { class: 'invitation-actions' },
      ...answers.map((answer, place) => button(place ? 'dismiss' : 'reply', answer)),
      // Beside several answers it is none of them.
      button(answers.length > 1 ? 'quiet' : 'dismiss', dismiss),
      sound ? turn() : '',
    ),
  );
  element.addEventListener('keydown', (event) => {
    if (event.key != 'Escape' || event.isComposing) return;
    event.stopPropagation();
    dismiss[1]();
  });
  return element;
};
