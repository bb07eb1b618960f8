// The action bar. It hears the keys of the whole page and says, with each, which finding was on the
// screen: a press that comes while an answer is awaited, or for a finding that has gone, does nothing.

const LETTERS = { a: "accept", e: "edit", d: "dismiss", s: "skip", z: "undo", j: "next", k: "previous", g: "alike", t: "term", "?": "help", "？": "help" };
const FOLDS = { l: "terms", n: "neighbours", h: "history", m: "memory" };
const PATIENCE = 10000;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The key pressed; an input method that is on but composes nothing hides it behind "Process". */
function pressed(event) {
  if (event.key !== "Process" && event.key !== "Unidentified") return event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.code === "Slash") return event.shiftKey ? "?" : "/";
  return event.code.replace(/^(Key|Digit|Numpad)/, "").toLowerCase();
}

function isTyping(event) {
  const target = event.composedPath()[0];
  return target instanceof Element && (target.isContentEditable || target.matches("input, textarea, select"));
}

/** The text selected in the entry, by the side it stands on. */
function selected() {
  const selection = document.getSelection();
  const text = selection.toString().trim();
  const box = selection.anchorNode?.parentElement;
  if (!text || !box) return {};
  return box.closest(".yj-en, h2") ? { source: text } : box.closest(".yj-zh") ? { target: text } : {};
}

class Bar {
  constructor(root) {
    this.root = root;
    this.panel = null;
    this.waiting = null;
    this.shownId = null;
    this.listen = (event) => this.key(event);
    this.click = (event) => this.pickMark(event);
    document.addEventListener("keydown", this.listen, true);
    document.addEventListener("click", this.click);
  }

  destroy() {
    document.removeEventListener("keydown", this.listen, true);
    document.removeEventListener("click", this.click);
    clearTimeout(this.waiting);
  }

  update(data, send) {
    this.data = data;
    this.root.lang = data.lang;
    this.sendTrigger = send;
    clearTimeout(this.waiting);
    this.waiting = null;
    if (this.shownId !== data.id) this.panel = null;
    this.draw(data.notice);
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

  send(action, more = {}) {
    if (this.waiting) return;
    this.panel = null;
    this.waiting = setTimeout(() => {
      this.waiting = null;
      this.draw({ tone: "error", text: this.data.words.lost });
    }, PATIENCE);
    this.draw(this.data.notice && action !== "undo" ? null : this.data.notice);
    this.sendTrigger("act", { action, id: this.data.id, ...more });
  }

  allowed(action) {
    const { data } = this;
    if (data.editing) return false;
    if (action === "help") return true;
    if (action === "alike" || action === "term") return Boolean(data.id) && data.leads.includes(action);
    if (action === "undo") return !data.readOnly;
    if (!data.id) return false;
    if (action === "accept") return data.fixes.length > 0 && !data.readOnly;
    return ["next", "previous", "skip"].includes(action) || !data.readOnly;
  }

  do(action) {
    if (this.waiting || !this.allowed(action)) return;
    if (action === "help" || action === "dismiss") {
      this.panel = this.panel === action ? null : action;
      this.draw(this.data.notice);
    } else {
      this.send(action, action === "term" ? selected() : {});
    }
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const key = pressed(event);
    if (key === "Escape" && this.panel) {
      this.panel = null;
      this.draw(this.data.notice);
    } else if (this.panel === "dismiss" && /^[1-9]$/.test(key)) {
      this.reason(this.data.reasons[Number(key) - 1]);
    } else if (/^[1-9]$/.test(key) && this.data.fixes.length > 1 && this.data.fixes.includes(Number(key) - 1)) {
      if (!event.repeat && this.allowed("accept")) this.send("accept", { n: Number(key) - 1 });
    } else if (key === "/" || key === "／") {
      document.dispatchEvent(new CustomEvent("yijiao:filter"));
    } else if (Object.hasOwn(FOLDS, key)) {
      if (!event.repeat) document.dispatchEvent(new CustomEvent("yijiao:fold", { detail: FOLDS[key] }));
    } else if (Object.hasOwn(LETTERS, key)) {
      const action = LETTERS[key];
      // A key held down may walk through the list, but not decide.
      if (!event.repeat || action === "next" || action === "previous") this.do(action);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  reason(reason) {
    if (!reason || !this.allowed("dismiss")) return;
    if (reason.code !== "other") this.send("dismiss", { reason: reason.code });
    else {
      this.panel = "note";
      this.draw(this.data.notice);
    }
  }

  pickMark(event) {
    const id = event.target instanceof Element ? event.target.closest("[data-yj-pick]")?.dataset.yjPick : null;
    if (id && id !== this.data.id && !this.data.editing && !this.waiting) {
      this.send("pick", { id });
    }
  }

  button(action, key, text, className = "", run = () => this.do(action)) {
    const made = element("button", className);
    made.type = "button";
    made.dataset.action = action;
    if (key) {
      made.append(element("kbd", "", key));
      made.setAttribute("aria-keyshortcuts", key);
    }
    made.append(element("span", "", text));
    made.disabled = !this.allowed(action);
    made.addEventListener("click", run);
    return made;
  }

  draw(notice) {
    const { data } = this;
    const { words } = data;
    const focused = this.root.getRootNode().activeElement?.dataset?.action;
    const bar = element("div", this.waiting ? "bar busy" : "bar");
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", words.label);
    bar.append(this.button("accept", "A", words.accept, "first"));
    if (data.fixes.length > 1) {
      for (const number of data.fixes) {
        const made = this.button("accept", String(number + 1), "", "", () => this.send("accept", { n: number }));
        made.dataset.action = `accept-${number + 1}`;
        made.setAttribute("aria-label", words["accept-n"].replace("{n}", number + 1));
        bar.append(made);
      }
    }
    bar.append(this.button("edit", "E", words.edit), this.button("dismiss", "D", words.dismiss), this.button("skip", "S", words.skip), this.button("undo", "Z", words.undo));
    const leads = { alike: "G", term: "T" };
    for (const action of data.leads) bar.append(this.button(action, leads[action], words[action]));
    const line = element("span", `notice ${notice ? notice.tone : ""}`, notice ? notice.text : "");
    line.setAttribute("role", "status");
    line.setAttribute("aria-live", "polite");
    bar.append(line, this.button("previous", "K", words.previous), this.button("next", "J", words.next), this.button("help", "?", words.help));
    this.root.replaceChildren(bar);
    this.root.dataset.waiting = this.waiting ? "yes" : "no";
    this.root.dataset.editing = this.data.editing ? "yes" : "no";
    this.root.dataset.seq = data.seq;
    this.root.dataset.id = data.id ?? "";
    if (this.panel) this.root.prepend(this.drawPanel(words));
    else if (focused) this.root.querySelector(`[data-action="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  drawPanel(words) {
    const panel = element("div", "panel");
    panel.setAttribute("role", "dialog");
    if (this.panel === "help") {
      panel.setAttribute("aria-label", words.help);
      const list = element("dl");
      for (const [keys, text] of this.data.help) {
        const term = element("dt");
        keys.forEach((key, index) => term.append(...(index ? [" "] : []), element("kbd", "", key)));
        list.append(term, element("dd", "", text));
      }
      panel.append(element("h2", "", words.help), list);
      return panel;
    }
    panel.setAttribute("aria-label", words.reasons);
    const reasons = element("div", "reasons");
    this.data.reasons.forEach((reason, index) => {
      reasons.append(this.button("dismiss", String(index + 1), reason.text, "", () => this.reason(reason)));
    });
    panel.append(element("h2", "", words.reasons), reasons);
    if (this.panel === "note") panel.append(this.note(words));
    return panel;
  }

  note(words) {
    const line = element("div", "note");
    const input = element("input");
    input.type = "text";
    input.placeholder = words["reason-note"];
    input.setAttribute("aria-label", words["reason-note"]);
    const confirm = () => {
      if (input.value.trim()) this.send("dismiss", { reason: "other", note: input.value.trim() });
    };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "Enter") confirm();
      if (event.key === "Escape") {
        this.panel = null;
        this.draw(this.data.notice);
      }
    });
    const button = element("button", "first", words.confirm);
    button.type = "button";
    button.addEventListener("click", confirm);
    line.append(input, button);
    queueMicrotask(() => input.focus());
    return line;
  }
}

const bars = new WeakMap();

export default function (component) {
  const root = component.parentElement.querySelector(".actions");
  let bar = bars.get(root);
  if (!bar) {
    bar = new Bar(root);
    bars.set(root, bar);
  }
  bar.update(component.data, component.setTriggerValue);
  return () => {
    bar.destroy();
    bars.delete(root);
  };
}
