// The glossary's search, filters and list. The search box stays in place while the rest is drawn again.

const PAUSE = 250;
const FACETS = ["status", "policy", "domain", "layer"];

class Terms {
  constructor(root) {
    this.root = root;
    this.timer = null;
    this.listen = (event) => this.key(event);
    document.addEventListener("keydown", this.listen, true);
    this.search = element("input");
    this.search.type = "search";
    this.search.autocomplete = "off";
    this.search.spellcheck = false;
    this.search.addEventListener("input", (event) => {
      if (!event.isComposing) this.later();
    });
    this.search.addEventListener("compositionend", () => this.later());
    this.search.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "Enter" || event.key === "Escape" || event.key === "ArrowDown") {
        event.preventDefault();
        if (event.key === "Escape" && this.search.value) this.search.value = "";
        this.now();
        this.search.blur();
      }
    });
    this.box = element("div", "filters");
    const line = element("label", "search");
    this.caption = element("span", "hidden");
    line.append(this.caption, this.search, element("kbd", "", "/"));
    this.chosen = element("div", "chosen");
    this.box.append(line, this.chosen);
    this.body = element("div", "body");
    this.root.replaceChildren(this.box, this.body);
  }

  destroy() {
    document.removeEventListener("keydown", this.listen, true);
    clearTimeout(this.timer);
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || pressed(event) !== "/") return;
    event.preventDefault();
    event.stopPropagation();
    this.search.focus();
    this.search.select();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), PAUSE);
  }

  now() {
    clearTimeout(this.timer);
    this.timer = null;
    const value = { q: this.search.value.trim() };
    for (const select of this.chosen.querySelectorAll("select")) value[select.name] = select.value;
    const told = JSON.stringify(value);
    if (told === this.told) return;
    this.told = told;
    this.send("search", value);
  }

  update(data, send) {
    this.send = send;
    this.root.lang = data.lang;
    this.caption.textContent = data.words.search;
    this.search.placeholder = data.words.search;
    this.told = JSON.stringify({ q: data.q, ...Object.fromEntries(FACETS.map((name) => [name, data.filters[name]])) });
    if (this.root.getRootNode().activeElement !== this.search && this.timer === null) this.search.value = data.q;
    this.drawFilters(data);
    this.drawList(data);
  }

  drawFilters(data) {
    const selects = FACETS.map((name) => {
      const select = choice("", data.words[name], data.options[name], data.filters[name], () => this.now());
      select.name = name;
      return select;
    });
    this.chosen.replaceChildren(...selects);
  }

  drawList(data) {
    const focused = this.root.getRootNode().activeElement?.dataset?.id;
    const list = element("ol");
    list.setAttribute("aria-label", data.words.label);
    const rows = data.rows.map((item) => this.row(item, data));
    list.append(...rows);
    const scrolled = this.body.querySelector("ol")?.scrollTop ?? 0;
    const parts = [data.rows.length ? list : element("p", "none", data.words.empty), pager(data.page, data.pages, data.words, data.words.page, (page) => this.send("page", { page }))];
    this.body.replaceChildren(...parts);
    keepInSight(list, scrolled);
    if (focused !== undefined) (list.querySelector(`[data-id="${CSS.escape(focused)}"]`) ?? list.querySelector('[aria-current="true"]'))?.focus({ preventScroll: true });
    this.root.dataset.seq = data.seq;
  }

  row(item, data) {
    const line = element("li");
    const button = element("button", `row ${item.status}`);
    button.type = "button";
    button.dataset.id = item.id;
    if (item.id === data.current) button.setAttribute("aria-current", "true");
    const top = element("span", "top");
    const source = element("span", "source", item.source);
    source.lang = "en";
    const preferred = element("span", "quote", item.preferred);
    preferred.lang = "zh-Hans";
    top.append(source, preferred);
    const dot = element("span", "dot");
    dot.title = item.statusName;
    button.append(dot, top, element("span", "sub", item.about));
    button.addEventListener("click", () => this.send("pick", { source: item.id }));
    line.append(button);
    return line;
  }
}

export default keeps(".terms", Terms);
