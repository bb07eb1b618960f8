// The glossary's action bar. It hears the keys of the whole page, and says with each which term was on the screen.

const KEYS = { j: "next", k: "previous", n: "new", e: "edit", p: "preview", a: "approve", x: "deprecate", w: "withdraw", z: "undo", "?": "help", "？": "help" };
const PATIENCE = 60000;

class Bar {
  constructor(root) {
    this.root = root;
    this.waiting = null;
    this.help = false;
    this.sure = null;
    this.listen = (event) => this.key(event);
    document.addEventListener("keydown", this.listen, true);
  }

  destroy() {
    document.removeEventListener("keydown", this.listen, true);
    clearTimeout(this.waiting);
  }

  update(data, send) {
    this.data = data;
    this.root.lang = data.lang;
    this.sendTrigger = send;
    clearTimeout(this.waiting);
    this.waiting = null;
    this.sure = null;
    this.draw(data.notice);
  }

  allowed(action) {
    if (action === "help") return true;
    if (action === "next" || action === "previous") return !this.data.editing;
    return this.data.actions.includes(action);
  }

  do(action) {
    if (this.waiting || !this.allowed(action)) return;
    if (action === "help") {
      this.help = !this.help;
      this.draw(this.data.notice);
      return;
    }
    if ((action === "deprecate" || action === "withdraw") && this.sure !== action) {
      this.sure = action;
      this.draw({ tone: "warn", text: this.data.words[`${action}-sure`] });
      return;
    }
    this.help = false;
    this.sure = null;
    this.waiting = setTimeout(() => {
      this.waiting = null;
      this.draw({ tone: "error", text: this.data.words.lost });
    }, PATIENCE);
    this.draw(null);
    this.sendTrigger("act", { action, id: this.data.id });
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const key = pressed(event);
    if (key === "Escape" && (this.help || this.sure)) {
      this.help = false;
      this.sure = null;
      this.draw(this.data.notice);
    } else if (Object.hasOwn(KEYS, key) && !this.data.editing) {
      const action = KEYS[key];
      // A key held down may walk through the list, but not decide.
      if (!event.repeat || action === "next" || action === "previous") this.do(action);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  draw(notice) {
    const { words } = this.data;
    const focused = this.root.getRootNode().activeElement?.dataset?.action;
    const bar = element("div", this.waiting ? "bar busy" : "bar");
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", words.label);
    const button = (action, key, className = "") => {
      const made = keyed(className, key, words[action], () => this.do(action));
      made.dataset.action = action;
      made.disabled = !this.allowed(action);
      return made;
    };
    if (this.data.writes) {
      const proposed = this.allowed("approve");
      bar.append(button("edit", "E", proposed ? "" : "first"), button("new", "N"));
      if (this.data.manages) bar.append(button("approve", "A", proposed ? "first" : ""));
      bar.append(button("preview", "P"));
      if (this.data.manages) bar.append(button("deprecate", "X"));
      bar.append(button("withdraw", "W"), button("undo", "Z"));
    }
    const line = element("span", `notice ${notice ? notice.tone : ""}`, notice ? notice.text : this.waiting ? words.working : "");
    line.setAttribute("role", "status");
    line.setAttribute("aria-live", "polite");
    bar.append(line, button("previous", "K"), button("next", "J"), button("help", "?"));
    this.root.replaceChildren(bar);
    Object.assign(this.root.dataset, { waiting: this.waiting ? "yes" : "no", editing: this.data.editing ? "yes" : "no", seq: this.data.seq, id: this.data.id });
    if (this.help) this.root.prepend(this.panel(words));
    else if (focused) this.root.querySelector(`[data-action="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  panel(words) {
    const panel = element("div", "panel");
    panel.setAttribute("role", "dialog");
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
}

const bars = new WeakMap();

export default function (component) {
  return living(bars, component, ".termbar", (root) => new Bar(root));
}
