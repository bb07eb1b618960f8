// The form of one term. It sends everything with the event, and keeps what was typed in the browser until it is saved.

const PREFIX = "yijiao:term:";
const PATIENCE = 60000;

const storage = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
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
};

class Form {
  constructor(root, data) {
    this.root = root;
    this.storageKey = PREFIX + data.address;
    this.base = JSON.stringify(data.values);
    this.inputs = {};
    this.marks = {};
    this.build(data);
    this.fill(data.values);
    const draft = storage.read(this.storageKey);
    if (draft && draft.base !== undefined && JSON.stringify(draft.values) !== this.base) {
      this.fill(draft.values);
      this.say(draft.base === this.base ? data.words.restored : data.words["restored-older"], "warn");
    }
    (this.inputs.source.readOnly || this.inputs.source.value ? this.inputs.preferred : this.inputs.source).focus();
  }

  build(data) {
    const { words } = data;
    const header = element("header");
    this.message = element("span", "message");
    this.message.setAttribute("role", "status");
    header.append(element("b", "", data.label), this.message);
    const grid = element("div", "grid");
    for (const field of data.fields) grid.append(this.field(field, words));
    const footer = element("footer");
    const save = button("first", words.save, () => this.save(), "Ctrl+Enter");
    save.dataset.action = "save";
    const preview = button("", words.preview, () => this.preview(), "Alt+P");
    preview.dataset.action = "preview";
    const discard = button("", words.discard, () => this.discard(), "Esc");
    discard.dataset.action = "discard";
    this.kept = element("span", "kept");
    footer.append(save, preview, discard, this.kept);
    this.root.replaceChildren(header, grid, footer);
    this.root.addEventListener("keydown", (event) => this.key(event));
    for (const kind of ["keyup", "keypress"]) this.root.addEventListener(kind, (event) => event.stopPropagation());
  }

  field(field, words) {
    const box = element("label", `field ${field.name} ${field.kind}`);
    const caption = element("span", "caption", field.label);
    if (field.hint) caption.append(element("small", "", field.hint));
    let input;
    if (field.kind === "choice") {
      input = element("select");
      for (const [value, text] of field.options) {
        const option = element("option", "", text);
        option.value = value;
        input.append(option);
      }
    } else if (field.kind === "flag") {
      input = element("input");
      input.type = "checkbox";
    } else {
      input = element(field.kind === "text" ? "input" : "textarea");
      input.spellcheck = false;
      input.autocomplete = "off";
      if (field.kind === "list") input.rows = 2;
      if (field.kind === "long") input.rows = 2;
      input.lang = field.lang;
      input.readOnly = Boolean(field.readOnly);
      if (field.offers?.length) {
        const list = element("datalist");
        list.id = `offers-${field.name}`;
        for (const offer of field.offers) {
          const option = element("option");
          option.value = offer;
          list.append(option);
        }
        input.setAttribute("list", list.id);
        box.append(list);
      }
    }
    input.addEventListener("input", () => this.changed(words));
    const mark = element("span", "fault");
    mark.id = `fault-${field.name}`;
    input.setAttribute("aria-describedby", mark.id);
    this.inputs[field.name] = input;
    this.marks[field.name] = mark;
    if (field.kind === "flag") box.append(input, caption, mark);
    else box.append(caption, input, mark);
    if (field.offers?.length > 1) {
      const offers = element("span", "offers", `${words.offers} `);
      for (const offer of field.offers) {
        const take = element("button", "link", offer);
        take.type = "button";
        take.lang = field.lang;
        take.addEventListener("click", () => {
          input.value = offer;
          this.changed(words);
          input.focus();
        });
        offers.append(take);
      }
      box.append(offers);
    }
    return box;
  }

  fill(values) {
    for (const [name, input] of Object.entries(this.inputs)) {
      const value = values[name];
      if (input.type === "checkbox") input.checked = value === true;
      else if (value !== undefined && value !== null) input.value = String(value);
      if (input.tagName === "TEXTAREA") this.fit(input);
    }
  }

  fit(input) {
    input.rows = Math.max(input.parentElement?.classList.contains("long") ? 2 : 1, Math.min(8, input.value.split("\n").length));
  }

  values() {
    return Object.fromEntries(Object.entries(this.inputs).map(([name, input]) => [name, input.type === "checkbox" ? input.checked : input.value]));
  }

  update(data, send) {
    this.send = send;
    this.data = data;
    this.root.lang = data.lang;
    if (this.waiting) this.say("");
    clearTimeout(this.waiting);
    this.waiting = null;
    this.root.dataset.waiting = "no";
    this.root.dataset.seq = data.seq;
    for (const [name, mark] of Object.entries(this.marks)) {
      const found = data.faults.filter((fault) => fault.field === name);
      mark.textContent = found.map((fault) => fault.text).join(" ");
      mark.className = found.some((fault) => !fault.mild) ? "fault" : "fault mild";
      this.inputs[name].setAttribute("aria-invalid", String(found.some((fault) => !fault.mild)));
    }
    const told = JSON.stringify(data.faults);
    if (data.faults.length && told !== this.told) this.inputs[data.faults[0].field]?.focus();
    this.told = told;
  }

  say(text, tone = "") {
    this.message.textContent = text;
    this.message.className = `message ${tone}`;
  }

  changed(words) {
    this.sure = false;
    this.say("");
    for (const input of Object.values(this.inputs)) if (input.tagName === "TEXTAREA") this.fit(input);
    const kept = storage.write(this.storageKey, { values: this.values(), base: this.base });
    this.kept.textContent = kept ? words["draft-kept"] : "";
  }

  key(event) {
    event.stopPropagation();
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.save();
    } else if (event.altKey && event.code === "KeyP") {
      event.preventDefault();
      this.preview();
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.discard();
    }
  }

  ask(action) {
    if (this.waiting) return;
    this.waiting = setTimeout(() => {
      this.waiting = null;
      this.root.dataset.waiting = "no";
      this.say(this.data.words.lost, "error");
    }, PATIENCE);
    this.root.dataset.waiting = "yes";
    this.say(this.data.words.working);
    this.asked = action;
    this.send(action, { ...this.values(), at: Date.now() });
  }

  save() {
    this.ask("save");
  }

  preview() {
    this.ask("preview");
  }

  discard() {
    if (this.waiting) return;
    if (JSON.stringify(this.values()) !== this.first() && !this.sure) {
      this.sure = true;
      this.say(this.data.words["discard-sure"], "warn");
      return;
    }
    storage.drop(this.storageKey);
    this.send("discard", { at: Date.now() });
  }

  /** What the form began with, as its inputs give it back. */
  first() {
    const begun = JSON.parse(this.base);
    const values = Object.entries(this.inputs).map(([name, input]) => {
      if (input.type === "checkbox") return [name, begun[name] === true];
      return [name, begun[name] === undefined || begun[name] === null ? input.value : String(begun[name])];
    });
    return JSON.stringify(Object.fromEntries(values));
  }

  destroy() {
    // Taken away while saving: it is in the file.
    if (this.waiting && this.asked === "save") storage.drop(this.storageKey);
    clearTimeout(this.waiting);
  }
}

export default keeps(".termform", Form);
