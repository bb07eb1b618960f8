// What stands beside an entry: folded, and asked for only when it is unfolded. Everything shown is set as textContent.

const KEPT = "yijiao:aside";

/** What was unfolded when the browser was here last. */
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
}

/** A text as it became another: what was removed, what was added. */
function difference(pieces, lang) {
  const shown = element("p", "diff");
  shown.lang = lang;
  for (const [sign, text] of pieces) shown.append(element({ "-": "del", "+": "ins" }[sign] ?? "span", "", text));
  return shown;
}

function paper(entry, text) {
  const made = element("a", "", text);
  made.href = `/?entry=${encodeURIComponent(entry)}`;
  made.target = "_blank";
  made.rel = "noopener";
  return made;
}

const DRAW = {
  terms(line) {
    const row = element("div", line.current ? "line current" : "line");
    const source = element("b", "", line.source);
    source.lang = "en";
    row.append(source);
    for (const form of line.forms) {
      const shown = element("span", `form ${form.role}${form.stands ? " stands" : ""}`, form.text);
      shown.lang = "zh-Hans";
      shown.title = form.roleName;
      row.append(shown);
    }
    row.append(element("i", line.state, line.stateName));
    return row;
  },
  neighbours(line) {
    const box = element("div", "term");
    const head = element("div", "line");
    const source = element("b", "", line.source);
    source.lang = "en";
    head.append(source, element("i", "", line.known));
    box.append(head);
    for (const custom of line.customs) {
      const row = element("div", "line");
      const text = element("span", custom.right ? "form preferred" : "form", custom.text);
      text.lang = "zh-Hans";
      row.append(element("span", "number", String(custom.count)), text);
      for (const example of custom.examples) {
        const made = paper(example.entry, example.file);
        made.title = example.text;
        row.append(made);
      }
      box.append(row);
    }
    return box;
  },
  history(line) {
    const box = element("div", line.undone ? "event undone" : "event");
    const head = element("div", "line");
    head.append(element("b", "", line.by), element("span", "", line.what), element("code", "", line.code));
    const quote = element("q", "", line.quote);
    quote.lang = "zh-Hans";
    head.append(quote);
    if (line.undone) head.append(element("i", "wrong", line.undone));
    head.append(element("time", "", line.at));
    box.append(head);
    if (line.diff.length) box.append(difference(line.diff, "zh-Hans"));
    return box;
  },
  memory(line) {
    const head = element("div", line.current ? "line current" : "line");
    if (line.known) {
      head.append(element("i", "", line.known));
      return head;
    }
    const box = element("div", "event");
    head.append(element("b", "number", line.likeness), line.linked ? paper(line.entry, line.where) : element("span", "", line.where));
    box.append(head);
    if (line.english.length) box.append(difference(line.english, "en"));
    box.append(difference(line.chinese, "zh-Hans"));
    for (const term of line.terms) box.append(element("p", "apart", term));
    return box;
  },
};

class Aside {
  constructor(root) {
    this.root = root;
    this.listen = (event) => this.toggle(event.detail.action);
    document.addEventListener("yijiao:fold", this.listen);
    this.first = true;
  }

  destroy() {
    document.removeEventListener("yijiao:fold", this.listen);
  }

  update(data, send) {
    this.data = data;
    this.send = send;
    this.root.lang = data.lang;
    this.root.setAttribute("aria-label", data.words.label);
    const names = data.sections.map((section) => section.name);
    const wanted = remembered().filter((name) => names.includes(name));
    const focused = this.root.getRootNode().activeElement?.dataset?.name;
    this.root.replaceChildren(...data.sections.map((section) => this.section(section, data.open.includes(section.name))));
    this.reveal();
    if (focused) this.root.querySelector(`[data-name="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    if (this.first && wanted.some((name) => !data.open.includes(name))) this.tell(wanted);
    this.first = false;
  }

  /** What a key has unfolded is brought into sight, once it is there. */
  reveal() {
    const at = this.data.sections.findIndex((section) => section.name === this.opening && this.data.open.includes(section.name));
    if (at < 0) return;
    this.opening = null;
    requestAnimationFrame(() => this.root.children[at]?.scrollIntoView({ block: "nearest" }));
  }

  section(section, open) {
    const box = element("details");
    box.open = open;
    const summary = element("summary");
    summary.dataset.name = section.name;
    if (section.key) {
      summary.setAttribute("aria-keyshortcuts", section.key);
      summary.append(element("kbd", "", section.key));
    }
    summary.append(element("span", "", section.title));
    // The server answers with what is inside, and only then is it open.
    summary.addEventListener("click", (event) => {
      event.preventDefault();
      this.toggle(section.name);
    });
    box.append(summary);
    if (open && section.lines) {
      const content = element("div", `content ${section.name}`);
      content.append(...section.lines.map((line) => DRAW[section.name](line)));
      if (!section.lines.length) content.append(element("p", "none", this.data.words.empty));
      box.append(content);
    }
    return box;
  }

  toggle(name) {
    const open = new Set(this.data.open);
    this.opening = open.delete(name) ? null : name;
    if (this.opening) open.add(name);
    this.tell([...open]);
  }

  tell(open) {
    try {
      localStorage.setItem(KEPT, JSON.stringify(open));
    } catch {
      // Then it is folded again after a reload.
    }
    this.send("fold", { open, at: Date.now() });
  }
}

export default keeps(".aside", Aside);
