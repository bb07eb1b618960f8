// The editor of one field. It sends its text together with the event, keeps a draft in the browser at
// each key and on the server at each pause, and leaves every key of an input method to the input method.

const PREFIX = "yijiao:draft:";
const PAUSE = 900;
const PATIENCE = 12000;
const KEEP_DAYS = 30;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

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

class Editor {
  constructor(root, data) {
    this.root = root;
    this.field = `${PREFIX}${data.address}:`;
    this.storageKey = this.field + data.baseHash;
    this.base = data.base;
    this.sure = false;
    this.saving = null;
    this.timer = null;
    this.build(data);
    this.begin(data);
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
    this.area.addEventListener("keydown", (event) => this.key(event, data));
    for (const kind of ["keyup", "keypress"]) this.area.addEventListener(kind, (event) => event.stopPropagation());
    const footer = element("footer");
    this.saveButton = this.button("first", "Ctrl+Enter", words.save, () => this.save());
    this.saveButton.dataset.action = "save";
    const discard = this.button("", "Esc", words.discard, () => this.discard());
    discard.dataset.action = "discard";
    this.kept = element("span", "kept");
    footer.append(this.saveButton, discard, this.kept);
    this.root.replaceChildren(header, this.area, footer);
  }

  button(className, key, text, run) {
    const made = element("button", className);
    made.type = "button";
    made.append(element("kbd", "", key), element("span", "", text));
    made.addEventListener("click", run);
    return made;
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
    this.fit();
    this.area.focus();
    if (text === this.base) this.area.setSelectionRange(...data.selection);
    else this.area.setSelectionRange(text.length, text.length);
    this.root.scrollIntoView({ block: "nearest" });
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
    this.release();
  }

  say(text) {
    this.message.textContent = text;
  }

  fit() {
    this.area.style.height = "auto";
    this.area.style.height = `${Math.min(this.area.scrollHeight + 2, window.innerHeight * 0.6)}px`;
  }

  changed() {
    this.sure = false;
    this.say("");
    const kept = storage.write(this.storageKey, this.area.value, this.base);
    this.kept.textContent = kept ? this.words["draft-kept"] : "";
    this.fit();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (!this.saving) this.send("draft", { text: this.area.value });
    }, PAUSE);
  }

  key(event, data) {
    // The page's own keys must not hear what is typed here.
    event.stopPropagation();
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.save();
    } else if (event.key === "Enter" && data.single) {
      event.preventDefault();
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.discard();
    }
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
    clearTimeout(this.timer);
    clearTimeout(this.saving);
    // Taken away while saving: the text is in the file, or kept on the server with the conflict.
    if (this.saving) storage.drop(this.storageKey);
  }
}

const editors = new WeakMap();

export default function (component) {
  const root = component.parentElement.querySelector(".editor");
  let editor = editors.get(root);
  if (!editor) {
    editor = new Editor(root, component.data);
    editors.set(root, editor);
  }
  editor.update(component.data, component.setTriggerValue);
  return () => {
    editor.destroy();
    editors.delete(root);
  };
}
