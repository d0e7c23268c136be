// The keyboard focus.

/** Waits until an element has the focus: pages set it after they are drawn. */
export const hasFocus = (locator) => locator.and(locator.page().locator(":focus")).waitFor();
