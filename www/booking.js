// The booking's script and style sheet, loaded when a booking is opened.
import booked from './css/booked.css';
import css from './css/booking.css';
import { looks } from '../crates/browser/widget/js/booking.js';

looks.css = css + booked;

export * from '../crates/browser/widget/js/booking.js';
