// The record: filters, one row an event, and the bar with the keys. Times are the viewer's own.

const LETTERS = { j: "next", k: "previous", z: "undo", b: "undo-batch", g: "open", "?": "help", ArrowLeft: "left", ArrowRight: "right" };

class Record extends Hearing {
  constructor(root) {
    super(root, 600000);
    this.at = 0;
    this.place = "";
  }

  /** Another page begins at its top; after an undo, the same row is current. */
  took() {
    const place = JSON.stringify([this.data.page, this.data.filters]);
    if (place !== this.place) this.at = 0;
    this.place = place;
    this.at = Math.max(0, Math.min(this.at, this.data.rows.length - 1));
    this.times = new Intl.DateTimeFormat(this.data.lang, { dateStyle: "short", timeStyle: "medium" });
  }

  get row() {
    return this.data.rows[this.at];
  }

  allowed(action) {
    const { data, row } = this;
    if (action === "undo") return !data.readOnly && Boolean(row?.undoable);
    if (action === "undo-batch") return !data.readOnly && Boolean(row?.batchText);
    if (action === "open") return Boolean(row?.href);
    if (action === "left") return data.page > 0;
    if (action === "right") return data.page + 1 < data.pages;
    if (action === "next") return this.at + 1 < data.rows.length;
    if (action === "previous") return this.at > 0;
    return true;
  }

  do(action) {
    if (this.waiting || !this.allowed(action)) return;
    if (action === "help") this.open("help");
    else if (action === "next" || action === "previous") this.stand(this.at + (action === "next" ? 1 : -1));
    else if (action === "left" || action === "right") this.send("page", { page: this.data.page + (action === "left" ? -1 : 1) });
    else if (action === "undo") this.send("undo", { id: this.row.id });
    else if (action === "undo-batch") this.send("undo-batch", { batch: this.row.batch });
    else this.send("open", { path: this.row.path, entry: this.row.entry });
  }

  key(key, event) {
    const action = Object.hasOwn(LETTERS, key) ? LETTERS[key] : null;
    if (!action) return false;
    if (!event.repeat || !action.startsWith("undo")) this.do(action);
    return true;
  }

  stand(at) {
    this.at = at;
    this.draw();
    this.root.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }

  draw() {
    const { data } = this;
    const parts = [this.filters()];
    if (data.rows.length) {
      const list = element("ol");
      list.setAttribute("aria-label", data.words.label);
      list.append(...data.rows.map((row, number) => this.line(row, number)));
      parts.push(list);
    } else parts.push(element("p", "empty", data.words.empty));
    parts.push(pager(data.page, data.pages, data.words, data.pageText, (page) => this.send("page", { page })));
    redraw(this.root, ...parts, this.bar());
    this.root.dataset.waiting = this.waiting ? "yes" : "no";
  }

  choose(name, value) {
    this.send("filter", { ...this.data.filters, [name]: value });
  }

  filters() {
    const { data } = this;
    const { words } = data;
    const box = element("div", "filters");
    for (const name of ["by", "kind", "file"]) {
      box.append(choice(name, words[name], data.options[name], data.filters[name], (value) => this.choose(name, value)));
    }
    box.append(this.day("since", 0), this.day("until", 1));
    if (data.filters.batch) box.append(element("span", "fact", words.batch));
    if (Object.values(data.filters).some(Boolean)) box.append(button("do clear", words.clear, () => this.send("filter")));
    return box;
  }

  /** A day of the viewer's calendar; the address holds the moment when it begins, or, of the last day, ends. */
  day(name, ends) {
    const label = element("label", "day", `${this.data.words[name]} `);
    const input = element("input");
    input.type = "date";
    input.dataset.focus = name;
    const moment = new Date(this.data.filters[name] || NaN);
    if (!Number.isNaN(moment.getTime())) {
      const day = new Date(moment.getTime() - ends);
      input.value = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    }
    input.addEventListener("change", () => {
      const [year, month, date] = input.value.split("-").map(Number);
      this.choose(name, input.value ? new Date(year, month - 1, date + ends).toISOString() : "");
    });
    label.append(input);
    return label;
  }

  line(row, number) {
    const line = element("li", `event ${row.standing ? "stands" : "gone"}`);
    if (number === this.at) line.setAttribute("aria-current", "true");
    line.addEventListener("click", () => number !== this.at && this.stand(number));
    const head = element("div", "head");
    head.append(this.time(row.at), element("b", "by", row.by), element("span", `kind ${row.kind}`, row.kindText), element("span", "code", row.code), element("span", "name", row.name));
    const where = [row.file, row.entryText].filter(Boolean).join(" · ");
    if (row.href) head.append(link("where", where, row.href, () => this.send("open", { path: row.path, entry: row.entry })));
    else head.append(element("span", "where", where));
    const foot = element("div", "foot");
    if (row.reason) foot.append(element("span", "reason", row.reason));
    foot.append(element("span", "state", row.state));
    if (row.undoneAt) foot.append(this.time(row.undoneAt));
    if (number === this.at && !this.data.readOnly) {
      if (row.undoable) foot.append(this.button("undo", "do", "Z", this.data.words.undo));
      if (row.batchText) foot.append(this.button("undo-batch", "do", "B", row.batchText));
    }
    if (row.batch && !this.data.filters.batch) foot.append(link("batch", this.data.words.batch, `?batch=${encodeURIComponent(row.batch)}`, () => this.choose("batch", row.batch)));
    const body = element("div", "body");
    body.append(marked("div", "diff", row.html), foot);
    line.append(head, body);
    return line;
  }

  time(at) {
    const made = element("time", "", this.times.format(new Date(at)));
    made.dateTime = at;
    made.title = at;
    return made;
  }

  button(action, className, key, text) {
    const made = button(className, text, () => this.do(action), key);
    made.dataset.action = action;
    made.dataset.focus = `act-${action}`;
    made.disabled = !this.allowed(action);
    return made;
  }

  bar() {
    const { words } = this.data;
    const bar = element("div", this.waiting ? "bar busy" : "bar");
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", words.bar);
    bar.append(
      this.button("undo", "do", "Z", words.undo),
      this.button("undo-batch", "do", "B", words["undo-batch"]),
      this.said(),
      this.button("open", "do", "G", words.open),
      this.button("previous", "do", "K", words["previous-row"]),
      this.button("next", "do", "J", words["next-row"]),
      this.button("help", "do help", "?", ""),
    );
    bar.lastChild.setAttribute("aria-label", words.help);
    if (this.panel === "help") bar.append(this.help());
    return bar;
  }
}

export default keeps(".record", Record);
