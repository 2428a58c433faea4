// Fast typing. A key is answered by the server a moment later; until then there may be no button
// for the next key, or the pane may still show the row before. So one key is asked at a time, and
// those typed meanwhile wait here until their button is drawn. Nothing typed before the next
// referral is seen decides on it: what waits is dropped when a decision closes.

const ANSWERED_WITHIN_MS = 4000;
const DRAWN_WITHIN_FRAMES = 60;
const OPENING = {
  i: ".st-key-decide_imported button",
  n: ".st-key-decide_not_imported button",
  w: ".st-key-decide_awaiting_information button",
  t: ".st-key-decide_transferred button",
  o: ".st-key-open button",
};
const CLOSING = { Enter: ".st-key-confirm button", Escape: ".st-key-cancel button" };
const typists = new WeakMap();

function isTyping(event) {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement
    && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}

function buttonFor(key) {
  const selector = OPENING[key] ?? CLOSING[key];
  if (selector) return document.querySelector(selector);
  return document.querySelectorAll(".st-key-reasons button")[(Number(key) + 9) % 10];
}

class Typist {
  constructor() {
    this.waiting = [];
    this.rest();
    this.onKey = (event) => this.key(event);
    window.addEventListener("keydown", this.onKey, true);
  }

  leave() {
    window.removeEventListener("keydown", this.onKey, true);
  }

  rest() {
    this.isAsked = false;
    this.since = -Infinity;
  }

  ask() {
    this.isAsked = true;
    this.since = performance.now();
  }

  // Too late to be what the officer still means.
  forgetTheOld() {
    if (performance.now() - this.since < ANSWERED_WITHIN_MS) return;
    this.waiting = [];
    this.rest();
  }

  update({ answer, is_open: isOpen, referral }) {
    this.forgetTheOld();
    this.isOpen = isOpen;
    this.shown = referral;
    if (answer !== this.answer) {
      this.answer = answer;
      this.isAsked = false;
      if (!isOpen) this.waiting = [];
    }
    if (this.isAsked || !this.waiting.length || !this.isPaneOfChosen()) return;
    this.press(this.waiting.shift(), DRAWN_WITHIN_FRAMES);
  }

  // The list moves at once, the pane a moment later; a page without a list has only one referral.
  isPaneOfChosen() {
    const chosen = document.querySelector(".wb-list tr[aria-selected=true]");
    return !chosen || chosen.dataset.id === this.shown;
  }

  press(key, frames) {
    this.ask();
    const button = buttonFor(key);
    if (button) button.click();
    else if (frames) requestAnimationFrame(() => this.press(key, frames - 1));
    else this.since = -Infinity;
    if (key === "o") this.rest();
  }

  hold(event, key) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) this.waiting.push(key);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    this.forgetTheOld();
    if (this.isAsked || this.waiting.length) this.meanwhile(event, key);
    else if (!this.isOpen && key in OPENING && !this.isPaneOfChosen()) {
      this.since = performance.now();
      this.hold(event, key);
    } else if (this.willBeAnswered(key)) this.ask();
  }

  meanwhile(event, key) {
    if (/^\d$/.test(key) || key in CLOSING) this.hold(event, key);
    else if (key.length === 1) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }

  // Streamlit presses the button itself; here it is only noted that an answer will come.
  willBeAnswered(key) {
    if (this.isOpen) return (/^\d$/.test(key) || key in CLOSING) && Boolean(buttonFor(key));
    if (key === "j" || key === "k") return !document.querySelector(".wb-list");
    return key in OPENING && key !== "o" && Boolean(buttonFor(key));
  }
}

export default function (component) {
  const { parentElement } = component;
  let typist = typists.get(parentElement);
  if (!typist) {
    typist = new Typist();
    typists.set(parentElement, typist);
  }
  typist.update(component.data);
  return () => {
    typist.leave();
    typists.delete(parentElement);
  };
}
