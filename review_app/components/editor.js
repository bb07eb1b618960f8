// The editor of one field. It sends its text together with the event, keeps a draft in the browser at
// each key and on the server at each pause, and leaves every key of an input method to the input method.
// What the server finds in the text of a pause is painted behind the text, on a copy of it that nobody sees;
// an answer to a text that has moved on is dropped.

const PREFIX = "yijiao:draft:";
const PLACE = "yijiao:place";
const PAUSE = 400;
const LONG = 60000;
const PATIENCE = 12000;
const KEEP_DAYS = 30;
const PAIRS = { KeyQ: "“”", KeyB: "《》", KeyP: "（）" };

/** The browser's storage, which may be full or forbidden: then the server's draft has to do. */
const storage = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  write(key, text, base) {
    try {
      localStorage.setItem(key, JSON.stringify({ text, base, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  },
  drop(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing can be kept there, so there is nothing to forget.
    }
  },
  /** The newest draft of the same field that was begun from another text; drafts of long ago are cleared away. */
  older(field, except) {
    let found = null;
    try {
      for (const key of Object.keys(localStorage)) {
        const draft = key.startsWith(PREFIX) ? storage.read(key) : null;
        if (!draft) continue;
        if (Date.now() - draft.at > KEEP_DAYS * 86400000) localStorage.removeItem(key);
        else if (key.startsWith(field) && key !== except && (!found || draft.at > found.at)) found = { ...draft, key };
      }
    } catch {
      return null;
    }
    return found;
  },
};

/** The places of marks after a change of the text: what the change touches is no longer marked. */
function moved(marks, before, after) {
  const limit = Math.min(before.length, after.length);
  let start = 0;
  while (start < limit && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < limit - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const [end, by] = [before.length - tail, after.length - before.length];
  const kept = [];
  for (const mark of marks) {
    const [from, to] = mark.span;
    if (to <= start) kept.push(mark);
    else if (from >= end) kept.push({ ...mark, span: [from + by, to + by] });
  }
  return kept;
}

class Editor {
  constructor(root, data) {
    this.root = root;
    this.field = `${PREFIX}${data.address}:`;
    this.storageKey = this.field + data.baseHash;
    this.base = data.base;
    this.sure = false;
    this.saving = null;
    this.timer = null;
    this.touched = false;
    this.composing = false;
    this.asked = null;
    this.turn = 0;
    this.marks = [];
    this.terms = data.terms;
    this.leaving = () => this.keepPlace();
    window.addEventListener("pagehide", this.leaving);
    this.build(data);
    this.begin(data);
    // What stands beside it may come later, and the window may change.
    this.resized = new ResizeObserver(() => this.reflow());
    this.resized.observe(this.root);
  }

  get long() {
    return this.area.value.length > LONG;
  }

  build(data) {
    const { words } = data;
    const header = element("header");
    header.append(element("b", "", data.label));
    this.message = element("span", "message");
    this.message.setAttribute("role", "status");
    header.append(this.message);
    this.area = element("textarea", data.raw ? "raw" : "");
    this.area.lang = data.lang;
    this.area.spellcheck = false;
    this.area.setAttribute("aria-label", data.label);
    this.area.addEventListener("input", () => this.changed());
    this.area.addEventListener("scroll", () => this.align());
    this.area.addEventListener("compositionstart", () => {
      this.composing = true;
      clearTimeout(this.timer);
    });
    this.area.addEventListener("compositionend", () => {
      this.composing = false;
      this.schedule();
    });
    this.area.addEventListener("keydown", (event) => this.key(event, data));
    for (const kind of ["keyup", "keypress"]) this.area.addEventListener(kind, (event) => event.stopPropagation());
    this.mirror = element("div", "mirror");
    this.mirror.setAttribute("aria-hidden", "true");
    this.mirror.classList.toggle("raw", data.raw);
    const sheet = element("div", "sheet");
    sheet.append(this.mirror, this.area);
    this.list = element("ul", "terms");
    // It scrolls, so it must be reached without a mouse.
    this.list.tabIndex = 0;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", words.insert);
    this.list.hidden = true;
    this.found = element("div", "found");
    this.found.setAttribute("role", "status");
    const footer = element("footer");
    this.saveButton = button("first", words.save, () => this.save(), "Ctrl+Enter");
    this.saveButton.dataset.action = "save";
    const discard = button("", words.discard, () => this.discard(), "Esc");
    discard.dataset.action = "discard";
    const insert = button("", words.insert, () => this.toggleTerms(), "Ctrl+K");
    insert.dataset.action = "insert";
    const pairs = Object.entries(PAIRS).map(([code, pair]) => {
      const made = button("pair", pair, () => this.surround(pair), `Alt+${code.slice(3)}`);
      made.dataset.action = `pair-${code.slice(3).toLowerCase()}`;
      return made;
    });
    // A press on a button leaves the caret where it is.
    for (const made of [insert, ...pairs]) made.addEventListener("mousedown", (event) => event.preventDefault());
    this.kept = element("span", "kept");
    footer.append(this.saveButton, discard, insert, ...pairs, this.kept);
    this.root.replaceChildren(header, sheet, this.list, this.found, footer);
  }

  begin(data) {
    const draft = storage.read(this.storageKey);
    const text = draft && draft.text !== data.text ? draft.text : data.text;
    this.area.value = text;
    this.words = data.words;
    if (text !== this.base && !data.conflict) this.say(this.words.restored);
    const older = storage.older(this.field, this.storageKey);
    if (older && (older.text === this.base || older.text === text)) storage.drop(older.key);
    else if (older) this.offer(older);
    this.last = text;
    this.touched = text !== data.base;
    this.fit();
    this.area.focus();
    const place = this.placeBefore();
    if (place) this.area.setSelectionRange(...place.selection);
    else if (text === this.base) this.area.setSelectionRange(...data.selection);
    else this.area.setSelectionRange(text.length, text.length);
    if (place) this.area.scrollTop = place.scroll;
    else this.reveal();
    this.root.scrollIntoView({ block: "nearest" });
    this.paint();
    this.timer = setTimeout(() => this.pause(), 0);
  }

  /** Where the caret stood when the page was left, if it is this field that comes back. */
  placeBefore() {
    try {
      const place = JSON.parse(sessionStorage.getItem(PLACE));
      sessionStorage.removeItem(PLACE);
      return place?.key === this.storageKey ? place : null;
    } catch {
      return null;
    }
  }

  keepPlace() {
    const { selectionStart, selectionEnd, scrollTop } = this.area;
    storage.write(this.storageKey, this.area.value, this.base);
    try {
      sessionStorage.setItem(PLACE, JSON.stringify({ key: this.storageKey, selection: [selectionStart, selectionEnd], scroll: scrollTop }));
    } catch {
      // Then the text comes back with the caret at its end.
    }
  }

  offer(older) {
    this.say(this.words.older);
    const take = element("button", "link", this.words.restore);
    take.type = "button";
    take.addEventListener("click", () => {
      this.area.value = older.text;
      storage.drop(older.key);
      this.changed();
      this.area.focus();
    });
    this.message.append(" ", take);
  }

  update(data, send) {
    this.send = send;
    this.words = data.words;
    this.root.lang = data.pageLang;
    this.terms = data.terms;
    if (data.checked) this.hear(data.checked);
    else this.release();
  }

  /** What was found in the text of a pause; of a text that is no longer there, nothing is shown. */
  hear(checked) {
    if (!this.asked || checked.token !== this.asked.token) return;
    const { text } = this.asked;
    this.asked = null;
    if (text !== this.area.value) {
      this.schedule();
      return;
    }
    this.marks = checked.found.filter((item) => item.span && item.span[1] > item.span[0]);
    this.paint();
    this.show(checked);
  }

  show({ gone, found }) {
    this.found.replaceChildren();
    if (gone === null) return;
    const { words } = this;
    this.found.append(element("b", gone ? "good" : "still", words[gone ? "gone" : "still"]));
    this.found.append(element("span", "count", found.length ? words.left.replace("{count}", found.length) : words.clean));
    const list = element("ul");
    for (const item of found) {
      const line = element("li");
      const button = element("button", `item ${item.severity}`);
      button.type = "button";
      const quote = element("q", "", item.quote);
      quote.lang = "zh-Hans";
      button.append(element("i", "dot"), element("code", "", item.code), quote, element("span", "", item.message));
      if (item.span) button.addEventListener("click", () => this.select(item));
      else {
        button.disabled = true;
        button.title = words.elsewhere;
      }
      line.append(button);
      list.append(line);
    }
    this.found.append(list);
  }

  select(item) {
    // The text may have changed since: then the mark has moved, or is gone.
    const mark = this.marks.find((known) => known.code === item.code && known.quote === item.quote) ?? item;
    this.area.focus();
    this.area.setSelectionRange(...mark.span);
    this.reveal();
    this.paint();
  }

  /** Draws the marks on the copy of the text behind it. */
  paint() {
    const text = this.area.value;
    const parts = [];
    if (!this.long) {
      let at = 0;
      for (const mark of [...this.marks].sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1])) {
        const [start, end] = mark.span;
        if (start < at) continue;
        parts.push(document.createTextNode(text.slice(at, start)), element("mark", mark.severity, text.slice(start, end)));
        at = end;
      }
      // A line feed at the very end takes up a line only where something follows.
      if (parts.length) parts.push(document.createTextNode(`${text.slice(at)}\u200b`));
    }
    this.mirror.replaceChildren(...parts);
    this.align();
  }

  align() {
    this.mirror.style.width = `${this.area.clientWidth}px`;
    this.mirror.style.height = `${this.area.clientHeight}px`;
    this.mirror.scrollTop = this.area.scrollTop;
  }

  /** The lines break elsewhere in another width; the height alone is the user's. */
  reflow() {
    if (this.root.clientWidth === this.width) return;
    const first = this.width === undefined;
    this.width = this.root.clientWidth;
    this.fit();
    if (!first) this.reveal();
    this.paint();
  }

  /** Brings the selection into sight, which a browser does only for what is typed. */
  reveal() {
    if (this.long) return;
    const { area, mirror } = this;
    mirror.style.width = `${area.clientWidth}px`;
    mirror.style.height = "auto";
    mirror.textContent = `${area.value.slice(0, area.selectionStart)}\u200b`;
    const end = mirror.offsetHeight;
    if (end > area.scrollTop + area.clientHeight || end < area.scrollTop + area.clientHeight / 4) area.scrollTop = end - area.clientHeight / 2;
  }

  say(text) {
    this.message.textContent = text;
  }

  fit() {
    if (this.long) {
      // Measuring takes longer than a key may.
      this.area.style.height = "60vh";
      return;
    }
    this.area.style.height = "auto";
    this.area.style.height = `${Math.min(this.area.scrollHeight + 2, window.innerHeight * 0.6)}px`;
  }

  changed() {
    this.sure = false;
    this.touched = true;
    this.say("");
    this.list.hidden = true;
    const text = this.area.value;
    if (!this.long) {
      this.keepHere();
      this.marks = moved(this.marks, this.last, text);
    }
    this.last = text;
    this.fit();
    this.paint();
    this.schedule();
  }

  keepHere() {
    const kept = storage.write(this.storageKey, this.area.value, this.base);
    this.kept.textContent = kept ? this.words["draft-kept"] : "";
  }

  schedule() {
    clearTimeout(this.timer);
    if (!this.composing) this.timer = setTimeout(() => this.pause(), PAUSE);
  }

  /** Sends the text of a pause: to be kept, and to be checked where that is quick enough. */
  pause() {
    if (this.saving || this.composing) return;
    if (this.asked && Date.now() - this.asked.at < PATIENCE) {
      // One at a time: the answer starts the next.
      return;
    }
    const text = this.area.value;
    if (this.long) {
      this.keepHere();
      this.found.textContent = this.words["too-long"];
      this.send("draft", { text, keep: this.touched });
      return;
    }
    this.turn += 1;
    this.asked = { token: `${Date.now()}-${this.turn}`, text, at: Date.now() };
    this.send("draft", { text, keep: this.touched, token: this.asked.token });
  }

  key(event, data) {
    // The page's own keys must not hear what is typed here.
    event.stopPropagation();
    if (event.isComposing || event.keyCode === 229) return;
    const command = event.ctrlKey || event.metaKey;
    if (!this.list.hidden && this.chooseTerm(event)) {
      event.preventDefault();
    } else if (event.key === "Enter" && command) {
      event.preventDefault();
      this.save();
    } else if (event.key === "Enter" && data.single) {
      event.preventDefault();
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.discard();
    } else if ((command && !event.altKey && event.code === "KeyK") || (event.altKey && !command && event.code === "KeyT")) {
      event.preventDefault();
      this.toggleTerms();
    } else if (event.altKey && !command && PAIRS[event.code]) {
      event.preventDefault();
      this.surround(PAIRS[event.code]);
    }
  }

  /** Types a text in place of the selection, so that the browser can take it back like any other typing. */
  type(text) {
    this.area.focus();
    if (!document.execCommand("insertText", false, text)) {
      this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end");
      this.changed();
    }
  }

  surround(pair) {
    if (this.saving) return;
    const { selectionStart: start, selectionEnd: end, value } = this.area;
    const inner = value.slice(start, end);
    this.type(pair[0] + inner + pair[1]);
    this.area.setSelectionRange(start + 1, start + 1 + inner.length);
  }

  toggleTerms() {
    if (this.saving) return;
    if (!this.list.hidden) {
      this.list.hidden = true;
      return;
    }
    const items = this.terms.map((term, index) => {
      const line = element("li", term.admitted ? "admitted" : "");
      line.setAttribute("role", "option");
      const text = element("b", "", term.text);
      text.lang = "zh-Hans";
      const source = element("span", "", term.source);
      source.lang = "en";
      line.append(element("kbd", "", index < 9 ? String(index + 1) : ""), text, source);
      if (term.admitted) line.append(element("i", "", this.words.admitted));
      line.addEventListener("mousedown", (event) => {
        event.preventDefault();
        this.insertTerm(index);
      });
      return line;
    });
    if (!items.length) {
      this.say(this.words["no-terms"]);
      return;
    }
    this.list.replaceChildren(...items);
    this.list.hidden = false;
    this.pointAt(0);
  }

  pointAt(index) {
    this.pointed = index;
    [...this.list.children].forEach((line, number) => line.setAttribute("aria-selected", number === index ? "true" : "false"));
    this.list.children[index]?.scrollIntoView({ block: "nearest" });
  }

  /** A key while the list of terms is open; false for one that is not the list's. */
  chooseTerm(event) {
    const size = this.list.children.length;
    if (event.key === "ArrowDown") this.pointAt((this.pointed + 1) % size);
    else if (event.key === "ArrowUp") this.pointAt((this.pointed + size - 1) % size);
    else if (event.key === "Enter" || event.key === "Tab") this.insertTerm(this.pointed);
    else if (event.key === "Escape") this.list.hidden = true;
    else if (/^[1-9]$/.test(event.key) && !event.altKey && Number(event.key) <= size) this.insertTerm(Number(event.key) - 1);
    else return false;
    return true;
  }

  insertTerm(index) {
    this.list.hidden = true;
    this.type(this.terms[index].text);
  }

  save() {
    if (this.saving) return;
    clearTimeout(this.timer);
    storage.write(this.storageKey, this.area.value, this.base);
    this.saving = setTimeout(() => {
      this.release();
      this.say(this.words.lost);
    }, PATIENCE);
    this.area.readOnly = true;
    this.saveButton.disabled = true;
    this.say(this.words.saving);
    this.send("save", { text: this.area.value });
  }

  /** Open for typing again: an answer came that did not close the editor, or none came. */
  release() {
    if (!this.saving) return;
    clearTimeout(this.saving);
    this.saving = null;
    this.area.readOnly = false;
    this.saveButton.disabled = false;
    this.say("");
  }

  discard() {
    if (this.saving) return;
    if (this.area.value !== this.base && !this.sure) {
      this.sure = true;
      this.say(this.words["discard-sure"]);
      this.area.focus();
      return;
    }
    clearTimeout(this.timer);
    storage.drop(this.storageKey);
    this.send("discard", { at: Date.now() });
  }

  destroy() {
    window.removeEventListener("pagehide", this.leaving);
    this.resized.disconnect();
    clearTimeout(this.timer);
    clearTimeout(this.saving);
    // Taken away while saving: the text is in the file, or kept on the server with the conflict.
    if (this.saving) storage.drop(this.storageKey);
  }
}

export default keeps(".editor", Editor);
