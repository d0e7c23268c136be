/*
 * What some sites add to the chat: a form before it, its end with a rating, a transcript by mail, earlier chats. The
 * panel loads it when it is opened on a site whose look has any of them.
 *
 *   const it = attach({ panel, host, lang, site, link, look, recall, keep, recallInTab, keepInTab, open });
 *
 *   panel   the element of the panel
 *   look    what `GET /v1/look` says
 *   recall, keep   texts that outlive the page, by key; `recallInTab`, `keepInTab` those of the tab
 *   open(id)       opens an earlier chat, or a `new` one
 *   it.update({ conversation, token, written, last, isOpen })   the state of the chat: the number of
 *           messages that the visitor wrote, and the number of the last message
 *   it.end()  removes everything
 */
import css from './css/extras.css';
import { Asking } from './extras/asking.js';
import { endQuestion } from './extras/ending.js';
import { chatForm, isAnswered, remember } from './extras/form.js';
import { history } from './extras/history.js';
import { menu } from './extras/menu.js';
import { dress, make } from './extras/page.js';
import { overCard } from './extras/rating.js';
import { textsIn } from './extras/texts.js';
import { transcript } from './extras/transcript.js';

/** Milliseconds between two looks at whether a member has ended the chat. */
const LOOK_AGAIN = 60000;

class Extras {
  constructor(parts) {
    Object.assign(this, parts);
    this.say = textsIn(parts.lang, parts.look.words);
    this.asking = new Asking(parts.host);
    this.chat = { conversation: '', written: 0, last: 0 };
    /** What the server says of the chat; none before it is known. */
    this.state = undefined;
    /** The card of a choice in the menu, in place of the others. */
    this.chosen = undefined;
    /** What the visitor has put off, by conversation. */
    this.skipped = new Set();
    this.slot = make('div', { class: 'extras' });
    this.status = make('p', { class: 'extras-status', role: 'status' });
    this.menu = menu(this);
    dress(this.panel, css);
    this.panel.querySelector('.composer').before(this.slot, this.status);
    const head = this.panel.querySelector('.head');
    const last = head.querySelector(':scope > .icon-button:last-child:not(.head-book)');
    head.insertBefore(this.menu.element, last);
    this.timer = setInterval(() => this.look.rating && this.chat.isOpen && !document.hidden && this.read(), LOOK_AGAIN);
  }

  update(chat) {
    const before = this.chat;
    this.chat = chat;
    this.asking.use(chat.conversation, chat.token);
    if (chat.conversation != before.conversation) {
      this.state = this.chosen = undefined;
      if (chat.conversation) this.read();
    } else if (chat.last != before.last && this.state?.is_over) {
      this.read();
    }
    this.draw();
    if (chat.isOpen && !before.isOpen && this.isBefore() && !this.isResumed()) this.focus();
  }

  /** Reads the state of the chat. */
  async read() {
    const of = this.chat.conversation;
    if (!of) return;
    const { code, body } = await this.asking.ask('/state');
    if (code == 200 && of == this.chat.conversation) this.know(body);
  }

  know(state) {
    this.state = state;
    if (!state.is_over) this.skipped.delete('over' + this.chat.conversation);
    this.draw();
  }

  /** Shows the card of a choice in the menu; none for the usual one. */
  choose(card) {
    this.chosen = card;
    this.announce('');
    this.draw();
    if (!card) this.panel.querySelector('.composer-text')?.focus();
  }

  /** Opens a new chat beside this one. */
  startNew() {
    this.choose();
    this.open('new');
  }

  announce(text) {
    this.status.textContent = text;
  }

  skip(what) {
    this.skipped.add(what + this.chat.conversation);
    this.choose();
  }

  isSkipped(what) {
    return this.skipped.has(what + this.chat.conversation);
  }

  /** The name of what is to be shown. */
  due() {
    const { look, chat, state } = this;
    const isWritten = chat.written || state?.is_written;
    if (this.chosen) return this.chosen;
    if (state?.is_ended || (state?.is_over && look.rating)) return this.isSkipped('over') ? '' : 'over';
    const form = look.form?.when;
    if (!form || form == 'never' || state?.has_form || isAnswered(this)) return '';
    // One that is shown while the chat is opened stays until more is known.
    if (chat.conversation && !state) return this.mark?.startsWith('form ') ? 'form' : '';
    if (form == 'before') return isWritten ? '' : 'form';
    return chat.conversation && isWritten && !this.isSkipped('form') ? 'form' : '';
  }

  draw() {
    const due = this.due();
    const mark = due && [due, this.chat.conversation, due == 'over' && this.state.is_ended].join(' ');
    this.menu.draw();
    if (mark == this.mark) return;
    // The form of a chat that is being opened stays, with what was entered.
    if (due == 'form' && this.mark?.startsWith('form ') && !this.mark.split(' ')[1]) {
      this.mark = mark;
      return;
    }
    this.mark = mark;
    const cards = { form: chatForm, end: endQuestion, over: overCard, transcript, history };
    const card = due && cards[due](this);
    this.slot.replaceChildren(...(card ? [card] : []));
    this.panel.classList.toggle('panel-asking', due == 'form' && this.look.form.when == 'before');
    this.panel.classList.toggle('panel-listing', due == 'history');
    const log = this.panel.querySelector('.log');
    log.scrollTop = log.scrollHeight;
    if (this.chosen || (this.isBefore() && this.chat.isOpen && !this.isResumed())) this.focus();
  }

  /** Whether the form stands in place of the composer. */
  isBefore() {
    return this.panel.classList.contains('panel-asking');
  }

  /** Whether the panel is as it was left on another page: it takes no focus until the visitor uses it. */
  isResumed() {
    return !!this.panel.closest('[data-resumed]');
  }

  /** Moves the focus to the card: to its first field, if it has one. */
  focus() {
    (this.slot.querySelector('[data-first]') ?? this.slot.querySelector('h3'))?.focus();
  }

  /** Notes that the form is answered, in this browser and for this chat. */
  answered(state, fields, line) {
    remember(this, fields, line);
    this.announce(this.look.form.when == 'after' ? this.say('form.thanks') : '');
    this.know(state);
    this.panel.querySelector('.composer-text')?.focus();
  }

  end() {
    clearInterval(this.timer);
    this.menu.element.remove();
    this.slot.remove();
    this.status.remove();
    this.panel.classList.remove('panel-asking', 'panel-listing');
  }
}

export const attach = (parts) => new Extras(parts);
