// A sample conversation in the languages of the chat.

const TEXTS = {
  en: ['Hello! What brings you here?', 'What does it cost for a team of 40?', 'Sales has the numbers. One moment.'],
  de: ['Hallo! Was führt Sie zu uns?', 'Was kostet es für ein Team von 40?', 'Der Vertrieb hat die Zahlen. Einen Moment.'],
  fr: [
    'Bonjour ! Qu’est-ce qui vous amène ?',
    'Combien cela coûte-t-il pour une équipe de 40 ?',
    'L’équipe commerciale a les chiffres. Un instant.',
  ],
  es: ['¡Hola! ¿Qué le trae por aquí?', '¿Cuánto cuesta para un equipo de 40?', 'Ventas tiene los números. Un momento.'],
};

/** No member: their name would be in the head, in place of what the look has there. */
const AUTHORS = ['ai_agent', 'lead', 'ai_agent'];
const MINUTE = 60000;

/** The id of the conversation, of the form that those have. */
export const CONVERSATION = '0190a000-0000-4000-8000-000000000000';

/** An id of the form that messages have. */
const idOf = (number) => `0190a000-0000-7000-8000-${String(number).padStart(12, '0')}`;

/** Messages, oldest first. */
export const conversation = (language) =>
  (TEXTS[language] ?? TEXTS.en).map((text, place) => ({
    seq: place + 1,
    id: idOf(place + 1),
    author: AUTHORS[place],
    name: '',
    text,
    at: Date.now() - (AUTHORS.length - place) * MINUTE,
  }));
