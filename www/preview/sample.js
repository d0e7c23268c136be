// A sample conversation in the languages of the chat.

const TEXTS = {
  en: ['Hello! What brings you here?', 'What does it cost for a team of 40?', 'Ana from sales has the numbers. One moment.', 'Hi, Ana here. For 40 people it is the team plan.'],
  de: ['Hallo! Was führt Sie zu uns?', 'Was kostet es für ein Team von 40?', 'Ana aus dem Vertrieb hat die Zahlen. Einen Moment.', 'Hallo, hier ist Ana. Für 40 Personen passt der Team-Tarif.'],
  fr: ['Bonjour ! Qu’est-ce qui vous amène ?', 'Combien cela coûte-t-il pour une équipe de 40 ?', 'Ana, de l’équipe commerciale, a les chiffres. Un instant.', 'Bonjour, ici Ana. Pour 40 personnes, c’est l’offre équipe.'],
  es: ['¡Hola! ¿Qué le trae por aquí?', '¿Cuánto cuesta para un equipo de 40?', 'Ana, de ventas, tiene los números. Un momento.', 'Hola, soy Ana. Para 40 personas es el plan de equipo.'],
};

const AUTHORS = ['ai_agent', 'lead', 'ai_agent', 'rep'];
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
    name: AUTHORS[place] == 'rep' ? 'Ana' : '',
    text,
    at: Date.now() - (AUTHORS.length - place) * MINUTE,
  }));
