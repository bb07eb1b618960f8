// What the widgets share; it stands before the script of those that ask for it.

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** An element holding what components/marked.py has made of a digest's text: nothing else may come here. */
function marked(tag, className, html) {
  const made = element(tag, className);
  made.lang = "zh-Hans";
  made.innerHTML = html;
  return made;
}

/**
 * The key pressed, in lower case and never full-width. Where an input method that is on but composes nothing hides it
 * behind "Process", or the layout has other letters than Latin ones, it is that of the place on the keyboard.
 */
function pressed(event) {
  if (event.key !== "Process" && event.key !== "Unidentified") {
    const key = event.key.normalize("NFKC");
    if ([...key].length !== 1) return event.key;
    const foreign = /^\p{L}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key);
    return foreign && /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : key.toLowerCase();
  }
  if (event.code === "Slash") return event.shiftKey ? "?" : "/";
  return event.code.replace(/^(Key|Digit|Numpad)/, "").toLowerCase();
}

function isTyping(event) {
  const target = event.composedPath()[0];
  return target instanceof Element && (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select"));
}

function button(className, text, run, key) {
  const made = element("button", className);
  made.type = "button";
  if (key) {
    made.append(element("kbd", "", key));
    made.setAttribute("aria-keyshortcuts", key.replace("Ctrl", "Control"));
  }
  if (text) made.append(element("span", "", text));
  made.addEventListener("click", run);
  return made;
}

/** A link that stays in this session; with a modifier it is an ordinary one. */
function link(className, text, href, run) {
  const made = element("a", className, text);
  made.href = href;
  made.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    run();
  });
  return made;
}

/** « ‹ page › », with the pages counted from 0. */
function pager(page, pages, words, text, turn) {
  const bar = element("nav", "pager");
  for (const [name, sign, target] of [["first", "«", 0], ["previous", "‹", page - 1], ["", "", -1], ["next", "›", page + 1], ["last", "»", pages - 1]]) {
    if (!name) {
      bar.append(element("span", "", text));
      continue;
    }
    const made = button("", sign, () => turn(target));
    made.setAttribute("aria-label", words[name]);
    made.dataset.focus = `page-${name}`;
    made.disabled = target < 0 || target >= pages || target === page;
    bar.append(made);
  }
  return bar;
}

/** A list to choose one of: options are pairs of value and text. */
function choice(className, label, options, value, chosen) {
  const made = element("select", className);
  made.setAttribute("aria-label", label);
  for (const [each, text] of options) {
    const option = element("option", "", text);
    option.value = each;
    option.selected = each === value;
    made.append(option);
  }
  made.addEventListener("change", () => {
    // A letter typed next is a command again, not a choice in this list.
    made.blur();
    chosen(made.value);
  });
  return made;
}

/** Puts new children into a root, and the focus on what has the same name there. */
function redraw(root, ...children) {
  const name = root.getRootNode().activeElement?.dataset?.focus;
  root.replaceChildren(...children);
  if (name) root.querySelector(`[data-focus="${CSS.escape(name)}"]`)?.focus({ preventScroll: true });
}

/** Scrolls a list so that its current row is seen. Not by scrollIntoView: that would scroll the page as well. */
function keepInSight(list, scrolled) {
  list.scrollTop = scrolled;
  const now = list.querySelector('[aria-current="true"]');
  if (!now) return;
  const top = now.offsetTop - list.offsetTop;
  if (top < list.scrollTop) list.scrollTop = top - 40;
  else if (top + now.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + now.offsetHeight - list.clientHeight + 40;
}

/** One widget of a class for each root: made at its first drawing, told of each further one, and of its end. */
function keeps(selector, Widget) {
  const kept = new WeakMap();
  return function (component) {
    const root = component.parentElement.querySelector(selector);
    if (!kept.has(root)) kept.set(root, new Widget(root, component.data));
    kept.get(root).update(component.data, component.setTriggerValue);
    return () => {
      kept.get(root)?.destroy?.();
      kept.delete(root);
    };
  };
}

/** A widget that hears the keys of the page and waits for the answer to what it sent. */
class Hearing {
  constructor(root, patience) {
    this.root = root;
    this.patience = patience;
    this.waiting = null;
    this.panel = null;
    this.listen = (event) => this.hear(event);
    document.addEventListener("keydown", this.listen, true);
  }

  destroy() {
    document.removeEventListener("keydown", this.listen, true);
    clearTimeout(this.waiting);
  }

  update(data, send) {
    this.data = data;
    this.sendTrigger = send;
    clearTimeout(this.waiting);
    this.waiting = null;
    this.notice = data.notice;
    this.root.lang = data.lang;
    this.root.dataset.seq = data.seq;
    this.took?.();
    this.draw();
  }

  hear(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const key = pressed(event);
    if (key === "Escape" && this.panel) this.open(null);
    else if (!this.key(key, event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  open(panel) {
    this.panel = this.panel === panel ? null : panel;
    this.draw();
  }

  send(action, more = {}) {
    if (this.waiting) return;
    this.panel = null;
    this.notice = this.begun();
    this.waiting = setTimeout(() => {
      this.waiting = null;
      this.notice = { tone: "error", text: this.data.words.lost };
      this.draw();
    }, this.patience);
    this.draw();
    this.sendTrigger("act", { action, ...more });
  }

  /** What is said while an answer is awaited. */
  begun() {
    return { tone: "", text: this.data.words.working };
  }

  said() {
    const line = element("span", `notice ${this.notice?.tone ?? ""}`, this.notice?.text ?? "");
    // It may be longer than its place.
    line.title = line.textContent;
    line.setAttribute("role", "status");
    line.setAttribute("aria-live", "polite");
    return line;
  }

  help() {
    const list = element("dl");
    for (const [keys, text] of this.data.help) {
      const term = element("dt");
      keys.forEach((key, index) => term.append(...(index ? [" "] : []), element("kbd", "", key)));
      list.append(term, element("dd", "", text));
    }
    return this.dialog(this.data.words.help, list);
  }

  dialog(title, ...parts) {
    const panel = element("div", "panel");
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", title);
    panel.append(element("h2", "", title), ...parts);
    return panel;
  }
}
