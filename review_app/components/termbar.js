// The glossary's action bar. It hears the keys of the whole page, and says with each which term was on the screen.

const KEYS = { j: "next", k: "previous", n: "new", e: "edit", p: "preview", a: "approve", x: "deprecate", w: "withdraw", z: "undo", "?": "help" };
const SURE = ["deprecate", "withdraw"];

class Bar extends Hearing {
  constructor(root) {
    super(root, 60000);
    this.sure = null;
  }

  took() {
    this.sure = null;
  }

  allowed(action) {
    if (action === "help") return true;
    if (action === "next" || action === "previous") return !this.data.editing;
    return this.data.actions.includes(action);
  }

  do(action) {
    if (this.waiting || !this.allowed(action)) return;
    if (action === "help") this.open("help");
    else if (SURE.includes(action) && this.sure !== action) {
      this.sure = action;
      this.notice = { tone: "warn", text: this.data.words[`${action}-sure`] };
      this.draw();
    } else {
      this.sure = null;
      this.send(action, { id: this.data.id });
    }
  }

  key(key, event) {
    if (key === "Escape" && this.sure) {
      this.sure = null;
      this.notice = this.data.notice;
      this.draw();
      return true;
    }
    if (!Object.hasOwn(KEYS, key) || this.data.editing) return false;
    const action = KEYS[key];
    // A key held down may walk through the list, but not decide.
    if (!event.repeat || action === "next" || action === "previous") this.do(action);
    return true;
  }

  draw() {
    const { words } = this.data;
    const focused = this.root.getRootNode().activeElement?.dataset?.action;
    const bar = element("div", this.waiting ? "bar busy" : "bar");
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", words.label);
    const act = (action, key, className = "") => {
      const made = button(className, words[action], () => this.do(action), key);
      made.dataset.action = action;
      made.disabled = !this.allowed(action);
      return made;
    };
    if (this.data.writes) {
      const proposed = this.allowed("approve");
      bar.append(act("edit", "E", proposed ? "" : "first"), act("new", "N"));
      if (this.data.manages) bar.append(act("approve", "A", proposed ? "first" : ""));
      bar.append(act("preview", "P"));
      if (this.data.manages) bar.append(act("deprecate", "X"));
      bar.append(act("withdraw", "W"), act("undo", "Z"));
    }
    bar.append(this.said(), act("previous", "K"), act("next", "J"), act("help", "?"));
    this.root.replaceChildren(bar);
    Object.assign(this.root.dataset, { waiting: this.waiting ? "yes" : "no", editing: this.data.editing ? "yes" : "no", seq: this.data.seq, id: this.data.id });
    if (this.panel) this.root.prepend(this.help());
    else if (focused) this.root.querySelector(`[data-action="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
}

export default keeps(".termbar", Bar);
