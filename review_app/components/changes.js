// The changes of one group, each with its tick, what became of the last batch, and the bar with the keys.

const LETTERS = { a: "accept", d: "dismiss", t: "all", z: "undo", g: "back", j: "next", k: "previous", "?": "help", ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

class Changes extends Hearing {
  constructor(root) {
    // Hundreds of files are written, and checked again, before the answer comes.
    super(root, 600000);
    this.ticks = {};
    this.place = "";
  }

  /** What was ticked here while an answer was under way stands, as long as the page is the same. */
  took() {
    const place = `${this.data.group}/${this.data.page}/${this.data.batch}`;
    if (place !== this.place || this.reset) this.ticks = {};
    this.place = place;
    this.reset = false;
  }

  ticked(row) {
    return this.ticks[row.id] ?? row.ticked;
  }

  /** The number of ticked rows on all pages: the server's, and what has changed since on this one. */
  count(total, counts) {
    return this.rows().filter(counts).reduce((sum, row) => sum + this.ticked(row) - row.ticked, total);
  }

  rows() {
    return this.data.files.flatMap((file) => file.entries.flatMap((entry) => entry.rows));
  }

  tell(action, more = {}) {
    const ticks = Object.fromEntries(this.rows().map((row) => [row.id, this.ticked(row)]));
    this.reset = action !== "ticks";
    if (action === "ticks") this.sendTrigger("act", { action, group: this.data.group, ticks });
    else this.send(action, { group: this.data.group, ticks, ...more });
  }

  allowed(action) {
    const { data } = this;
    if (action === "accept") return !data.readOnly && this.count(data.accepting, (row) => row.fixable) > 0;
    if (action === "dismiss") return !data.readOnly && this.count(data.dismissing, () => true) > 0;
    if (action === "all") return !data.readOnly && data.files.length > 0;
    if (action === "undo") return !data.readOnly;
    if (action === "left") return data.page > 0;
    if (action === "right") return data.page + 1 < data.pages;
    return true;
  }

  do(action) {
    if (this.waiting || !this.allowed(action)) return;
    if (action === "help" || action === "dismiss") this.open(action);
    else if (action === "left" || action === "right") this.tell("page", { page: this.data.page + (action === "left" ? -1 : 1) });
    else if (action === "up" || action === "down") this.walk(action === "up" ? -1 : 1);
    else this.tell(action);
  }

  key(key, event) {
    if (this.panel === "dismiss" && /^[1-9]$/.test(key)) {
      this.reason(this.data.reasons[Number(key) - 1]);
      return true;
    }
    const action = Object.hasOwn(LETTERS, key) ? LETTERS[key] : null;
    // The arrows belong to a list that has the focus, and to a page that has nothing to walk through.
    if (!action || (key.startsWith("Arrow") && !this.data.files.length)) return false;
    if (!event.repeat || key.startsWith("Arrow") || action === "next" || action === "previous") this.do(action);
    return true;
  }

  walk(by) {
    const boxes = [...this.root.querySelectorAll(".change input")];
    const here = boxes.indexOf(this.root.getRootNode().activeElement);
    const box = boxes[here < 0 ? 0 : Math.min(Math.max(here + by, 0), boxes.length - 1)];
    box?.focus({ preventScroll: true });
    box?.closest(".change").scrollIntoView({ block: "nearest" });
  }

  reason(reason) {
    if (!reason) return;
    if (reason.code === "other") this.open("note");
    else this.tell("dismiss", { reason: reason.code });
  }

  draw() {
    const { data } = this;
    const parts = [this.heading()];
    if (data.result) parts.push(this.result(data.result));
    if (data.files.length) parts.push(this.list());
    else parts.push(element("p", "empty", data.words[data.anything ? "empty" : "none"]));
    if (data.pages > 1) parts.push(pager(data.page, data.pages, data.words, data.pageText, (page) => this.tell("page", { page })));
    const bar = this.bar();
    redraw(this.root, ...parts, bar);
    this.root.dataset.waiting = this.waiting ? "yes" : "no";
    if (this.panel === "note") this.root.querySelector(".note input").focus();
  }

  heading() {
    const { data } = this;
    const head = element("header", "group");
    if (!data.head) return head;
    const title = element("h2");
    title.append(element("b", "code", data.head.code), element("span", "", data.head.name));
    head.append(title, element("p", "", data.head.summary));
    const facts = element("p", "facts");
    for (const fact of data.head.facts) facts.append(element("span", fact.tone, fact.text));
    head.append(facts);
    return head;
  }

  result(result) {
    const box = element("section", "result");
    const line = element("p");
    line.append(element("b", "", result.text));
    if (result.undo && !this.data.readOnly) line.append(this.button("undo", "do", "Z", this.data.words["undo-batch"]));
    if (this.data.back) line.append(this.button("back", "do", "G", this.data.words.back));
    box.append(line);
    for (const group of result.refused) {
      const more = element("details");
      more.open = result.refused.length === 1 && group.places.length < 6;
      const list = element("ul");
      for (const place of group.places) {
        const item = element("li");
        item.append(link("", place.where, place.href, () => this.tell("back", { id: place.id })), " ", marked("span", "", place.quote));
        list.append(item);
      }
      more.append(element("summary", "", group.text), list);
      box.append(more);
    }
    return box;
  }

  list() {
    const box = element("div", "list");
    for (const file of this.data.files) {
      box.append(element("h3", "", file.name));
      for (const entry of file.entries) {
        const section = element("section");
        const head = element("h4");
        head.append(link("", entry.name, entry.href, () => this.tell("back", { id: entry.rows[0].id })), element("span", "", entry.title));
        head.lastChild.lang = "zh-Hans";
        section.append(head, ...entry.rows.map((row) => this.row(row)));
        box.append(section);
      }
    }
    return box;
  }

  row(row) {
    const line = element("label", "change");
    const box = element("input");
    box.type = "checkbox";
    box.checked = this.ticked(row);
    box.disabled = this.data.readOnly;
    box.dataset.focus = row.id;
    box.addEventListener("change", () => {
      this.ticks[row.id] = box.checked;
      this.draw();
      this.tell("ticks");
    });
    line.append(box, marked("span", "diff", row.html));
    if (row.note) line.append(element("span", row.tone, row.note));
    return line;
  }

  button(action, className, key, text) {
    const made = button(className, text, () => this.do(action), key);
    made.dataset.action = action;
    made.dataset.focus = `act-${action}`;
    made.disabled = !this.allowed(action);
    return made;
  }

  bar() {
    const { data } = this;
    const { words } = data;
    const bar = element("div", this.waiting ? "bar busy" : "bar");
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", words.bar);
    const accepting = this.count(data.accepting, (row) => row.fixable);
    const dismissing = this.count(data.dismissing, () => true);
    bar.append(
      this.button("accept", "do first", "A", words.accept.replace("{n}", accepting)),
      this.button("dismiss", "do", "D", words.dismiss.replace("{n}", dismissing)),
      this.button("all", "do", "T", words.all),
      this.button("undo", "do", "Z", words.undo),
      this.said(),
      this.button("back", "do", "G", words.back),
      this.button("previous", "do", "K", words["previous-group"]),
      this.button("next", "do", "J", words["next-group"]),
      this.button("help", "do help", "?", ""),
    );
    bar.lastChild.setAttribute("aria-label", words.help);
    if (this.panel === "help") bar.append(this.help());
    else if (this.panel) bar.append(this.reasons());
    return bar;
  }

  reasons() {
    const list = element("div", "reasons");
    this.data.reasons.forEach((reason, index) => list.append(button("do", reason.text, () => this.reason(reason), String(index + 1))));
    const panel = this.dialog(this.data.words.reasons.replace("{n}", this.count(this.data.dismissing, () => true)), list);
    if (this.panel === "note") {
      const line = element("div", "note");
      const input = element("input");
      input.type = "text";
      input.placeholder = this.data.words["reason-note"];
      input.setAttribute("aria-label", input.placeholder);
      const confirm = () => input.value.trim() && this.tell("dismiss", { reason: "other", note: input.value.trim() });
      input.addEventListener("keydown", (event) => {
        event.stopPropagation();
        if (event.isComposing || event.keyCode === 229) return;
        if (event.key === "Enter") confirm();
        if (event.key === "Escape") this.open(null);
      });
      line.append(input, button("do first", this.data.words.confirm, confirm));
      panel.append(line);
    }
    return panel;
  }
}

export default keeps(".changes", Changes);
