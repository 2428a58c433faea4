// The queue as a table. Rows are filled with textContent only: what a referral says stays text.
// J/K and the arrows move the choice at once. The server is told of a single step at once and of
// quick steps after a breath, so holding the key does not flood it. A key that decides sends the
// waiting choice first.

const BREATH_MS = 120;
const TURNED_WITHIN_MS = 3000;
const ASK_AGAIN_MS = 800;
const lists = new WeakMap();

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function mark(sign) {
  const made = element("span", `wb-mark wb-${sign.look}`);
  const shape = element("span", "wb-sign");
  shape.setAttribute("aria-hidden", "true");
  made.append(shape, element("span", "", sign.word));
  if (sign.rest) made.append(element("span", "wb-muted", sign.rest));
  if (sign.title) made.title = sign.title;
  if (!sign.word) {
    made.setAttribute("role", "img");
    made.setAttribute("aria-label", sign.title);
  }
  return made;
}

function isTyping(event) {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement
    && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}

class QueueList {
  constructor(parent) {
    this.root = parent.querySelector(".wb-list");
    this.turn = null;
    this.chosen = null;
    this.waiting = null;
    this.toldAt = -Infinity;
    this.turnedAt = -Infinity;
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey, true);
  }

  leave() {
    clearTimeout(this.waiting);
    clearTimeout(this.again);
    document.removeEventListener("keydown", this.onKey, true);
  }

  update(component) {
    this.component = component;
    const { data } = component;
    this.rows = data.rows;
    // The server moved the cursor (a decision, a filter): its word counts. Otherwise an answer to
    // an older choice must not pull the choice back.
    const serverMoved = data.turn !== this.turn;
    this.turn = data.turn;
    if (serverMoved || !this.rows.some((row) => row.id === this.chosen)) {
      clearTimeout(this.waiting);
      this.waiting = null;
      this.turnedAt = -Infinity;
      this.chosen = data.cursor;
    }
    this.draw(data, serverMoved);
    clearTimeout(this.again);
    // A choice can get lost between two answers: the pane must not stay on another row.
    if (this.chosen !== data.cursor && this.rows.length) {
      this.again = setTimeout(() => this.component.setTriggerValue("picked", this.chosen), ASK_AGAIN_MS);
    }
  }

  draw(data, serverMoved) {
    const hadFocus = this.root.contains(document.activeElement) && document.activeElement.tagName === "TR";
    const table = element("table");
    table.setAttribute("role", "grid");
    table.setAttribute("aria-label", data.label);
    table.append(this.columns(data), this.head(data), this.body(data));
    const top = this.root.scrollTop;
    this.root.replaceChildren(table);
    if (!data.rows.length) this.root.append(element("div", "wb-nothing", data.nothing));
    this.root.scrollTop = top;
    this.show(hadFocus, serverMoved);
  }

  columns(data) {
    const group = element("colgroup");
    for (const column of data.columns) group.append(element("col", `wb-c-${column.name}`));
    return group;
  }

  head(data) {
    const row = element("tr");
    for (const column of data.columns) {
      const cell = element("th");
      cell.scope = "col";
      if (column.sortable) {
        cell.setAttribute("aria-sort", column.sorted || "none");
        const button = element("button", "", column.title);
        button.type = "button";
        button.title = data.sort_hint;
        const arrow = { ascending: "↑", descending: "↓" }[column.sorted];
        if (arrow) button.append(element("span", "", arrow));
        button.addEventListener("click", () => this.component.setTriggerValue("sorted", column.name));
        cell.append(button);
      } else {
        cell.append(element("span", "wb-plain", column.title));
      }
      row.append(cell);
    }
    const head = element("thead");
    head.append(row);
    return head;
  }

  body(data) {
    const body = element("tbody");
    data.rows.forEach((row) => {
      const line = element("tr");
      line.dataset.id = row.id;
      line.tabIndex = -1;
      for (const column of data.columns) {
        const cell = element("td");
        const value = row[column.name];
        if (value && typeof value === "object") cell.append(mark(value));
        else cell.textContent = value ?? "";
        if (typeof value === "string") cell.title = row[`${column.name}_title`] || value;
        if (column.name === "why") cell.className = "wb-rest";
        line.append(cell);
      }
      line.addEventListener("click", () => this.choose(row.id));
      line.addEventListener("dblclick", () => this.component.setTriggerValue("opened", row.id));
      body.append(line);
    });
    return body;
  }

  show(focus, scroll) {
    for (const line of this.root.querySelectorAll("tbody tr")) {
      const isChosen = line.dataset.id === this.chosen;
      line.setAttribute("aria-selected", String(isChosen));
      line.tabIndex = isChosen ? 0 : -1;
      if (isChosen && focus) line.focus({ preventScroll: true });
      if (isChosen && (scroll || focus)) this.scrollTo(line);
    }
  }

  scrollTo(line) {
    const head = this.root.querySelector("thead").offsetHeight;
    if (line.offsetTop - head < this.root.scrollTop) this.root.scrollTop = line.offsetTop - head;
    const bottom = line.offsetTop + line.offsetHeight;
    if (bottom > this.root.scrollTop + this.root.clientHeight) this.root.scrollTop = bottom - this.root.clientHeight;
  }

  choose(id) {
    this.chosen = id;
    const inside = this.root.contains(document.activeElement);
    this.show(inside, true);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.tell(), BREATH_MS);
    if (performance.now() - this.toldAt > BREATH_MS) this.tell();
    else this.toldAt = performance.now();
  }

  tell() {
    if (this.waiting === null) return;
    clearTimeout(this.waiting);
    this.waiting = null;
    this.toldAt = performance.now();
    this.component.setTriggerValue("picked", this.chosen);
  }

  move(step) {
    const at = this.rows.findIndex((row) => row.id === this.chosen);
    const next = at < 0 ? 0 : at + step;
    if (this.rows[next]) this.choose(this.rows[next].id);
    else if (this.rows.length) this.turnPage(step);
  }

  // A key held at the end of a page turns one page, not as many as it repeats.
  turnPage(step) {
    const { has_next: hasNext, has_previous: hasPrevious } = this.component.data;
    if (!(step > 0 ? hasNext : hasPrevious)) return;
    if (performance.now() - this.turnedAt < TURNED_WITHIN_MS) return;
    this.turnedAt = performance.now();
    clearTimeout(this.waiting);
    this.waiting = null;
    this.component.setTriggerValue("turned", step);
  }

  key(event) {
    // Escape leaves a filter or the search, so that the next key speaks to the list again.
    if (event.key === "Escape" && event.target.closest?.(".st-key-top")) {
      const field = event.target;
      setTimeout(() => field.blur(), 0);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    if (document.querySelector("[role=dialog], [role=listbox]")) return;
    const inList = this.root.contains(document.activeElement);
    const step = { j: 1, k: -1 }[event.key.toLowerCase()]
      ?? (inList ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : undefined);
    if (step) {
      event.preventDefault();
      this.move(step);
    } else if (event.key === "/") {
      const search = document.querySelector('[class*="st-key-text_"] input');
      if (search) { event.preventDefault(); search.focus(); }
    } else {
      this.tell();
    }
  }
}

export default function (component) {
  const { parentElement } = component;
  let list = lists.get(parentElement);
  if (!list) {
    list = new QueueList(parentElement);
    lists.set(parentElement, list);
  }
  list.update(component);
  return () => {
    list.leave();
    lists.delete(parentElement);
  };
}
