// The comments of an entry: threads, and one box to write in. Everything shown is set as textContent.
// The box is never drawn anew while it is open, so what others say does not disturb whoever is writing; it keeps its
// text in the browser at each key, on the server at each pause, and leaves every key of an input method to it.

const KEPT = "yijiao:comment:";
const PAUSE = 400;
const PATIENCE = 10000;
const KEEP_DAYS = 30;

/** The drafts in the browser's storage, which may be full or forbidden: then the server's has to do. */
const drafts = {
  read(entry) {
    try {
      return JSON.parse(localStorage.getItem(KEPT + entry));
    } catch {
      return null;
    }
  },
  write(entry, draft) {
    try {
      if (draft) localStorage.setItem(KEPT + entry, JSON.stringify({ ...draft, at: Date.now() }));
      else localStorage.removeItem(KEPT + entry);
      return true;
    } catch {
      return false;
    }
  },
  /** Drafts of long ago are cleared away. */
  clear() {
    try {
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(KEPT) && Date.now() - drafts.read(key.slice(KEPT.length))?.at > KEEP_DAYS * 86400000) localStorage.removeItem(key);
      }
    } catch {
      // Nothing is kept there.
    }
  },
};

class Comments {
  constructor(root) {
    this.root = root;
    this.entry = null;
    this.pending = null;
    this.turn = 0;
    this.listen = (event) => this.write(this.area.value.trim() ? this.thread : "", event.detail?.quote ?? "");
    document.addEventListener("yijiao:comment", this.listen);
    this.list = element("div", "threads");
    // It scrolls, so it must be reached without a mouse.
    this.list.tabIndex = 0;
    this.list.setAttribute("role", "group");
    this.build();
    this.root.replaceChildren(this.list, this.box);
    drafts.clear();
  }

  destroy() {
    document.removeEventListener("yijiao:comment", this.listen);
    clearTimeout(this.timer);
    clearTimeout(this.waiting);
  }

  build() {
    this.box = element("div", "box");
    this.title = element("b");
    this.said = element("span", "said");
    this.said.setAttribute("role", "status");
    const head = element("div", "head");
    head.append(this.title, this.said);
    this.area = element("textarea");
    this.area.rows = 3;
    this.area.lang = "zh-Hans";
    this.area.addEventListener("input", () => this.changed());
    this.area.addEventListener("compositionstart", () => clearTimeout(this.timer));
    this.area.addEventListener("compositionend", () => this.changed());
    this.area.addEventListener("keydown", (event) => this.key(event));
    for (const kind of ["keyup", "keypress"]) this.area.addEventListener(kind, (event) => event.stopPropagation());
    this.attached = element("input");
    this.attached.type = "checkbox";
    this.aboutText = element("span");
    this.about = element("label", "about");
    this.about.append(this.attached, this.aboutText);
    this.foot = element("div", "foot");
    this.box.append(head, this.area, this.about, this.foot);
    this.box.hidden = true;
  }

  update(data, send) {
    this.data = data;
    this.sendTrigger = send;
    this.root.lang = data.lang;
    this.list.setAttribute("aria-label", data.words.label);
    this.times = new Intl.DateTimeFormat(data.lang, { dateStyle: "short", timeStyle: "short" });
    if (this.entry !== data.entry) this.come();
    else this.hear(data.done);
    this.draw();
    this.drawBox();
  }

  /** Another entry: what was begun there is shown again, but does not take the keys. */
  come() {
    const { data } = this;
    if (this.entry !== null) this.keep();
    clearTimeout(this.timer);
    this.timer = null;
    this.entry = data.entry;
    this.pending = null;
    this.sure = null;
    this.quote = "";
    clearTimeout(this.waiting);
    const draft = drafts.read(data.entry) ?? data.draft;
    this.thread = this.threadOf(draft?.thread) ? draft.thread : "";
    this.area.value = draft?.text ?? "";
    this.attached.checked = true;
    this.box.hidden = !draft || data.readOnly;
    this.tell(draft ? data.words.restored : "");
  }

  /** The answer to what was sent. */
  hear(done) {
    if (!this.pending || done?.token !== this.pending.token) return;
    const { wrote } = this.pending;
    this.pending = null;
    clearTimeout(this.waiting);
    if (done.ok && wrote) {
      this.forget();
      this.shut();
    }
    this.note = { text: done.text, ok: done.ok };
    this.tell(done.ok ? "" : done.text, !done.ok);
  }

  threadOf(id) {
    return id ? this.data.threads.find((thread) => thread.id === id) : undefined;
  }

  write(thread, quote = "") {
    if (!this.data || this.data.readOnly) return;
    this.thread = thread;
    if (quote) this.quote = quote;
    this.note = null;
    this.box.hidden = false;
    this.draw();
    this.drawBox();
    this.area.focus();
    this.box.scrollIntoView({ block: "nearest" });
  }

  shut() {
    const had = this.box.contains(this.root.getRootNode().activeElement);
    this.box.hidden = true;
    this.thread = "";
    this.quote = "";
    if (had) this.area.blur();
    this.draw();
  }

  /** Leaves the box; a text that is there stays in sight, as a draft. */
  leave() {
    this.keep();
    this.flush();
    this.area.blur();
    if (!this.area.value.trim()) this.shut();
  }

  forget() {
    clearTimeout(this.timer);
    this.timer = null;
    this.area.value = "";
    drafts.write(this.entry, null);
  }

  drop() {
    this.forget();
    this.ask("keep", { thread: "", text: "" });
    this.shut();
  }

  changed() {
    this.note = null;
    const kept = this.keep();
    this.tell(this.area.value.trim() && kept ? this.data.words.kept : "");
    this.tooLong();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE);
  }

  /** Tells the server what there is to keep, where that has not been done. */
  flush() {
    if (!this.timer) return;
    clearTimeout(this.timer);
    this.timer = null;
    this.ask("keep", { thread: this.thread, text: this.area.value });
  }

  keep() {
    const text = this.area.value;
    return drafts.write(this.entry, text.trim() ? { thread: this.thread, text } : null);
  }

  tooLong() {
    const long = this.area.value.length > this.data.longest;
    if (long) this.tell(this.data.words["too-long"], true);
    return long;
  }

  tell(text, wrong = false) {
    this.said.textContent = text;
    this.said.classList.toggle("wrong", wrong);
  }

  key(event) {
    // The page's own keys must not hear what is typed here.
    event.stopPropagation();
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.leave();
    }
  }

  submit() {
    const text = this.area.value.trim();
    if (!text || this.pending || this.tooLong()) return;
    clearTimeout(this.timer);
    this.timer = null;
    if (this.thread) this.send("answer", { thread: this.thread, text }, true);
    else this.send("say", { text, attached: this.attached.checked, quote: this.quote }, true);
  }

  send(action, more, wrote = false) {
    if (this.pending) return;
    this.turn += 1;
    this.pending = { token: `${Date.now()}-${this.turn}`, wrote };
    this.note = null;
    if (wrote) this.tell(this.data.words.sending);
    this.waiting = setTimeout(() => {
      this.pending = null;
      this.note = { text: this.data.words.lost, ok: false };
      this.tell(this.data.words.lost, true);
      this.draw();
    }, PATIENCE);
    this.ask(action, { ...more, token: this.pending.token });
    this.draw();
  }

  /** At the second press: what is withdrawn can only be written anew. */
  withdraw(said) {
    if (this.sure === said) {
      this.sure = null;
      this.send("withdraw", { said });
      return;
    }
    this.sure = said;
    this.draw();
  }

  ask(action, more) {
    this.sendTrigger("act", { action, entry: this.entry, at: Date.now(), ...more });
  }

  draw() {
    const { data } = this;
    const { words } = data;
    const name = this.root.getRootNode().activeElement?.dataset?.focus;
    const open = data.threads.filter((thread) => !thread.resolved);
    const closed = data.threads.filter((thread) => thread.resolved);
    const parts = [];
    if (this.note?.text && this.box.hidden) {
      const note = element("p", this.note.ok ? "note ok" : "note wrong", this.note.text);
      note.setAttribute("role", "status");
      parts.push(note);
    }
    if (open.length) {
      const list = element("ol");
      list.setAttribute("aria-label", words.open);
      list.append(...open.map((thread) => this.threadLine(thread)));
      parts.push(list);
    }
    if (closed.length) {
      const unfolded = this.list.querySelector("details")?.open ?? false;
      const box = element("details");
      box.open = unfolded;
      const list = element("ol");
      list.append(...closed.map((thread) => this.threadLine(thread)));
      box.append(element("summary", "", `${words.resolved} (${closed.length})`), list);
      parts.push(box);
    }
    this.list.replaceChildren(...parts);
    this.root.classList.toggle("any", parts.length > 0 || !this.box.hidden);
    this.root.dataset.waiting = this.pending ? "yes" : "no";
    if (name) this.list.querySelector(`[data-focus="${CSS.escape(name)}"]`)?.focus({ preventScroll: true });
  }

  threadLine(thread) {
    const { words, readOnly } = this.data;
    const line = element("li", thread.resolved ? "thread resolved" : "thread");
    line.dataset.thread = thread.id;
    if (thread.about) line.append(element("p", "of", thread.about));
    for (const said of thread.said) line.append(this.saidLine(said));
    const foot = element("div", "foot");
    if (!readOnly) {
      foot.append(this.button("answer", thread.id, words.answer, () => this.write(thread.id)));
      if (thread.resolved) foot.append(this.button("reopen", thread.id, words.reopen, () => this.send("reopen", { thread: thread.id })));
      else foot.append(this.button("resolve", thread.id, words.resolve, () => this.send("resolve", { thread: thread.id })));
    }
    if (thread.resolved) foot.append(element("span", "state", thread.resolved), this.time(thread.resolvedAt));
    if (foot.children.length) line.append(foot);
    return line;
  }

  saidLine(said) {
    const { words, readOnly } = this.data;
    const line = element("div", said.withdrawn ? "remark withdrawn" : "remark");
    const head = element("div", "who");
    head.append(element("b", "", said.by), this.time(said.at));
    if (said.mine && !readOnly) head.append(this.button("withdraw", said.id, words[this.sure === said.id ? "sure" : "withdraw"], () => this.withdraw(said.id)));
    const text = element("p", "text", said.withdrawn ? words.withdrawn : said.text);
    if (!said.withdrawn) text.lang = "zh-Hans";
    line.append(head, text);
    return line;
  }

  button(action, id, text, run) {
    const made = button("do small", text, run);
    made.dataset.action = action;
    made.dataset.focus = `${action}-${id}`;
    made.disabled = Boolean(this.pending);
    return made;
  }

  time(at) {
    const moment = new Date(at);
    const made = element("time", "", Number.isNaN(moment.getTime()) ? at : this.times.format(moment));
    made.dateTime = at;
    made.title = at;
    return made;
  }

  drawBox() {
    const { data } = this;
    const { words } = data;
    const answered = this.threadOf(this.thread);
    if (!answered) this.thread = "";
    this.title.textContent = answered ? words.answering.replace("{name}", answered.said[0].by) : words.write;
    this.area.setAttribute("aria-label", this.title.textContent);
    const about = this.quote ? `「${this.quote}」` : data.about;
    this.about.hidden = Boolean(answered) || !about;
    this.aboutText.textContent = words.about.replace("{about}", about);
    if (this.drawn === data.lang) return;
    this.drawn = data.lang;
    const made = [button("do first", words.send, () => this.submit(), "Ctrl+Enter"), button("do", words.leave, () => this.leave(), "Esc"), button("do", words.drop, () => this.drop())];
    ["send", "leave", "drop"].forEach((name, number) => { made[number].dataset.action = name; });
    this.foot.replaceChildren(...made);
  }
}

export default keeps(".comments", Comments);
