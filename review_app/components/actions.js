// The action bar. It hears the keys of the whole page and says, with each, which finding was on the
// screen: a press that comes while an answer is awaited, or for a finding that has gone, does nothing.

/** The text selected in the entry, by the side it stands on. */
function selected() {
  const selection = document.getSelection();
  const text = selection.toString().trim();
  const box = selection.anchorNode?.parentElement;
  if (!text || !box) return {};
  return box.closest(".yj-en, h2") ? { source: text } : box.closest(".yj-zh") ? { target: text } : {};
}

function quoted({ source = "", target = "" }) {
  return source || target;
}

class Bar extends Hearing {
  constructor(root) {
    super(root, 10000);
    this.shownId = null;
    this.click = (event) => this.pickMark(event);
    document.addEventListener("click", this.click);
  }

  destroy() {
    super.destroy();
    document.removeEventListener("click", this.click);
  }

  took() {
    const { data } = this;
    if (this.shownId !== data.id) this.panel = null;
    if (this.shownId !== data.id || data.notice) this.reveal();
    this.shownId = data.id;
  }

  /** Brings the marked place into sight, once the rest of the page has been drawn. */
  reveal() {
    requestAnimationFrame(() => {
      const mark = document.querySelector(".yj-cur");
      if (!mark) return;
      for (const box of [mark.closest(".yj-zh"), mark.closest(".yj-raw")]) {
        if (box && box.scrollHeight > box.clientHeight) {
          const place = mark.getBoundingClientRect().top - box.getBoundingClientRect().top;
          if (place < 0 || place > box.clientHeight - 40) box.scrollTop += place - box.clientHeight / 3;
        }
      }
      const { top, bottom } = mark.getBoundingClientRect();
      if (top < 0 || bottom > window.innerHeight - 70) mark.scrollIntoView({ block: "center" });
    });
  }

  /** Nothing: it is over at once, and to be told of each press would be noise. */
  begun() {
    return null;
  }

  decide(action, more = {}) {
    this.send(action, { id: this.data.id, ...more });
  }

  allowed(action) {
    const { data } = this;
    if (data.editing) return false;
    if (action === "help") return true;
    if (action === "commented") return Boolean(data.commented);
    if (action === "comment") return data.remarks && !data.readOnly;
    if (action === "alike" || action === "term") return Boolean(data.id) && data.leads.includes(action);
    if (action === "undo") return !data.readOnly;
    if (!data.id) return false;
    if (data.refused[action]) return false;
    return ["next", "previous", "skip"].includes(action) || !data.readOnly;
  }

  do(action) {
    if (this.waiting) return;
    if (!this.allowed(action)) {
      this.explain(action);
      return;
    }
    const { event } = this.data.actions[action];
    if (event) document.dispatchEvent(new CustomEvent(`yijiao:${event}`, { detail: { action, quote: quoted(selected()) } }));
    else if (action === "help" || action === "dismiss") this.open(action);
    else this.decide(action, action === "term" ? selected() : {});
  }

  /** A key that does nothing says why, where that is not plain from the whole page. */
  explain(action) {
    const text = this.data.editing || this.data.readOnly ? null : this.data.refused[action];
    if (!text) return;
    this.notice = { tone: "warn", text };
    this.draw();
  }

  key(key, event) {
    if (this.panel === "dismiss" && /^[1-9]$/.test(key)) {
      this.reason(this.data.reasons[Number(key) - 1]);
    } else if (/^[1-9]$/.test(key) && this.data.fixes.length > 1 && this.data.fixes.includes(Number(key) - 1)) {
      if (!event.repeat && this.allowed("accept")) this.decide("accept", { n: Number(key) - 1 });
    } else if (Object.hasOwn(this.data.keys, key)) {
      const action = this.data.keys[key];
      // A key held down may walk through the list, but not decide.
      if (!event.repeat || action === "next" || action === "previous") this.do(action);
    } else {
      return false;
    }
    return true;
  }

  reason(reason) {
    if (!reason || !this.allowed("dismiss")) return;
    if (reason.code !== "other") this.decide("dismiss", { reason: reason.code });
    else this.open("note");
  }

  pickMark(event) {
    const id = event.target instanceof Element ? event.target.closest("[data-yj-pick]")?.dataset.yjPick : null;
    if (id && id !== this.data.id && !this.data.editing && !this.waiting) {
      this.decide("pick", { id });
    }
  }

  act(action, text, className = "", key = this.data.actions[action].key, run = () => this.do(action)) {
    const made = button(className, text, run, key);
    made.dataset.action = action;
    made.disabled = !this.allowed(action);
    made.title = this.data.refused[action] ?? "";
    return made;
  }

  draw() {
    const { data } = this;
    const { words } = data;
    const focused = this.root.getRootNode().activeElement?.dataset?.action;
    const bar = element("div", this.waiting ? "bar busy" : "bar");
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", words.label);
    bar.append(this.act("accept", words.accept, "first"));
    if (data.fixes.length > 1) {
      for (const number of data.fixes) {
        const made = this.act("accept", "", "", String(number + 1), () => this.decide("accept", { n: number }));
        made.dataset.action = `accept-${number + 1}`;
        made.setAttribute("aria-label", words["accept-n"].replace("{n}", number + 1));
        bar.append(made);
      }
    }
    const further = ["edit", "dismiss", "skip", "undo", ...data.leads, "comment", ...(data.commented ? ["commented"] : [])];
    bar.append(...further.map((action) => this.act(action, words[action])));
    bar.append(this.said(), ...["previous", "next", "help"].map((action) => this.act(action, words[action])));
    this.root.replaceChildren(bar);
    this.root.dataset.waiting = this.waiting ? "yes" : "no";
    this.root.dataset.editing = this.data.editing ? "yes" : "no";
    this.root.dataset.seq = data.seq;
    this.root.dataset.id = data.id ?? "";
    if (this.panel) this.root.prepend(this.drawPanel(words));
    else if (focused) this.root.querySelector(`[data-action="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  drawPanel(words) {
    if (this.panel === "help") return this.help();
    const reasons = element("div", "reasons");
    this.data.reasons.forEach((reason, index) => {
      reasons.append(this.act("dismiss", reason.text, "", String(index + 1), () => this.reason(reason)));
    });
    return this.dialog(words.reasons, reasons, ...(this.panel === "note" ? [this.note(words)] : []));
  }

  note(words) {
    const line = element("div", "note");
    const input = element("input");
    input.type = "text";
    input.placeholder = words["reason-note"];
    input.setAttribute("aria-label", words["reason-note"]);
    const confirm = () => {
      if (input.value.trim()) this.decide("dismiss", { reason: "other", note: input.value.trim() });
    };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "Enter") confirm();
      if (event.key === "Escape") this.open(null);
    });
    line.append(input, button("first", words.confirm, confirm));
    queueMicrotask(() => input.focus());
    return line;
  }
}

export default keeps(".actions", Bar);
