// What a booking needs of the page, fetched when one is opened: its half of the script, and how it looks.
import css from './css/booking.css';
import { looks } from '../crates/browser/widget/js/booking.js';

looks.css = css;

export * from '../crates/browser/widget/js/booking.js';
