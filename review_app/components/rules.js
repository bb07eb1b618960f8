// The rules: found by typing, each with its switch, its severity and its manual on demand. Everything is textContent.

function choices(select, pairs, value) {
  for (const [own, text] of pairs) {
    const option = element("option", "", text);
    option.value = own;
    option.selected = own === value;
    select.append(option);
  }
  return select;
}

class Rules {
  constructor(root) {
    this.root = root;
    this.search = element("input");
    this.search.type = "search";
    this.family = element("select");
    this.changed = element("input");
    this.changed.type = "checkbox";
    this.changedText = element("span");
    const only = element("label", "only");
    only.append(this.changed, this.changedText);
    this.count = element("span", "count");
    this.count.setAttribute("role", "status");
    const bar = element("div", "finding");
    bar.append(this.search, this.family, only, this.count);
    this.list = element("ol");
    this.root.append(bar, this.list);
    for (const field of [this.search, this.family, this.changed]) field.addEventListener("input", () => this.filter());
  }

  update(data, send) {
    this.data = data;
    this.send = send;
    this.root.lang = data.lang;
    this.search.placeholder = data.words.search;
    this.search.setAttribute("aria-label", data.words.search);
    this.changedText.textContent = data.words["only-changed"];
    const family = this.family.value;
    this.family.setAttribute("aria-label", data.words.all);
    this.family.replaceChildren();
    choices(this.family, [["", data.words.all], ...data.families], family);
    // The field in hand keeps the focus when its row is drawn again.
    const focus = this.root.getRootNode().activeElement?.dataset.key;
    const above = this.list.scrollTop;
    this.list.replaceChildren(...data.rules.map((rule) => this.row(rule)));
    this.filter();
    this.list.scrollTop = above;
    if (focus) this.list.querySelector(`[data-key="${focus}"]`)?.focus();
  }

  row(rule) {
    const { words, editable, manual } = this.data;
    const line = element("li", rule.on ? "rule" : "rule off");
    line.dataset.code = rule.code;
    if (rule.changed) line.classList.add("changed");
    const on = element("input", "on");
    on.type = "checkbox";
    on.checked = rule.on;
    on.disabled = !editable;
    on.dataset.key = `${rule.code}-on`;
    on.setAttribute("aria-label", words.on.replace("{code}", rule.code));
    const severity = choices(element("select", `severity ${rule.severity}`), rule.severities, rule.severity);
    severity.disabled = !editable || !rule.on;
    severity.dataset.key = `${rule.code}-severity`;
    severity.setAttribute("aria-label", words.severity.replace("{code}", rule.code));
    const grade = () => this.send("grade", { code: rule.code, on: on.checked, severity: severity.value });
    on.addEventListener("change", grade);
    // A letter typed next is a command again; who goes by keyboard stays in the list.
    on.addEventListener("click", (event) => event.detail && on.blur());
    severity.addEventListener("change", () => {
      severity.blur();
      grade();
    });
    const about = element("div", "about");
    about.append(element("span", "summary", rule.summary), element("span", "name", rule.name));
    const more = element("button", "more", words.manual);
    more.type = "button";
    more.dataset.key = `${rule.code}-manual`;
    const open = manual !== null && manual.code === rule.code;
    more.setAttribute("aria-expanded", String(open));
    more.setAttribute("aria-label", `${words.manual} ${rule.code}`);
    more.addEventListener("click", () => this.send("manual", { code: open ? "" : rule.code }));
    line.append(on, element("span", "code", rule.code), about, severity, more);
    if (open) {
      const text = element("div", "manual", manual.text);
      text.lang = "en";
      text.tabIndex = 0;
      line.append(text);
    }
    return line;
  }

  filter() {
    const wanted = this.search.value.trim().toLowerCase().split(/\s+/);
    let count = 0;
    for (const [number, rule] of this.data.rules.entries()) {
      const text = `${rule.code} ${rule.name} ${rule.summary}`.toLowerCase();
      const shown =
        wanted.every((word) => text.includes(word)) &&
        rule.code.startsWith(this.family.value) &&
        (!this.changed.checked || rule.own || rule.changed);
      this.list.children[number].hidden = !shown;
      count += Number(shown);
    }
    this.count.textContent = count ? this.data.words.count.replace("{count}", count) : this.data.words.none;
  }
}

export default keeps(".rules", Rules);
