// The keys of one person: press "Change", then the key. While a key is awaited, nothing else on the page hears it.

class Keys {
  constructor(root) {
    this.root = root;
    this.awaited = null;
    this.listen = (event) => this.hear(event);
    document.addEventListener("keydown", this.listen, true);
  }

  destroy() {
    document.removeEventListener("keydown", this.listen, true);
  }

  update(data, send) {
    this.data = data;
    this.send = (action, more = {}) => send("act", { action, at: Date.now(), ...more });
    this.root.lang = data.lang;
    this.draw();
  }

  hear(event) {
    if (!this.awaited) return;
    // A modifier is the beginning of something; of what an input method composes, its end is awaited.
    if (event.isComposing || ["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock"].includes(event.key)) return;
    const name = this.awaited;
    this.await(null);
    if (event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") return;
    const alone = !(event.ctrlKey || event.metaKey || event.altKey);
    this.give("give", name, { key: alone ? pressed(event) : "" });
  }

  /** What becomes of it is said below its row: the end of the list may be out of sight. */
  give(action, name, more = {}) {
    this.told = name;
    this.send(action, { name, ...more });
  }

  await(name) {
    this.awaited = name;
    this.draw();
  }

  draw() {
    const { data } = this;
    const { words } = data;
    const list = element("dl");
    list.setAttribute("aria-label", words.label);
    const said = element("p", `said ${data.notice?.tone ?? ""}`, this.awaited ? words.press : (data.notice?.text ?? ""));
    said.setAttribute("role", "status");
    const near = data.notice && !this.awaited ? this.told : null;
    for (const row of data.rows) {
      list.append(...this.row(row));
      if (row.name === near) list.append(element("dd", "near"));
    }
    list.querySelector(".near")?.append(said);
    const all = button("do", words["reset-all"], () => this.give("reset-all", null));
    all.dataset.focus = "reset-all";
    all.disabled = !data.rows.some((row) => row.own);
    // What is replaced loses the focus, which is no leaving.
    this.drawing = true;
    redraw(this.root, element("p", "how", words.how), list, ...(near ? [] : [said]), all);
    this.drawing = false;
  }

  row(row) {
    const { words } = this.data;
    const awaited = this.awaited === row.name;
    const text = element("dt", "", row.text);
    const side = element("dd");
    const change = button(awaited ? "do awaited" : "do", awaited ? words.press : words.change, () => this.await(awaited ? null : row.name));
    change.dataset.focus = `change-${row.name}`;
    change.setAttribute("aria-label", `${words.change} ${row.text}`);
    change.setAttribute("aria-pressed", String(awaited));
    // Who goes elsewhere with the mouse wants no key.
    change.addEventListener("blur", () => this.awaited === row.name && !this.drawing && this.await(null));
    side.append(row.key ? element("kbd", row.own ? "own" : "", row.key) : element("i", "", words.nothing), change);
    if (row.own) {
      const reset = button("do", words.reset, () => this.give("reset", row.name));
      reset.dataset.focus = `reset-${row.name}`;
      reset.setAttribute("aria-label", `${words.reset} ${row.text}`);
      reset.title = words.usual.replace("{key}", row.usual);
      side.append(reset);
    }
    return [text, side];
  }
}

export default keeps(".keys", Keys);
